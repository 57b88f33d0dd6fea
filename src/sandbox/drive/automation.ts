/** What happens without anybody writing code or words: workflows run and deploy, by the word of whoever set them off. */
import * as accounts from "../actions/accounts.ts";
import { actionsApp } from "../actions/apps.ts";
import { type DeployOptions, deploy, finishDeployment } from "../actions/deploy.ts";
import { setDeploymentStatus } from "../actions/deployments.ts";
import { configureEnvironment } from "../actions/environments.ts";
import { cancelWorkflow, rerunFailedJobs } from "../actions/reruns.ts";
import { finishJob, finishWorkflow, setSteps, startWorkflow, type WorkflowOptions } from "../actions/workflows.ts";
import type { Account, Team } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Conclusion } from "../state/checks.ts";
import type { Deployment, DeploymentState, Environment } from "../state/deployments.ts";
import { deploymentsOf } from "../state/deployments.ts";
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

  /** What a job has done so far. @param steps names with how they ended; `null`: under way */
  setSteps(run: WorkflowRun, job: string, steps: Record<string, Conclusion | null>): void {
    const list = Object.entries(steps).map(([name, conclusion]) => ({
      ...{ name, conclusion },
      status: conclusion === null ? ("in_progress" as const) : ("completed" as const),
    }));
    setSteps(run, job, list);
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

  /**
   * Sets up an environment, or sets up a known one anew.
   *
   * @param options reviewers by login, or as teams
   */
  createEnvironment(
    repository: Repository,
    name: string,
    options: { rules?: readonly App[]; reviewers?: readonly (string | Team)[]; preventsSelfReview?: boolean } = {},
  ): Environment {
    const reviewers = (options.reviewers ?? []).map((one) => (typeof one === "string" ? this.user(one) : one));
    return configureEnvironment(this.world, repository, name, { ...options, reviewers });
  }

  /** A workflow deploys: at once where the environment asks nobody, else once everybody asked said yes. */
  deploy(repository: Repository, options: DeployOptions & { as: string }): WorkflowRun {
    const { as: login, ...wanted } = options;
    return deploy(this.world, repository, wanted, this.#actor(login));
  }

  /** @throws {Error} while the deployment is held back */
  finishDeployment(run: WorkflowRun, outcome: "success" | "failure"): void {
    finishDeployment(this.world, run, outcome);
  }

  /** The newest deployment of a run. */
  deploymentOf(run: WorkflowRun): Deployment {
    const deployment = deploymentsOf(run).at(-1);
    if (deployment === undefined) throw new Error(`run ${run.id} deployed nothing`);
    return deployment;
  }

  /** A tool outside GitHub Actions says how a deployment stands. */
  setDeploymentStatus(deployment: Deployment, state: DeploymentState, login: string): void {
    setDeploymentStatus(this.world, deployment, state, this.#actor(login));
  }

  /** A login that ends in `[bot]` belongs to a bot, `github-actions[bot]` to that of Actions. */
  #actor(login: string): Account {
    const { bot } = this.actionsApp();
    if (login === bot.login) return bot;
    const known = findAccount(this.world, login);
    return login.endsWith("[bot]") ? (known ?? accounts.createBot(this.world, login, null)) : this.user(login);
  }
}
