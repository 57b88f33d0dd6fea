/** The GitHub side as one object: what the handlers may read and write. */

import type { HistoricChange } from "../core/backtest/historic-change.ts";
import type { RepositoryRef } from "../core/subject.ts";
import type { GithubPort } from "../handlers/github-port.ts";
import { disarmAutoMerge } from "./apply/auto-merge.ts";
import { createBranch } from "./apply/branch.ts";
import { CheckRunWriter } from "./apply/check-run.ts";
import { comment, commentOnce, editComment } from "./apply/comment.ts";
import { commentOnCommit } from "./apply/commit-comment.ts";
import { reviewDeployment } from "./apply/deployment-review.ts";
import { writeFile } from "./apply/file.ts";
import { IssueFiler } from "./apply/issue.ts";
import { addAssignees, addLabels, changeIssue, removeLabel } from "./apply/issue-change.ts";
import { merge } from "./apply/merge.ts";
import { react } from "./apply/reaction.ts";
import { rerunFailedJobs } from "./apply/rerun.ts";
import { requestReviewers } from "./apply/reviewers.ts";
import { updateBranch } from "./apply/update-branch.ts";
import { GithubClient } from "./client.ts";
import { readChange } from "./read/change.ts";
import { readCodeScanningAlerts } from "./read/code-scanning.ts";
import { readComparison } from "./read/comparison.ts";
import { readContents } from "./read/contents.ts";
import { type FailedDelivery, listFailedDeliveries, redeliver } from "./read/deliveries.ts";
import { readDependencyReview } from "./read/dependency-review.ts";
import { readEnvironment } from "./read/deployment-environment.ts";
import { compareCommits, readOrigins } from "./read/deployment-range.ts";
import { listWaitingRuns, readDeploymentAnswer, readDeploymentRequest } from "./read/deployment-request.ts";
import { DirectoryReader } from "./read/directory.ts";
import { readGuard } from "./read/guard.ts";
import { InstallationFinder, listInstallations } from "./read/installations.ts";
import { readIssue } from "./read/issue.ts";
import type { MergedChange } from "./read/map-merged.ts";
import { readMergeBase } from "./read/merge-base.ts";
import { listPullRequestsOfMergeGroup } from "./read/merge-group.ts";
import {
  type BudgetLeft,
  type MergedHistory,
  type MergedWanted,
  readMergedChanges,
  readMergedFiles,
} from "./read/merged-changes.ts";
import { readMergedPulls } from "./read/merged-pulls.ts";
import { listOpenPullRequests, listPullRequestsOfCommit } from "./read/open-pull-requests.ts";
import { readPolicyFile } from "./read/policy-file.ts";
import { readPullRequest } from "./read/pull-request.ts";
import { listRepositories, readRepository } from "./read/repositories.ts";
import { listRuns } from "./read/runs.ts";
import type { GithubSettings, GithubSurroundings } from "./settings.ts";

export interface Github extends GithubPort {
  /** Forgets who people of an installation are: teams, members or permissions changed. */
  forgetDirectory(installationId: number): void;
  /** Webhooks of this App of which no attempt since `since` was answered well. */
  listFailedDeliveries(since: Date): Promise<FailedDelivery[]>;
  redeliver(deliveryId: number): Promise<void>;
  /** Pull requests that were merged, newest last, within a budget; their files come by {@link Github.readMergedFiles}. */
  readMergedChanges(
    repository: Omit<RepositoryRef, "repositoryId">,
    wanted: MergedWanted,
    left: BudgetLeft,
  ): Promise<MergedHistory>;
  readMergedFiles: (
    repository: RepositoryRef,
    change: MergedChange,
    left: BudgetLeft,
  ) => Promise<HistoricChange | NonNullable<MergedHistory["cutBy"]>>;
  /** Ids of all installations that are not suspended. */
  listInstallations(): Promise<number[]>;
  /** The installation that has a repository; `null` where none has, or it is suspended. */
  findInstallation(repository: { owner: string; name: string }): Promise<number | null>;
}

