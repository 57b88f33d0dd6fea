/** Reads one pull request whole, in one request where it fits: {@link PullRequestReading}. */

import type { Directory, Read, Repository, Snapshot } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { PolicyFile, PullRequestReading, ReadingHints } from "../../handlers/github-port.ts";
import type { GithubClient } from "../client.ts";
import { isGithubError } from "../errors.ts";
import type { GraphqlProblem } from "../graphql-answer.ts";
import { awaitAppearance } from "../retry.ts";
import { idOf, nodesOf } from "./connection.ts";
import { mapChecks } from "./map-checks.ts";
import { mapComment } from "./map-comment.ts";
import { mapCommits, mergeBaseOf } from "./map-commit.ts";
import { mapLabels } from "./map-label.ts";
import { mapMerging } from "./map-merging.ts";
import { personOf } from "./map-person.ts";
import { mapPolicyEntry } from "./map-policy-file.ts";
import { countOpenThreads, mapReviews, permissionsOfReviewers } from "./map-review.ts";
import { collectMembers, type MembersFound, planMembers } from "./members-query.ts";
import type { RawPullRequest, RawRepository, RawTip } from "./pull-request-query.ts";
import { readRepositoryProperties } from "./repositories.ts";
import { readWholePullRequest, type WholePullRequest } from "./whole-pull-request.ts";

/**
 * @returns `gone` when it does not exist (any more) for this installation
 * @throws {GithubError} when GitHub fails, or the pull request kept moving while it was read
 */
export async function readPullRequest(
  client: GithubClient,
  subject: PullRequestSubject,
  hints: ReadingHints,
): Promise<PullRequestReading | "gone"> {
  const plan = planMembers(hints);
  const readAt = client.now();
  try {
    const [whole, properties] = await Promise.all([
      awaitAppearance(
        () => readWholePullRequest(client, subject, plan),
        (ms) => client.sleep(ms),
      ),
      hints.properties ? readRepositoryProperties(client, subject) : {},
    ]);
    const members = await collectMembers(client, subject.installationId, plan, whole.answer, whole.problems);
    return { ...readingOf(whole, members, properties, client.appId), readAt };
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone";
    throw error;
  }
}

function readingOf(
  whole: WholePullRequest,
  members: MembersFound,
  properties: Repository["properties"],
  appId: number | null,
): Omit<PullRequestReading, "readAt"> {
  const { raw, answer } = whole;
  const checks = mapChecks(whole.suites, whole.status, appId);
  const commits = mapCommits(whole.commits);
  const snapshot: Snapshot = {
    repository: { ...mapRepository(answer.repository), properties },
    ...scalarsOf(raw),
    labels: mapLabels(
      whole.labels.map(({ name }) => name),
      whole.labelEvents,
    ),
    files: [],
    commits,
    reviews: mapReviews(whole.reviews),
    comments: whole.comments.map(mapComment),
    checks: checks.checks,
    workflowRuns: checks.workflowRuns,
    requestedReviewers: requestedPeopleOf(raw),
    ...mapMerging(raw),
    openThreads: countOpenThreads(raw.reviewThreads),
    directory: directoryOf(members, whole),
    incomplete: whole.incomplete,
  };
  return {
    snapshot,
    changedFilesCount: raw.changedFiles,
    mergeBaseSha: whole.incomplete.some(({ what }) => what === "commits") ? null : mergeBaseOf(commits),
    policies: {
      repository: policyOf(raw.baseRef),
      organization: organizationPolicyOf(answer.organizationDefault, whole.problems),
    },
    ownChecks: checks.ownChecks,
    ownComments: whole.comments.flatMap((raw) =>
      raw.viewerDidAuthor ? [{ id: idOf(raw.fullDatabaseId), body: raw.body }] : [],
    ),
    foreignChecks: checks.foreignChecks,
    headFirstSeenAt: checks.firstSeenAt,
  };
}

function scalarsOf(raw: RawPullRequest) {
  const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;
  return {
    number: raw.number,
    title: raw.title,
    body: raw.body,
    state: states[raw.state],
    isDraft: raw.isDraft,
    isFork: raw.isCrossRepository,
    author: personOf(raw.author, idOf(raw.fullDatabaseId)),
    createdAt: new Date(raw.createdAt),
    base: { ref: raw.baseRefName, sha: baseShaOf(raw) },
    head: { ref: raw.headRefName, sha: raw.headRefOid },
  };
}

/** The tip of the base branch, where the policy was read; the last one GitHub knew where the branch is gone. */
export function baseShaOf(raw: { baseRef: RawTip | null; baseRefOid: string }): string {
  return raw.baseRef?.target?.oid ?? raw.baseRefOid;
}

export function mapRepository(raw: RawRepository | null): Repository {
  return {
    id: raw?.databaseId ?? 0,
    owner: raw?.owner.login ?? "",
    name: raw?.name ?? "",
    isPrivate: raw?.isPrivate ?? true,
    defaultBranch: raw?.defaultBranchRef?.name ?? "",
    properties: {},
  };
}

function requestedPeopleOf(raw: RawPullRequest) {
  // Teams among the requested have no account id and are nobody in particular.
  const people = nodesOf(raw.reviewRequests).map(({ requestedReviewer }) => requestedReviewer);
  return people.flatMap((actor) => (typeof actor?.databaseId === "number" ? [personOf(actor, 0)] : []));
}

function directoryOf(members: MembersFound, { reviews }: WholePullRequest): Directory {
  return { ...members, permissions: permissionsOfReviewers(reviews), codeowners: { kind: "missing" } };
}

export function policyOf(tip: RawTip | null): Read<PolicyFile> {
  if (!tip?.target) return { kind: "missing" };
  return mapPolicyEntry(tip.target.file ?? null, tip.target.oid);
}

/** GitHub says NOT_FOUND of a repository that is not there and of one we may not see; neither sets a default for this one. */
export function organizationPolicyOf(
  repository: { defaultBranchRef: RawTip | null } | null,
  problems: readonly GraphqlProblem[],
): Read<PolicyFile> {
  const problem = problems.find(({ path }) => path[0] === "organizationDefault");
  if (problem && problem.type !== "NOT_FOUND") return { kind: "unreadable", reason: problem.message };
  return policyOf(repository?.defaultBranchRef ?? null);
}
