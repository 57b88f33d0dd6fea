/** What a deployment brings along: the commits between what runs and what is to run. */

import { assertNever } from "../assert-never.ts";
import type { Comparison, PastDeployment } from "./deployment.ts";

/** What the new commits are counted from. */
export interface Base {
  sha: string;
  /** Holdpoint released it; else anybody who may write deployments can have made it up. */
  isReleased: boolean;
}

/**
 * - `first`: nothing that ran there is known
 * - `forward`: ahead of what runs
 * - `diverged`: neither ahead nor behind; counted from where they part
 * - `same`: what runs already
 * - `back`: a commit that ran there before, and that Holdpoint released then
 */
export type RangeKind = "first" | "forward" | "diverged" | "same" | "back";

export interface DeployedRange {
  kind: RangeKind;
  base: Base | null;
  /** Commits to be judged, oldest first. */
  commits: string[];
  /** Why it could not be read whole; nothing is released then. */
  unread: string | null;
}

/**
 * What runs: the newest that succeeded of those that Holdpoint released. Deployments that it did not release, as those from before its time, count
 * only where there are no others: whoever may write deployments can make up as many as they like.
 *
 * @param released commits, newest first
 * @param isWhole `past` is all there is
 */
export function chooseBase(
  past: readonly PastDeployment[],
  released: readonly string[],
  isWhole: boolean,
): Base | null {
  const ran = past.filter(({ state }) => state === "ran").sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const known = ran.find(({ sha }) => released.includes(sha));
  if (known !== undefined) return { sha: known.sha, isReleased: true };
  // All of it was judged when it was released, whether or not it ran.
  const [newest] = released;
  if (!isWhole && newest !== undefined) return { sha: newest, isReleased: true };
  return ran[0] === undefined ? null : { sha: ran[0].sha, isReleased: false };
}

/** Whether a commit ran there before, and Holdpoint let it. */
export function ranBefore(sha: string, past: readonly PastDeployment[], released: readonly string[]): boolean {
  return released.includes(sha) && past.some((one) => one.sha === sha && one.state === "ran");
}

export interface RangeFacts {
  sha: string;
  base: Base | null;
  /** Of the base with the commit that is to be deployed; `null` where there is no base. */
  comparison: Comparison | null;
  /** See {@link ranBefore}. */
  ranBefore: boolean;
}

export function rangeOf({ sha, base, comparison, ranBefore }: RangeFacts): DeployedRange {
  if (base === null || comparison === null) return { kind: "first", base: null, commits: [sha], unread: null };
  if (comparison.kind === "unreadable") return { kind: "diverged", base, commits: [sha], unread: comparison.reason };
  const { status } = comparison;
  // What nobody of us released is no proof that anything in it was judged.
  const least = base.isReleased ? [] : [sha];
  switch (status) {
    case "identical":
      return { kind: "same", base, commits: least, unread: null };
    case "ahead":
      return { kind: "forward", base, commits: withLast(comparison.commits, sha), unread: null };
    case "behind":
    case "diverged":
      if (ranBefore) return { kind: "back", base, commits: [], unread: null };
      return { kind: "diverged", base, commits: withLast(comparison.commits, sha), unread: null };
    default:
      return assertNever(status);
  }
}

/** Whether it puts back what ran well: an earlier commit, or the last good one after something else failed. */
export function goesBack({ kind, base }: DeployedRange): boolean {
  return kind === "back" || (kind === "same" && base?.isReleased === true);
}

/** The deployed commit is always among what is judged, also where a list of commits came without it. */
function withLast(commits: readonly string[], sha: string): string[] {
  return commits.includes(sha) ? [...commits] : [...commits, sha];
}