/** Nothing is sent before something is asked for. Every method may throw {@link GithubError}; nothing else is GitHub's doing. */
export function createGithub(settings: GithubSettings, surroundings: GithubSurroundings): Github {
  const client = new GithubClient(settings, surroundings);
  const directory = new DirectoryReader(client);
  const checks = new CheckRunWriter(client);
  const issues = new IssueFiler(client);
  const installations = new InstallationFinder(client);
  return {
    readPullRequest: (subject, hints) => readPullRequest(client, subject, hints),
    readChange: (subject) => readChange(client, subject),
    readContents: (subject, shas, paths) => readContents(client, subject, shas, paths),
    readDependencyReview: (subject, shas) => readDependencyReview(client, subject, shas),
    readCodeScanningAlerts: (subject, where) => readCodeScanningAlerts(client, subject, where),
    readMergeBase: (subject, shas) => readMergeBase(client, subject, shas),
    readPolicyFile: (subject, file) => readPolicyFile(client, subject, file),
    readDirectory: (subject, wanted) => directory.read(subject, wanted),
    readGuard: (subject) => readGuard(client, subject),
    readRepository: (repository) => readRepository(client, repository),
    listOpenPullRequests: (repository) => listOpenPullRequests(client, repository),
    listPullRequestsOfCommit: (commit) => listPullRequestsOfCommit(client, commit),
    listPullRequestsOfMergeGroup: (group) => listPullRequestsOfMergeGroup(client, group),
    listRepositories: (installationId) => listRepositories(client, installationId),
    writeCheck: (subject, id, draft) => checks.write(subject, id, draft),
    requestReviewers: (subject, people, teams) => requestReviewers(client, subject, people, teams),
    comment: (subject, body) => comment(client, subject, body),
    commentOnce: (subject, wanted) => commentOnce(client, subject, wanted),
    editComment: (subject, commentId, body) => editComment(client, subject, commentId, body),
    merge: (subject, wanted) => merge(client, subject, wanted),
    disarmAutoMerge: (subject) => disarmAutoMerge(client, subject),
    updateBranch: (subject, headSha) => updateBranch(client, subject, headSha),
    createBranch: (subject, branch) => createBranch(client, subject, branch),
    createIssue: (subject, issue) => issues.file(subject, issue),
    writeFile: (subject, file) => writeFile(client, subject, file),
    readIssue: (issue) => readIssue(client, issue),
    changeIssue: (issue, change) => changeIssue(client, issue, change),
    addLabels: (issue, labels) => addLabels(client, issue, labels),
    removeLabel: (issue, label) => removeLabel(client, issue, label),
    addAssignees: (issue, logins) => addAssignees(client, issue, logins),
    commentOnCommit: (repository, commit) => commentOnCommit(client, repository, commit),
    readComparison: (repository, range) => readComparison(client, repository, range),
    listRuns: (repository, headSha) => listRuns(client, repository, headSha),
    rerunFailedJobs: (repository, runId) => rerunFailedJobs(client, repository, runId),
    react: (subject, commentId, reaction) => react(client, subject, commentId, reaction),
    readDeploymentRequest: (subject) => readDeploymentRequest(client, subject),
    readEnvironment: (repository, environment) => readEnvironment(client, repository, environment),
    compareCommits: (repository, shas) => compareCommits(client, repository, shas),
    readOrigins: (repository, shas) => readOrigins(client, repository, shas),
    reviewDeployment: (subject, review) => reviewDeployment(client, subject, review),
    readDeploymentAnswer: (subject, mark) => readDeploymentAnswer(client, subject, mark),
    listWaitingRuns: (repository) => listWaitingRuns(client, repository),
    forgetDirectory: (installationId) => directory.forget(installationId),
    listFailedDeliveries: (since) => listFailedDeliveries(client, since),
    redeliver: (deliveryId) => redeliver(client, deliveryId),
    listInstallations: () => listInstallations(client),
    findInstallation: (repository) => installations.find(repository),
    readMergedChanges: (repository, wanted, left) => readMergedChanges(client, repository, wanted, left),
    readMergedPulls: (repository, wanted) => readMergedPulls(client, repository, wanted),
    readMergedFiles: (repository, change, left) => readMergedFiles(client, repository, change, left),
  };
}
