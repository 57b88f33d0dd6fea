/** Someone at work in one repository: what they do reads as a script, and every webhook follows as on GitHub. */
import { requestAction, rerequestCheckRun } from "../actions/checks.ts";
import { closeIssue, reopenIssue } from "../actions/close.ts";
import { addComment, deleteComment, editComment, editIssue, openIssue } from "../actions/issues.ts";
import { addLabels, editLabel, findLabel, removeLabel } from "../actions/labels.ts";
import { disableAutoMerge, enableAutoMerge, type MergeOptions, mergePull } from "../actions/merge.ts";
import { convertToDraft, markReady, openPull, requestReviewers, retargetPull } from "../actions/pulls.ts";
import { type CommitOptions, createBranch, createCommit, deleteBranch, moveBranch } from "../actions/push.ts";
import { dismissReview, editReview } from "../actions/reviews.ts";
import { createStatus, type StatusFields } from "../actions/statuses.ts";
import { submitReview } from "../actions/submit-review.ts";
import { commitsBetween } from "../git/history.ts";
import { mergeTrees } from "../git/merge.ts";
import type { FileContent } from "../git/objects.ts";
import type { Account } from "../state/accounts.ts";
import { isOrganisation } from "../state/accounts.ts";
import type { CheckRun } from "../state/checks.ts";
import type { Issue, IssueComment, PullRequest, Review } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { findAccount } from "../state/world.ts";

export interface OpenPullOptions {
  title: string;
  body?: string;
  files?: Record<string, FileContent>;
  /** Where several commits are wanted instead of one. */
  commits?: CommitOptions[];
  message?: string;
  base?: string;
  branch?: string;
  isDraft?: boolean;
  labels?: string[];
  /** The fork it comes from. */
  from?: Repository;
}

export class Person {
  readonly account: Account;
  readonly repository: Repository;
  readonly #world: World;

  constructor(world: World, account: Account, repository: Repository) {
    this.#world = world;
    this.account = account;
    this.repository = repository;
  }

