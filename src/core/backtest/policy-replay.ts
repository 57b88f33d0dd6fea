/** What a change of the policy would have meant for pull requests that were merged already (P8). */

import { compare, type Difference } from "./compare.ts";
import type { HistoricChange } from "./historic-change.ts";
import type { Outcome } from "./outcome.ts";

/** Why the past was not replayed as far as it was meant to be. */
export type ReplayCut = "requests" | "time" | "rate_limit" | "failed";

export interface PolicyReplay {
  replayed: number;
  /** How many were asked for, where so many were merged. */
  wanted: number;
  /** `null`: all of them. */
  cutBy: ReplayCut | null;
  counts: Record<Difference, number>;
  /** Newest first; those that stay the same are only counted. */
  changes: { id: string; title: string; difference: Difference; before: number; after: number }[];
}

/** Listed one by one; the rest is counted. */
const listedMax = 20;

/** The change without what people said of it: what a policy asks for in all is compared, not what was missing then. */
export function unanswered(change: HistoricChange): HistoricChange {
  return { ...change, snapshot: { ...change.snapshot, reviews: [], comments: [] } };
}

/** @param before by the old policy, oldest first @param after by the new one */
export function summariseReplay(
  before: readonly Outcome[],
  after: readonly Outcome[],
  { wanted, cutBy }: Pick<PolicyReplay, "wanted" | "cutBy">,
): PolicyReplay {
  const { changes, counts } = compare(before, after);
  const listed = changes
    .filter(({ difference }) => difference !== "same")
    .reverse()
    .slice(0, listedMax)
    .map(({ id, title, difference, before: old, after: later }) => ({
      ...{ id, title, difference },
      ...{ before: old.people, after: later.people },
    }));
  return { replayed: changes.length, wanted, cutBy, counts, changes: listed };
}
