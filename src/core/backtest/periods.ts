/** The history cut into weeks or months, so that a chart of it stays readable. */

import { type Answer, answers, type Outcome } from "./outcome.ts";

export interface Period {
  /** Its first day, midnight UTC. */
  from: Date;
  /** `2026-11` of a month, `2026-11-16` of the Monday of a week. */
  name: string;
  answers: Record<Answer, number>;
}

const weekMs = 7 * 86_400_000;

/** More weeks than this are shown as months. */
const weeksMax = 40;

/** @returns oldest first, without gaps between the first and the last */
export function periodsOf(outcomes: readonly Pick<Outcome, "mergedAt" | "answer">[]): Period[] {
  const times = outcomes.map(({ mergedAt }) => mergedAt.getTime());
  if (times.length === 0) return [];
  const first = Math.min(...times);
  const last = Math.max(...times);
  const isWeekly = last - first < weeksMax * weekMs;
  const startOf = isWeekly ? mondayOf : monthOf;
  const periods = new Map<number, Period>();
  for (let at = startOf(first); at <= last; at = startOf(at + (isWeekly ? weekMs : 31 * 86_400_000))) {
    const from = new Date(at);
    const name = from.toISOString().slice(0, isWeekly ? 10 : 7);
    periods.set(at, { from, name, answers: Object.fromEntries(answers.map((one) => [one, 0])) as Period["answers"] });
  }
  for (const { mergedAt, answer } of outcomes) {
    const period = periods.get(startOf(mergedAt.getTime()));
    if (period) period.answers[answer] += 1;
  }
  return [...periods.values()];
}

function mondayOf(ms: number): number {
  const day = Math.floor(ms / 86_400_000);
  // The first of January 1970 was a Thursday.
  return (day - ((((day + 3) % 7) + 7) % 7)) * 86_400_000;
}

function monthOf(ms: number): number {
  const at = new Date(ms);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}