  /** Pushes a branch with these files and opens a pull request from it. */
  openPullRequest(options: OpenPullOptions): PullRequest {
    const base = options.base ?? this.repository.defaultBranch;
    const home = options.from ?? this.repository;
    const branch = options.branch ?? branchName(options.title, this.repository.lastNumber + 1);
    const commits = options.commits ?? [{ message: options.message ?? options.title, files: options.files ?? {} }];
    if (branchSha(home, branch) === undefined) {
      let tip = this.#tip(this.repository, base);
      for (const commit of commits) tip = createCommit(this.#world, tip, this.account, commit).sha;
      createBranch(this.#world, home, branch, tip, this.account);
    }
    const fields = {
      title: options.title,
      body: options.body ?? null,
      base,
      head: branch,
      headRepository: home,
      isDraft: options.isDraft ?? false,
    };
    const pull = openPull(this.#world, this.repository, fields, this.account, null);
    addLabels(this.#world, pull, options.labels ?? [], this.account, null);
    return pull;
  }

  /** Adds a commit to a branch; a branch nobody has yet starts at the default branch. @returns the new tip */
  push(
    branch: string,
    files: Record<string, FileContent>,
    message: string,
    options: Partial<CommitOptions> = {},
  ): string {
    const known = branchSha(this.repository, branch);
    const tip = known ?? this.#tip(this.repository, this.repository.defaultBranch);
    const commit = createCommit(this.#world, tip, this.account, { ...options, files, message });
    if (known === undefined) createBranch(this.#world, this.repository, branch, commit.sha, this.account);
    else moveBranch(this.#world, this.repository, branch, commit.sha, this.account, false);
    return commit.sha;
  }

  /** Adds a commit to a pull request, wherever its branch lives. */
  pushTo(
    number: number,
    files: Record<string, FileContent>,
    message: string,
    options: Partial<CommitOptions> = {},
  ): string {
    const { head } = this.pull(number);
    const commit = createCommit(this.#world, head.sha, this.account, { ...options, files, message });
    moveBranch(this.#world, head.repository, head.ref, commit.sha, this.account, false);
    return commit.sha;
  }

  /** Replaces all of a pull request's commits by one. */
  forcePush(number: number, files: Record<string, FileContent>, message: string): string {
    const { head, base } = this.pull(number);
    const commit = createCommit(this.#world, this.#tip(base.repository, base.ref), this.account, { files, message });
    moveBranch(this.#world, head.repository, head.ref, commit.sha, this.account, true);
    return commit.sha;
  }

  /** Puts a pull request's commits, unchanged in what they do, on top of the base branch as it is now. */
  rebase(number: number): string {
    const { head, base } = this.pull(number);
    const { objects } = this.#world;
    let tip = this.#tip(base.repository, base.ref);
    for (const commit of commitsBetween(objects, base.sha, head.sha)) {
      const [parent] = commit.parents;
      const from = parent === undefined ? null : objects.commit(parent).tree;
      const tree = mergeTrees(objects, from, objects.commit(tip).tree, commit.tree);
      if (tree === null) throw new Error(`the rebase of #${number} conflicts`);
      const committer = { ...commit.committer, date: this.#world.now() };
      tip = objects.putCommit({ ...commit, tree, parents: [tip], committer }).sha;
    }
    moveBranch(this.#world, head.repository, head.ref, tip, this.account, true);
    return tip;
  }

  deleteBranch(branch: string): void {
    deleteBranch(this.#world, this.repository, branch, this.account);
  }

  approve(number: number, body = ""): Review {
    return submitReview(this.#world, this.pull(number), { state: "APPROVED", body }, this.account);
  }

  requestChanges(number: number, body: string): Review {
    return submitReview(this.#world, this.pull(number), { state: "CHANGES_REQUESTED", body }, this.account);
  }

  /** A review that neither approves nor objects. */
  review(number: number, body: string, comments: { path: string; line: number; body: string }[] = []): Review {
    return submitReview(this.#world, this.pull(number), { state: "COMMENTED", body, comments }, this.account);
  }

  editReview(number: number, review: Review, body: string): void {
    editReview(this.#world, this.pull(number), review, body, this.account);
  }

  dismiss(number: number, review: Review, message: string): void {
    dismissReview(this.#world, this.pull(number), review, message, this.account, null);
  }

  requestReview(number: number, wanted: { people?: string[]; teams?: string[] }): void {
    const owner = this.repository.owner;
    const teams = isOrganisation(owner) ? owner.teams : [];
    const asked = {
      accounts: (wanted.people ?? []).flatMap((login) => findAccount(this.#world, login) ?? []),
      teams: teams.filter(({ slug }) => wanted.teams?.includes(slug) ?? false),
    };
    requestReviewers(this.#world, this.pull(number), asked, this.account, null);
  }

  comment(number: number, body: string): IssueComment {
    return addComment(this.#world, this.issue(number), body, this.account, null);
  }

  editComment(comment: IssueComment, body: string): void {
    editComment(this.#world, comment, body, this.account);
  }

  deleteComment(comment: IssueComment): void {
    deleteComment(this.#world, comment, this.account);
  }

  label(number: number, ...names: string[]): void {
    addLabels(this.#world, this.issue(number), names, this.account, null);
  }

  unlabel(number: number, name: string): void {
    const label = findLabel(this.repository, name);
    if (label !== undefined) removeLabel(this.#world, this.issue(number), label, this.account, null);
  }

  renameLabel(name: string, newName: string): void {
    const label = findLabel(this.repository, name);
    if (label === undefined) throw new Error(`no label ${name}`);
    editLabel(this.#world, this.repository, label, { newName }, this.account);
  }

  /** Title, body or base of a pull request; title and body of an issue. */
  edit(number: number, change: { title?: string; body?: string; base?: string }): void {
    const { base, ...texts } = change;
    if (base !== undefined) retargetPull(this.#world, this.pull(number), base, this.account);
    editIssue(this.#world, this.issue(number), texts, this.account);
  }

  convertToDraft(number: number): void {
    convertToDraft(this.#world, this.pull(number), this.account, null);
  }

  markReady(number: number): void {
    markReady(this.#world, this.pull(number), this.account, null);
  }

  close(number: number): void {
    closeIssue(this.#world, this.issue(number), this.account, null);
  }

  reopen(number: number): void {
    reopenIssue(this.#world, this.issue(number), this.account, null);
  }

  /** @returns the sha the base branch then stands on */
  merge(number: number, options: MergeOptions = {}): string {
    return mergePull(this.#world, this.pull(number), options, this.account);
  }

  enableAutoMerge(number: number): void {
    enableAutoMerge(this.#world, this.pull(number), "merge", this.account);
  }

  disableAutoMerge(number: number): void {
    disableAutoMerge(this.#world, this.pull(number), this.account);
  }

  openIssue(title: string, body = "", labels: string[] = []): Issue {
    return openIssue(this.#world, this.repository, { title, body, labels }, this.account, null);
  }

  setStatus(sha: string, fields: StatusFields): void {
    createStatus(this.#world, this.repository, sha, fields, this.account);
  }

  /** Presses "Re-run" on a check. */
  rerun(run: CheckRun): void {
    rerequestCheckRun(this.#world, run, this.account);
  }

  /** Presses a button that a check offers. */
  press(run: CheckRun, identifier: string): void {
    requestAction(this.#world, run, identifier, this.account);
  }

  pull(number: number): PullRequest {
    const pull = this.repository.pulls.get(number);
    if (pull === undefined) throw new Error(`${this.repository.name} has no pull request #${number}`);
    return pull;
  }

  issue(number: number): Issue {
    const issue = this.repository.issues.get(number);
    if (issue === undefined) throw new Error(`${this.repository.name} has no issue #${number}`);
    return issue;
  }

  #tip(repository: Repository, branch: string): string {
    const sha = branchSha(repository, branch);
    if (sha === undefined) throw new Error(`${repository.name} has no branch ${branch}`);
    return sha;
  }
}

function branchName(title: string, number: number): string {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${words.slice(0, 40).replaceAll(/^-|-$/g, "")}-${number}`;
}
