/** The simulated GitHub as its owner holds it: the world to build, the people to act, the faults to cause, the record to read. */
import { randomBytes } from "node:crypto";
import * as accounts from "./actions/accounts.ts";
import {
  type AppOptions,
  changeRepositories,
  createApp,
  createWorkflowToken,
  installApp,
  uninstallApp,
} from "./actions/apps.ts";
import { type CheckFields, createCheckRun, updateCheckRun } from "./actions/checks.ts";
import { createLabel, findLabel } from "./actions/labels.ts";
import { finishGroup, queueGroup } from "./actions/queue.ts";
import { createRepository, forkRepository, protectBranch, type RepositoryOptions } from "./actions/repositories.ts";
import { openSuite } from "./actions/suites.ts";
import type { Faults } from "./control/faults.ts";
import type { RequestLog } from "./control/request-log.ts";
import { Automation } from "./drive/automation.ts";
import { Person } from "./drive/person.ts";
import type { OidcIssuer } from "./oidc/issuer.ts";
import type { Account, Organisation, Permission, Team } from "./state/accounts.ts";
import type { App, AppPermissions, Installation } from "./state/apps.ts";
import type { CheckRun, CheckSuite } from "./state/checks.ts";
import { runsAt } from "./state/mergeability.ts";
import type { MergeGroup, Protection, Repository } from "./state/repository.ts";
import { fullName } from "./state/repository.ts";
import type { World } from "./state/world.ts";
import { findRepository } from "./state/world.ts";
import type { Dispatcher } from "./webhooks/dispatcher.ts";

export interface SandboxParts {
  url: string;
  world: World;
  faults: Faults;
  requests: RequestLog;
  webhooks: Dispatcher;
  violations: string[];
  oidc: OidcIssuer;
  watchers: Set<() => void>;
  stop: () => Promise<void>;
}

export class Sandbox extends Automation {
  readonly url: string;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly webhooks: Dispatcher;
  /** Every way in which a request, an answer or a webhook left GitHub's description. Tests expect none. */
  readonly violations: string[];
  /** Issues tokens to workflows. */
  readonly oidc: OidcIssuer;
  readonly #watchers: Set<() => void>;
  readonly #stop: () => Promise<void>;

  constructor(parts: SandboxParts) {
    super(parts.world);
    this.url = parts.url;
    this.faults = parts.faults;
    this.requests = parts.requests;
    this.webhooks = parts.webhooks;
    this.violations = parts.violations;
    this.oidc = parts.oidc;
    this.#watchers = parts.watchers;
    this.#stop = parts.stop;
  }

