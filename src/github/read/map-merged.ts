/** A merged pull request → the change as it was just before. */

import type { HistoricChange, ReviewWaits } from "../../core/backtest/historic-change.ts";
import type { Incomplete, Label, Repository, Review } from "../../core/snapshot.ts";
import { hasGaps, idOf, nodesOf } from "./connection.ts";
import { mapChecks } from "./map-checks.ts";
import { mapComment } from "./map-comment.ts";
import { mapCommits, mergeBaseOf } from "./map-commit.ts";
import { mapLabels } from "./map-label.ts";
import { personOf } from "./map-person.ts";
import { mapReviews, permissionsOfReviewers } from "./map-review.ts";
import type { RawMerged } from "./merged-query.ts";

/** A merged pull request without its files, which come by requests of their own. */
export interface MergedChange {
  change: HistoricChange;
  /** Of its commits, newest last. */
  commitShas: string[];
  /** Where it left the base branch; `null` where only git can tell. */
  mergeBaseSha: string | null;
  changedFilesCount: number;
}

/** @returns `null` where GitHub does not say when it was merged */
export function mapMerged(raw: RawMerged, repository: Repository, appId: number | null): MergedChange | null {
  if (raw.mergedAt === null) return null;
  const mergedAt = new Date(raw.mergedAt);
  const author = personOf(raw.author, idOf(raw.fullDatabaseId));
  const commits = mapCommits(nodesOf(raw.commits).map(({ commit }) => commit));
  const reviews = mapReviews(nodesOf(raw.reviews)).filter(({ submittedAt }) => submittedAt <= mergedAt);
  const head = nodesOf(raw.head ?? { nodes: [] })[0]?.commit;
  const checks = mapChecks(nodesOf(head?.checkSuites), head?.status ?? null, appId);
  const incomplete = incompleteOf(raw);
  const change: HistoricChange = {
    id: `#${raw.number}`,
    commitSha: raw.mergeCommit?.oid ?? null,
    title: raw.title,
    author: author.login,
    isBot: author.kind === "bot",
    mergedAt,
    source: "github",
    assumed: [],
    waits: waitsOf(raw, reviews, author.id),
    snapshot: {
      repository,
      number: raw.number,
      title: raw.title,
      body: raw.body,
      state: "open",
      isDraft: false,
      isFork: raw.isCrossRepository,
      author,
      createdAt: new Date(raw.createdAt),
      base: { ref: raw.baseRefName, sha: raw.baseRefOid },
      head: { ref: raw.headRefName, sha: raw.headRefOid },
      labels: labelsOf(raw, mergedAt),
      files: [],
      commits,
      // Nobody noted the head a review was given on; the commit it is on today stands for it, and that is said.
      reviews: reviews.map((review) => ({ ...review, headAtSubmission: review.commitSha })),
      comments: nodesOf(raw.comments)
        .map(mapComment)
        .filter(({ createdAt }) => createdAt <= mergedAt),
      checks: checks.checks,
      workflowRuns: checks.workflowRuns,
      requestedReviewers: [],
      autoMerge: null,
      isInMergeQueue: false,
      openThreads: null,
      merged: null,
      directory: {
        teams: {},
        organizations: {},
        permissions: permissionsOfReviewers(nodesOf(raw.reviews)),
        codeowners: { kind: "missing" },
        busy: [],
      },
      incomplete,
    },
  };
  const isCut = incomplete.some(({ what }) => what === "commits");
  return {
    change,
    commitShas: commits.map(({ sha }) => sha),
    mergeBaseSha: isCut ? null : mergeBaseOf(commits),
    changedFilesCount: raw.changedFiles,
  };
}

/** What was put on after the merge was not there to be looked at. */
function labelsOf(raw: RawMerged, mergedAt: Date): Label[] {
  const labels = mapLabels(
    nodesOf(raw.labels).map(({ name }) => name),
    nodesOf(raw.labelEvents),
  );
  return labels.filter(({ addedAt }) => addedAt === null || addedAt <= mergedAt);
}

/** One page of each part is read: a history of thousands is worth no more requests for the few that are larger. */
function incompleteOf(raw: RawMerged): Incomplete[] {
  const of = (
    what: Incomplete["what"],
    connection: { nodes: unknown[] | null; pageInfo: RawMerged["comments"]["pageInfo"] } | null,
  ) => {
    const isCut = connection?.pageInfo.hasNextPage === true || connection?.pageInfo.hasPreviousPage === true;
    return isCut || hasGaps(connection) ? [{ what, reason: `no more than a hundred ${what} were looked at` }] : [];
  };
  return [
    ...of("reviews", raw.reviews),
    ...of("comments", raw.comments),
    ...of("commits", raw.commits),
    ...of("labels", raw.labels),
  ];
}

/** From when people were asked, or else could have been: the first request for a review, the end of being a draft, or the opening. */
function waitsOf(raw: RawMerged, reviews: readonly Review[], authorId: number): ReviewWaits {
  const byOthers = reviews.filter(({ user }) => user.id !== authorId && user.kind === "user");
  const first = (some: readonly Review[]) => Math.min(...some.map(({ submittedAt }) => submittedAt.getTime()));
  const asked = nodesOf(raw.readyEvents).map(({ createdAt }) => new Date(createdAt).getTime());
  const reviewed = byOthers.length === 0 ? null : first(byOthers);
  // Asked again after a first review, the wait had begun before.
  const before = asked.filter((at) => reviewed === null || at <= reviewed);
  const start = before.length > 0 ? Math.min(...before) : new Date(raw.createdAt).getTime();
  const approvals = byOthers.filter(({ state }) => state === "approved");
  return {
    firstReviewMs: reviewed === null ? null : reviewed - start,
    firstApprovalMs: approvals.length === 0 ? null : Math.max(0, first(approvals) - start),
  };
}
