/** Someone at work in one repository: what they do reads as a script, and every webhook follows as on GitHub. */
import { requestAction, rerequestCheckRun } from "../actions/checks.ts";
import { closeIssue, reopenIssue } from "../actions/close.ts";
import { createDeployment, type DeploymentFields } from "../actions/deployments.ts";
import { dispatch } from "../actions/dispatch.ts";
import { editIssue } from "../actions/issues.ts";
import { addLabels } from "../actions/labels.ts";
import { enableAutoMerge, type MergeOptions, mergePull } from "../actions/merge.ts";
import { reviewDeployments } from "../actions/protection.ts";
import {
  convertToDraft,
  disableAutoMerge,
  markReady,
  openPull,
  requestReviewers,
  retargetPull,
  withdrawReviewers,
} from "../actions/pulls.ts";
import { type CommitOptions, createBranch, createCommit } from "../actions/push.ts";
import { dismissReview, editReview } from "../actions/reviews.ts";
import { createStatus, type StatusFields } from "../actions/statuses.ts";
import { submitReview } from "../actions/submit-review.ts";
import { resolveThread, unresolveThread } from "../actions/threads.ts";
import type { FileContent } from "../git/objects.ts";
import type { Account, Team } from "../state/accounts.ts";
import { isOrganisation } from "../state/accounts.ts";
import type { CheckRun } from "../state/checks.ts";
import type { Deployment } from "../state/deployments.ts";
import type { MergeMethod, PullRequest, Review, ReviewComment } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import { findAccount } from "../state/world.ts";
import { Correspondent } from "./correspondent.ts";

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

/** Logins, and slugs of teams. */
export interface Reviewers {
  people?: string[];
  teams?: string[];
}

export class Person extends Correspondent {
  /** Pushes a branch with these files and opens a pull request from it. */
  openPullRequest(options: OpenPullOptions): PullRequest {
    const base = options.base ?? this.repository.defaultBranch;
    const home = options.from ?? this.repository;
    const branch = options.branch ?? branchName(options.title, this.repository.lastNumber + 1);
    const commits = options.commits ?? [{ message: options.message ?? options.title, files: options.files ?? {} }];
    if (branchSha(home, branch) === undefined) {
      let tip = this.tip(this.repository, base);
      for (const commit of commits) tip = createCommit(this.world, tip, this.account, commit).sha;
      createBranch(this.world, home, branch, tip, this.account);
    }
    const fields = {
      title: options.title,
      body: options.body ?? null,
      base,
      head: branch,
      headRepository: home,
      isDraft: options.isDraft ?? false,
    };
    const pull = openPull(this.world, this.repository, fields, this.account, this.viaApp);
    addLabels(this.world, pull, options.labels ?? [], this.account, this.viaApp);
    return pull;
  }

  approve(number: number, body = ""): Review {
    return submitReview(this.world, this.pull(number), { state: "APPROVED", body }, this.account);
  }

  requestChanges(number: number, body: string): Review {
    return submitReview(this.world, this.pull(number), { state: "CHANGES_REQUESTED", body }, this.account);
  }

  /** A review that neither approves nor objects. */
  review(number: number, body: string, comments: { path: string; line: number; body: string }[] = []): Review {
    return submitReview(this.world, this.pull(number), { state: "COMMENTED", body, comments }, this.account);
  }

  editReview(number: number, review: Review, body: string): void {
    editReview(this.world, this.pull(number), review, body, this.account);
  }

  dismiss(number: number, review: Review, message: string): void {
    dismissReview(this.world, this.pull(number), review, message, this.account, this.viaApp);
  }

