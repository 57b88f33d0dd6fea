/** What another policy would have done differently, change by change. */

import { isHeld, type Outcome, type Seat } from "./outcome.ts";

/**
 * - `opens_now`: was held, and would not be held any more
 * - `held_now`: the other way round
 * - `fewer_people`, `more_people`: held by both, by fewer or more approvals
 * - `other_people`: as many approvals, of other roles
 * - `less_asked`, `more_asked`, `asked_otherwise`: the same people, but other evidence
 * - `same`: nothing that its author or anybody else would notice
 */
export const differences = [
  "opens_now",
  "fewer_people",
  "less_asked",
  "other_people",
  "asked_otherwise",
  "more_asked",
  "more_people",
  "held_now",
  "same",
] as const;
export type Difference = (typeof differences)[number];

export interface ComparedChange {
  id: string;
  title: string;
  difference: Difference;
  before: Outcome;
  after: Outcome;
}

export interface Comparison {
  /** In the order of the history. */
  changes: ComparedChange[];
  counts: Record<Difference, number>;
  /** Approvals asked for in all. */
  approvals: { before: number; after: number };
}

/** @param before by the old policy @param after by the new one; what only one of them has is left out */
export function compare(before: readonly Outcome[], after: readonly Outcome[]): Comparison {
  const known = new Map(after.map((outcome) => [outcome.id, outcome]));
  const changes = before.flatMap((old): ComparedChange[] => {
    const later = known.get(old.id);
    return later
      ? [{ id: old.id, title: old.title, difference: differenceOf(old, later), before: old, after: later }]
      : [];
  });
  const counts = Object.fromEntries(
    differences.map((name) => [name, changes.filter(({ difference }) => difference === name).length]),
  ) as Record<Difference, number>;
  const approvals = (side: "before" | "after") => changes.reduce((sum, one) => sum + approvalsOf(one[side].seats), 0);
  return { changes, counts, approvals: { before: approvals("before"), after: approvals("after") } };
}

/** Holds when it lets a change through with fewer people or less evidence. */
export function isWeaker(difference: Difference): boolean {
  return difference === "opens_now" || difference === "fewer_people" || difference === "less_asked";
}

function differenceOf(before: Outcome, after: Outcome): Difference {
  if (isHeld(before) && !isHeld(after)) return "opens_now";
  if (!isHeld(before) && isHeld(after)) return "held_now";
  const people = comparePeople(before, after);
  return people === "same" ? compareAsks(before, after) : people;
}

function comparePeople(before: Outcome, after: Outcome): "fewer_people" | "more_people" | "other_people" | "same" {
  const [old, later] = [approvalsOf(before.seats), approvalsOf(after.seats)];
  if (old !== later) return later < old ? "fewer_people" : "more_people";
  if (before.people !== after.people) return after.people < before.people ? "fewer_people" : "more_people";
  return seatsKey(before.seats) === seatsKey(after.seats) ? "same" : "other_people";
}

function compareAsks(before: Outcome, after: Outcome): "less_asked" | "more_asked" | "asked_otherwise" | "same" {
  const old = new Set([...before.asks, ...before.unknown]);
  const later = new Set([...after.asks, ...after.unknown]);
  const isLess = later.isSubsetOf(old);
  const isMore = old.isSubsetOf(later);
  if (isLess && isMore) return "same";
  return isLess ? "less_asked" : isMore ? "more_asked" : "asked_otherwise";
}

export function approvalsOf(seats: readonly Seat[]): number {
  return seats.reduce((sum, { count }) => sum + count, 0);
}

/** The same roles, each as often. */
function seatsKey(seats: readonly Seat[]): string {
  return seats
    .map(({ roles, count }) => `${roles.toSorted().join("|")} ${count}`)
    .sort()
    .join("\n");
}
