/** What is done about a review once its change is merged: it has a day, people, the first runs on the base branch, and a look at what landed. */

import type { PostReviewDebt } from "../../../core/bypass/post-review.ts";
import { isFailedRun, mergedNote } from "../../../core/report/post-review-merged.ts";
import { reviewMessages } from "../../../core/report/post-review-messages.ts";
import { overdueNote, postReviewMarker } from "../../../core/report/post-review-words.ts";
import type { KnownMerge } from "../../exceptions-port.ts";
import type { IssueReading, RunReading } from "../../issues-port.ts";
import type { Ports } from "../../ports.ts";
import { reportStuck } from "../../stuck.ts";
import { keep, type ReviewLook } from "./review-look.ts";
import { sayOnce } from "./say-once.ts";
import { tellOfReview } from "./tell-of-review.ts";
import { verifyMerge } from "./verify-merge.ts";

type Owed = Extract<PostReviewDebt, { kind: "owed" }>;

export async function reportMerge(
  look: ReviewLook,
  merge: KnownMerge,
  { dueAt, isOverdue }: Owed,
  reading: IssueReading,
  ports: Ports,
): Promise<ReviewLook> {
  let next = await keepFacts(look, merge, dueAt, ports);
  const runs = await readRuns(next, merge, ports);
  const { baseRef, commitSha, mergedBy, mergedAt } = merge;
  const body = mergedNote({ baseRef, commitSha, mergedBy, mergedAt, dueAt, runs });
  await sayOnce(next.kept, reading, { body, marker: postReviewMarker("merged") }, ports);
  for (const run of runs.filter(isFailedRun)) {
    next = await tellOfReview(next, reviewMessages.failedRun(next.kept.pullRequest, run, baseRef), ports);
  }
  next = await verifyMerge(next, merge, ports);
  if (isOverdue) await escalate(next, dueAt, reading, ports);
  return next;
}

async function keepFacts(look: ReviewLook, merge: KnownMerge, dueAt: Date, ports: Ports): Promise<ReviewLook> {
  const { kept } = look;
  if (kept.dueAt?.getTime() === dueAt.getTime() && kept.commitSha === merge.commitSha) return look;
  return keep({ ...look, kept: { ...kept, dueAt, commitSha: merge.commitSha } }, {}, ports);
}

/** Newest first as GitHub lists them; runs for pull requests on the same commit are not the base branch's. */
async function readRuns(
  { kept }: ReviewLook,
  { commitSha, baseRef }: KnownMerge,
  { github }: Ports,
): Promise<RunReading[]> {
  if (commitSha === null) return [];
  const runs = await github.listRuns(kept, commitSha);
  return runs
    .filter(({ headBranch, event }) => headBranch === baseRef && !event.startsWith("pull_request"))
    .sort((a, b) => a.id - b.id);
}

async function escalate(look: ReviewLook, dueAt: Date, reading: IssueReading, ports: Ports): Promise<void> {
  const { kept, data } = look;
  await sayOnce(kept, reading, { body: overdueNote(data, dueAt), marker: postReviewMarker("overdue") }, ports);
  await reportOverdue(look, dueAt, ports);
}

/** Also where its issue cannot be written to. */
export async function reportOverdue({ kept, data }: ReviewLook, dueAt: Date, ports: Ports): Promise<void> {
  const { installationId, repositoryId, owner, name } = kept;
  const repository = { installationId, repositoryId, owner, name };
  await reportStuck(
    { repository, kind: "post_review", number: kept.number },
    [
      {
        key: `post_review:${kept.key}`,
        repository,
        kind: "post_review",
        number: kept.number,
        what: `the review that #${kept.pullRequest} owes`,
        since: dueAt,
        startsAt: data.startsAt,
        roles: [data.role],
      },
    ],
    ports,
  );
}
