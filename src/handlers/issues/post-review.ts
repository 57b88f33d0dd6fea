/** Follows the review that a bypass or a merge around the gate owes, until it is done. */

import { type PostReviewDebt, type PostReviewPlan, planPostReview } from "../../core/bypass/post-review.ts";
import { readPostReviewData } from "../../core/bypass/post-review-data.ts";
import { reviewersAmong } from "../../core/report/post-review-issue.ts";
import { reviewMessages } from "../../core/report/post-review-messages.ts";
import { followOverrideReview } from "../deployments/override-review.ts";
import { earliest } from "../follow-up.ts";
import type { Ports } from "../ports.ts";
import type { IssueFollower } from "./issue-look.ts";
import { endUnused, fileAnew } from "./post-review/file-anew.ts";
import { putLabelBack, reopen } from "./post-review/keep-open.ts";
import { reportMerge, reportOverdue } from "./post-review/report-merge.ts";
import { readReviewFacts } from "./post-review/review-facts.ts";
import { keep, type ReviewLook } from "./post-review/review-look.ts";
import { readReviewers } from "./post-review/reviewers.ts";
import { settleDropped, settleReviewed } from "./post-review/settle-review.ts";
import { tellOfReview } from "./post-review/tell-of-review.ts";

export const followPostReview: IssueFollower = async (seen, ports, run) => {
  const { kept, reading } = seen;
  const { pullRequest } = kept;
  if (pullRequest === null) return followOverrideReview(seen, ports, run);
  const data = readPostReviewData(kept.data);
  if (kept.state === "done" && data.review !== null) return {};
  const known = { kept: { ...kept, pullRequest }, data, reading };
  const { facts, merge } = await readReviewFacts(known, ports);
  const plan = planPostReview(facts);
  const { debt } = plan;
  if (kept.state === "done" && debt.kind !== "owed") return {};
  // What was dropped and is merged by it after all is owed again.
  const look: ReviewLook = {
    ...known,
    kept: { ...known.kept, state: "open" },
    data: { ...data, dropped: null },
    merge,
  };
  if (debt.kind === "reviewed") return done(settleReviewed(look, ports));
  if (debt.kind === "dropped") return done(settleDropped(look, debt.why, ports));
  return { wakeAt: await care(look, plan, ports) };
};

async function done(settling: Promise<void>): Promise<object> {
  await settling;
  return {};
}

type Standing = Extract<PostReviewDebt, { kind: "pending" | "owed" }>;

/** @returns when to look again */
async function care(look: ReviewLook, { debt, steps, wakeAt }: PostReviewPlan, ports: Ports): Promise<Date | null> {
  const standing = debt as Standing;
  if (look.reading === "gone") {
    const retryAt = await withoutIssue(look, standing, steps.includes("wait_to_file"), ports);
    return earliest([wakeAt, retryAt]);
  }
  let next = look;
  if (steps.includes("reopen")) next = await reopen(next, look.reading, ports);
  if (steps.includes("put_label_back")) await putLabelBack(next, ports);
  if (!next.data.isAssigned) next = await assign(next, look.reading.assignees.length, ports);
  if (standing.kind === "owed" && look.merge !== null) {
    await reportMerge(next, look.merge, standing, look.reading, ports);
  }
  return wakeAt;
}

async function withoutIssue(look: ReviewLook, debt: Standing, isTooOften: boolean, ports: Ports): Promise<Date | null> {
  const isMerged = debt.kind === "owed";
  if (!isTooOften) {
    const { look: filed, retryAt } = await fileAnew(look, isMerged, ports);
    if (debt.kind === "owed" && debt.isOverdue && retryAt !== null) await reportOverdue(filed, debt.dueAt, ports);
    return retryAt;
  }
  if (debt.kind === "pending") {
    await endUnused(look, ports);
    return null;
  }
  const { pullRequest } = look.kept;
  const told = await tellOfReview(look, reviewMessages.refiled(pullRequest, look.data.refiledAt.length), ports);
  await reportOverdue(told, debt.dueAt, ports);
  return null;
}

/** People of the role, as far as they are known; who was assigned by people stays. */
async function assign(look: ReviewLook, assigned: number, ports: Ports): Promise<ReviewLook> {
  const { kept, data } = look;
  if (assigned === 0) {
    const reviewers = await readReviewers(look, [], ports);
    const logins = reviewersAmong(reviewers?.known ?? [], data).map(({ login }) => login);
    if (logins.length > 0) await ports.github.addAssignees(kept, logins);
  }
  return keep(look, { isAssigned: true }, ports);
}