  /** Someone acts, in the first repository when none is named. A login nobody has becomes a new account. */
  as(login: string, repository?: string): Person {
    return new Person(this.world, this.user(login), this.#where(repository));
  }

  /** A bot acts as its App's workflows and integrations do; `github-actions[bot]` when no App is named. */
  asBot(app: App = this.actionsApp(), repository?: string): Person {
    return new Person(this.world, app.bot, this.#where(repository), app);
  }

  /** @param people logins, each with a role in the organisation */
  createOrganisation(login: string, people: Record<string, "admin" | "member"> = {}): Organisation {
    const organisation = accounts.createOrganisation(this.world, login);
    for (const [name, role] of Object.entries(people)) organisation.members.set(this.user(name).id, role);
    return organisation;
  }

  createTeam(
    organisation: Organisation,
    name: string,
    members: string[] = [],
    options: { parent?: Team; privacy?: Team["privacy"]; repositories?: [Repository, Permission][] } = {},
  ): Team {
    const { repositories = [], ...rest } = options;
    const people = members.map((login) => this.user(login));
    const team = accounts.createTeam(
      this.world,
      organisation,
      { name, members: people, ...rest },
      this.#owner(organisation),
    );
    for (const [repository, permission] of repositories) team.repositories.set(repository.id, permission);
    return team;
  }

  addToTeam(team: Team, login: string): void {
    accounts.addTeamMember(this.world, team, this.user(login), this.#owner(team.organisation));
  }

  removeFromTeam(team: Team, login: string): void {
    accounts.removeTeamMember(this.world, team, this.user(login), this.#owner(team.organisation));
  }

  renameTeam(team: Team, name: string): void {
    accounts.renameTeam(this.world, team, name, this.#owner(team.organisation));
  }

  deleteTeam(team: Team): void {
    accounts.deleteTeam(this.world, team, this.#owner(team.organisation));
  }

  removeFromOrganisation(organisation: Organisation, login: string): void {
    accounts.removeMember(this.world, organisation, this.user(login), this.#owner(organisation));
  }

  deleteAccount(login: string): void {
    accounts.deleteAccount(this.world, this.user(login));
  }

  createRepository(owner: Account, name: string, options: RepositoryOptions = {}): Repository {
    return createRepository(this.world, owner, name, options);
  }

  fork(repository: Repository, login: string): Repository {
    return forkRepository(this.world, repository, this.user(login));
  }

  addCollaborator(repository: Repository, login: string, permission: Permission): void {
    accounts.addCollaborator(this.world, repository, this.user(login), permission, this.#owner(repository.owner));
  }

  removeCollaborator(repository: Repository, login: string): void {
    accounts.removeCollaborator(this.world, repository, this.user(login), this.#owner(repository.owner));
  }

  protect(repository: Repository, branch: string, rule: Partial<Protection>): void {
    protectBranch(repository, branch, rule);
  }

  /** Registers an App and installs it on an account; all its repositories when none are named. */
  installApp(account: Account, options: AppOptions, repositories?: Repository[]): Installation {
    const owner = this.#owner(account);
    return installApp(this.world, createApp(this.world, account, options), account, owner, repositories);
  }

  installAgain(app: App, account: Account, repositories?: Repository[]): Installation {
    return installApp(this.world, app, account, this.#owner(account), repositories);
  }

  uninstall(installation: Installation): void {
    uninstallApp(this.world, installation, this.#owner(installation.account));
  }

  changeInstallation(installation: Installation, change: { added?: Repository[]; removed?: Repository[] }): void {
    changeRepositories(this.world, installation, change, this.#owner(installation.account));
  }

  /** A personal token, for clients that are no App. */
  tokenFor(login: string): string {
    const token = `ghp_${randomBytes(18).toString("hex")}`;
    this.world.userTokens.set(token, this.user(login));
    return token;
  }

  /** What a job of a workflow has as `github.token`; the workflow says what it may, as in `{ checks: "read" }`. */
  workflowToken(repository: Repository, permissions: AppPermissions): string {
    return createWorkflowToken(this.world, repository, permissions);
  }

  /** Another App's check run. `newSuite` puts it beside an earlier run of the same name. */
  report(
    app: App,
    repository: Repository,
    headSha: string,
    fields: CheckFields & { name: string },
    newSuite = false,
  ): CheckRun {
    const suite: CheckSuite | undefined = newSuite
      ? openSuite(this.world, repository, app, headSha, null, null)
      : undefined;
    return createCheckRun(this.world, repository, app, headSha, fields, suite);
  }

  updateReport(run: CheckRun, fields: CheckFields): void {
    updateCheckRun(this.world, run, fields);
  }

  /** Puts pull requests into the merge queue as one group. */
  queue(repository: Repository, numbers: readonly number[], login: string): MergeGroup {
    const pulls = numbers.flatMap((number) => repository.pulls.get(number) ?? []);
    return queueGroup(this.world, repository, pulls, this.user(login));
  }

  finishQueue(repository: Repository, group: MergeGroup, isMerged: boolean, login: string): void {
    finishGroup(this.world, repository, group, isMerged, this.user(login));
  }

  /** Makes a label exist before anybody puts it on. */
  createLabel(repository: Repository, name: string): void {
    if (findLabel(repository, name) === undefined)
      createLabel(this.world, repository, { name }, this.#owner(repository.owner));
  }

  repository(name: string): Repository {
    const [owner = "", repo = ""] = name.split("/");
    const found = findRepository(this.world, owner, repo);
    if (found === undefined) throw new Error(`no repository ${name}`);
    return found;
  }

  /** Check runs that count at a pull request's head. */
  checksOf(repository: Repository, number: number): CheckRun[] {
    const pull = repository.pulls.get(number);
    if (pull === undefined) throw new Error(`${fullName(repository)} has no pull request #${number}`);
    return runsAt(repository, pull.head.sha);
  }

  /**
   * Resolves with the first value that is not undefined, looked for after every request and every event.
   *
   * @throws {Error} when the time is over
   */
  waitFor<Value>(look: () => Value | undefined, timeoutMs = 15_000): Promise<Value> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(check);
        reject(new Error(`nothing of the kind happened within ${timeoutMs} ms: ${look.toString()}`));
      }, timeoutMs);
      const check = () => {
        const value = look();
        if (value === undefined) return;
        clearTimeout(timer);
        this.#watchers.delete(check);
        resolve(value);
      };
      this.#watchers.add(check);
      check();
    });
  }

  /** Calls back after every request and every event, until the function that it returns is called. */
  watch(look: () => void): () => void {
    this.#watchers.add(look);
    return () => void this.#watchers.delete(look);
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  #where(repository: string | undefined): Repository {
    const [first] = this.world.repositories.values();
    const found = repository === undefined ? first : this.repository(repository);
    if (found === undefined) throw new Error("there is no repository to act in yet");
    return found;
  }

  /** In whose name settings are changed: an administrator of the account. */
  #owner(account: Account): Account {
    if (account.kind !== "Organization") return account;
    const { members } = account as Organisation;
    for (const [id, role] of members) {
      const member = this.world.accounts.get(id);
      if (role === "admin" && member !== undefined) return member;
    }
    return this.user(`${account.login}-owner`);
  }
}
