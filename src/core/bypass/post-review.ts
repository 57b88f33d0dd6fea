/** The review that a bypass or a merge around the gate owes: what is owed now, and what there is to do about its issue. */

import type { Person } from "../snapshot.ts";
import type { GrantedBypass } from "./bypass.ts";
import type { PostReviewData } from "./post-review-data.ts";

export const postReviewLabel = "holdpoint:post-review";

/** How a pull request was merged, as far as its review goes. */
export interface ReviewedMerge {
  passage: "gate" | "bypass" | "window" | "test_branch" | "around";
  /** By what this review is about, and not by another bypass or an open gate. */
  isByThis: boolean;
  mergedAt: Date;
  commitSha: string | null;
}

export interface PostReviewFacts {
  data: PostReviewData;
  /** The bypass that it is for; `null` where none was granted. */
  grant: Pick<GrantedBypass, "ended" | "until"> | null;
  /** Of the reviewed head; `null` while it is not merged. */
  merge: ReviewedMerge | null;
  issue:
    | "gone"
    | { state: "open" | "closed"; closedBy: Person | null; closedAt: Date | null; labels: readonly string[] };
  now: Date;
}

/**
 * - `pending`: not merged yet; what is let through is still to come
 * - `owed`: merged, and nobody has reviewed it
 * - `reviewed`: by whom it may be
 * - `dropped`: nothing is owed
 */
export type PostReviewDebt =
  | { kind: "pending"; lookAt: Date | null }
  | { kind: "owed"; dueAt: Date; isOverdue: boolean }
  | { kind: "reviewed" }
  /** `unused`: the bypass ended without a merge. `passed`: merged through the open gate. `orphan`: it was never granted. */
  | { kind: "dropped"; why: "unused" | "passed" | "orphan" };

export type PostReviewStep =
  /** It cannot be worked with: deleted, transferred, or issues are off. */
  | "file_anew"
  /** Filed anew so often that it waits for the next day. */
  | "wait_to_file"
  /** Somebody closed it before anybody reviewed. */
  | "reopen"
  | "put_label_back"
  /** Nothing is owed any more, and it says so. */
  | "settle";

export interface PostReviewPlan {
  debt: PostReviewDebt;
  /** In the order in which they are done. */
  steps: PostReviewStep[];
  /** The next moment at which time alone changes something. */
  wakeAt: Date | null;
}

/** Between filing and granting there are moments; an issue without a bypass after so long is nobody's. */
const orphanedAfterMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
/** More often is somebody's war, and people are told. */
export const refilingsPerDayMax = 3;

export function planPostReview(facts: PostReviewFacts): PostReviewPlan {
  const debt = debtOf(facts);
  const steps = stepsOf(debt, facts);
  return { debt, steps, wakeAt: wakeOf(debt, steps, facts) };
}

function debtOf({ data, grant, merge, now }: PostReviewFacts): PostReviewDebt {
  if (data.review !== null) return { kind: "reviewed" };
  if (merge !== null) {
    if (!merge.isByThis) return { kind: "dropped", why: merge.passage === "gate" ? "passed" : "unused" };
    const dueAt = new Date(merge.mergedAt.getTime() + data.withinMs);
    return { kind: "owed", dueAt, isOverdue: now.getTime() >= dueAt.getTime() };
  }
  if (grant === null) {
    const lookAt = new Date(new Date(data.filedAt).getTime() + orphanedAfterMs);
    return now < lookAt ? { kind: "pending", lookAt } : { kind: "dropped", why: "orphan" };
  }
  // Ended as merged: the merge itself is kept a moment later.
  if (grant.ended === null || grant.ended.why === "merged") return { kind: "pending", lookAt: later(grant.until, now) };
  return { kind: "dropped", why: "unused" };
}

function stepsOf(debt: PostReviewDebt, { data, issue, now }: PostReviewFacts): PostReviewStep[] {
  if (debt.kind === "reviewed" || debt.kind === "dropped") return ["settle"];
  if (issue === "gone") return [refilingsToday(data, now).length < refilingsPerDayMax ? "file_anew" : "wait_to_file"];
  const steps: PostReviewStep[] = [];
  if (issue.state === "closed") steps.push("reopen");
  if (!issue.labels.some((label) => label.toLowerCase() === postReviewLabel)) steps.push("put_label_back");
  return steps;
}

function wakeOf(debt: PostReviewDebt, steps: readonly PostReviewStep[], { data, now }: PostReviewFacts): Date | null {
  if (steps.includes("wait_to_file")) {
    const [oldest] = refilingsToday(data, now);
    return oldest === undefined ? null : new Date(oldest.getTime() + dayMs);
  }
  if (debt.kind === "pending") return debt.lookAt;
  return debt.kind === "owed" && !debt.isOverdue ? debt.dueAt : null;
}

function refilingsToday({ refiledAt }: PostReviewData, now: Date): Date[] {
  return refiledAt.map((at) => new Date(at)).filter((at) => at.getTime() > now.getTime() - dayMs);
}

function later(at: Date, now: Date): Date {
  const soonest = now.getTime() + orphanedAfterMs;
  return at.getTime() > now.getTime() ? at : new Date(soonest);
}
