/** Time as a level counts it: always, or only within its business hours. */

import { isInTimes, nextTimeChange, type Time } from "../policy/predicates/time.ts";

/** So many openings and closings are followed, more than a year of working days; what is left counts as it passes. */
const changesMax = 1_000;

interface Stretch {
  from: number;
  to: number;
  counts: boolean;
}

/** How much of the time between two moments counts, in milliseconds. */
export function workedMs(from: Date, to: Date, hours: Time | null): number {
  if (hours === null) return Math.max(0, to.getTime() - from.getTime());
  let worked = 0;
  for (const stretch of stretches(from, hours)) {
    if (stretch.from >= to.getTime()) break;
    if (stretch.counts) worked += Math.min(stretch.to, to.getTime()) - stretch.from;
  }
  return worked;
}

/** The moment at which so much time has counted. */
export function afterWorking(from: Date, ms: number, hours: Time | null): Date {
  if (ms <= 0) return from;
  if (hours === null) return new Date(from.getTime() + ms);
  let left = ms;
  for (const stretch of stretches(from, hours)) {
    if (!stretch.counts) continue;
    const length = stretch.to - stretch.from;
    if (left <= length) return new Date(stretch.from + left);
    left -= length;
  }
  return new Date(from.getTime() + ms);
}

function* stretches(from: Date, hours: Time): Generator<Stretch> {
  let at = from;
  for (let changes = 0; changes < changesMax; changes += 1) {
    const counts = isInTimes(hours, at);
    const change = nextTimeChange(hours, at);
    if (change === null) break;
    yield { from: at.getTime(), to: change.getTime(), counts };
    at = change;
  }
  yield { from: at.getTime(), to: Number.POSITIVE_INFINITY, counts: true };
}