  requestReview(number: number, wanted: Reviewers): void {
    requestReviewers(this.world, this.pull(number), this.#named(wanted), this.account, this.viaApp);
  }

  /** Takes back that they were asked, whoever did. */
  removeReviewRequest(number: number, unwanted: Reviewers): void {
    withdrawReviewers(this.world, this.pull(number), this.#named(unwanted), this.account, this.viaApp);
  }

  /** Begins a conversation on a line. */
  commentOnLine(number: number, comment: { path: string; line: number; body: string }): ReviewComment {
    const [begun] = this.review(number, "", [comment]).comments;
    if (begun === undefined) throw new Error("a review lost its comment");
    return begun;
  }

  /** Resolves a conversation. */
  resolve(number: number, comment: ReviewComment): void {
    resolveThread(this.world, this.pull(number), comment, this.account);
  }

  unresolve(number: number, comment: ReviewComment): void {
    unresolveThread(this.world, this.pull(number), comment, this.account);
  }

  /** Title, body or base of a pull request; title and body of an issue. */
  edit(number: number, change: { title?: string; body?: string; base?: string }): void {
    const { base, ...texts } = change;
    if (base !== undefined) retargetPull(this.world, this.pull(number), base, this.account);
    editIssue(this.world, this.issue(number), texts, this.account);
  }

  convertToDraft(number: number): void {
    convertToDraft(this.world, this.pull(number), this.account, this.viaApp);
  }

  markReady(number: number): void {
    markReady(this.world, this.pull(number), this.account, this.viaApp);
  }

  close(number: number): void {
    closeIssue(this.world, this.issue(number), this.account, this.viaApp);
  }

  reopen(number: number): void {
    reopenIssue(this.world, this.issue(number), this.account, this.viaApp);
  }

  /** @returns the sha the base branch then stands on */
  merge(number: number, options: MergeOptions = {}): string {
    return mergePull(this.world, this.pull(number), options, this.account);
  }

  /** @param words what the merge commit will say, instead of GitHub's own */
  enableAutoMerge(
    number: number,
    method: MergeMethod = "merge",
    words: { title?: string; message?: string } = {},
  ): void {
    enableAutoMerge(this.world, this.pull(number), { method, ...words }, this.account);
  }

  disableAutoMerge(number: number): void {
    disableAutoMerge(this.world, this.pull(number), this.account);
  }

  setStatus(sha: string, fields: StatusFields): void {
    createStatus(this.world, this.repository, sha, fields, this.account);
  }

  /** Presses "Re-run" on a check. */
  rerun(run: CheckRun): void {
    rerequestCheckRun(this.world, run, this.account);
  }

  /** Presses a button that a check offers. */
  press(run: CheckRun, identifier: string): void {
    requestAction(this.world, run, identifier, this.account);
  }

  /** Reviews, on GitHub's page, whatever of a run waits for reviewers. */
  reviewDeployment(run: WorkflowRun, state: "approved" | "rejected", comment = ""): void {
    reviewDeployments(this.world, run, state, comment, this.account);
  }

  /** Deploys by a tool of one's own, which says itself how it goes on. */
  createDeployment(fields: DeploymentFields): Deployment {
    return createDeployment(this.world, this.repository, fields, this.account);
  }

  /** Tells the repository, and whoever listens, that something happened. */
  dispatch(eventType: string, payload: Readonly<Record<string, unknown>> = {}): void {
    dispatch(this.world, this.repository, eventType, payload, this.account);
  }

  /** Says on the profile that one is busy, or no longer. */
  setBusy(isBusy: boolean): void {
    this.account.isBusy = isBusy;
  }

  #named(wanted: Reviewers): { accounts: Account[]; teams: Team[] } {
    const owner = this.repository.owner;
    const teams = isOrganisation(owner) ? owner.teams : [];
    return {
      accounts: (wanted.people ?? []).flatMap((login) => findAccount(this.world, login) ?? []),
      teams: teams.filter(({ slug }) => wanted.teams?.includes(slug) ?? false),
    };
  }
}

function branchName(title: string, number: number): string {
  const words = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return `${words.slice(0, 40).replaceAll(/^-|-$/g, "")}-${number}`;
}
