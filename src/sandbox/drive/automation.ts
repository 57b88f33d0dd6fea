/** What happens without anybody writing code or words: workflows run, by the word of whoever set them off. */
import * as accounts from "../actions/accounts.ts";
import { actionsApp } from "../actions/apps.ts";
import { cancelWorkflow, rerunFailedJobs } from "../actions/reruns.ts";
import { finishJob, finishWorkflow, startWorkflow, type WorkflowOptions } from "../actions/workflows.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Conclusion } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { findAccount } from "../state/world.ts";

export class Automation {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The account of that login; one nobody has becomes a new person's. */
  user(login: string, options: accounts.UserOptions = {}): Account {
    const account = findAccount(this.world, login) ?? accounts.createUser(this.world, login, options);
    return Object.assign(account, options);
  }

  /** GitHub Actions itself, to which workflow runs report. */
  actionsApp(): App {
    return actionsApp(this.world);
  }

  /** @param login who set it off; `github-actions[bot]` for what another workflow did */
  startWorkflow(
    repository: Repository,
    options: WorkflowOptions & { jobs: readonly string[] },
    login: string,
  ): WorkflowRun {
    return startWorkflow(this.world, repository, options, this.#actor(login));
  }

  /** Ends one job of a run that goes on. */
  finishJob(run: WorkflowRun, name: string, conclusion: Conclusion): void {
    finishJob(this.world, run, name, conclusion);
  }

  /** Ends a run, and with it the jobs still under way. @param conclusion follows from its jobs when left out */
  finishWorkflow(run: WorkflowRun, conclusion?: Conclusion): void {
    finishWorkflow(this.world, run, conclusion);
  }

  rerunFailedJobs(run: WorkflowRun, login: string): void {
    rerunFailedJobs(this.world, run, this.#actor(login));
  }

  cancelWorkflow(run: WorkflowRun): void {
    cancelWorkflow(this.world, run);
  }

  /** Bots keep their name: the one of Actions exists before any workflow ran. */
  #actor(login: string): Account {
    const { bot } = this.actionsApp();
    return login === bot.login ? bot : this.user(login);
  }
}
