/** The wait for people, as a stopwatch bound to the pull request: a push, a draft or closing pauses it at most, only somebody's review sets it back. */

import type { Session } from "./session.ts";

export type Wait = NonNullable<Session["wait"]>;

/**
 * @param isRunning somebody is awaited now
 * @param reviewedAt the newest review by somebody else than the author
 */
export function turnWait(
  wait: Session["wait"],
  isRunning: boolean,
  reviewedAt: Date | null,
  now: Date,
): Session["wait"] {
  const isOver = wait !== null && reviewedAt !== null && reviewedAt.getTime() > wait.startedAt.getTime();
  const current = isOver ? null : wait;
  if (current === null) {
    if (!isRunning) return null;
    const startedAt = isOver && reviewedAt !== null ? reviewedAt : now;
    return { startedAt, spentMs: 0, runningSince: startedAt, remindedAt: null };
  }
  if (isRunning) return current.runningSince === null ? { ...current, runningSince: now } : current;
  return current.runningSince === null ? current : { ...current, spentMs: spentMs(current, now), runningSince: null };
}

export function spentMs({ spentMs: before, runningSince }: Wait, now: Date): number {
  return before + (runningSince === null ? 0 : Math.max(0, now.getTime() - runningSince.getTime()));
}

/** When it will have lasted so long; `null` while it stands still or somebody was reminded. */
export function remindAt(wait: Session["wait"], afterMs: number): Date | null {
  if (wait === null || wait.runningSince === null || wait.remindedAt !== null) return null;
  return new Date(wait.runningSince.getTime() + afterMs - wait.spentMs);
}
