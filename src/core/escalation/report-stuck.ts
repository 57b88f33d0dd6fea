/** What is reported stuck against what is being escalated: begun, taken up again, or settled. */

import type { Json } from "../report/ledger-hash.ts";
import { type Escalation, newEscalation, pause, resume } from "./escalation-state.ts";
import type { Stuck } from "./stuck.ts";

export interface Reported {
  escalation: Escalation;
  entry: { kind: string; data: { [key: string]: Json } };
}

/**
 * Time counts only while it is stuck, and what was done once is not done again: whoever makes it pass as unstuck for a moment, by a push or by
 * closing, gains that moment.
 *
 * @param stuck everything of this kind about this number
 * @param known of the same, closed ones included
 */
export function reportedStuck(stuck: readonly Stuck[], known: readonly Escalation[], now: Date): Reported[] {
  const reported: Reported[] = [];
  for (const one of stuck) {
    const before = known.find((other) => other.stuck.key === one.key);
    if (before === undefined) {
      reported.push(
        entered("escalation_started", { stuck: one, state: newEscalation(now), nextAt: now, closedAt: null }),
      );
    } else if (before.closedAt !== null) {
      const state = resume(before.state, now);
      // Since when it is overdue stays: the other time is only shown.
      const again = one.kind === "failed_checks" ? one : { ...one, since: before.stuck.since };
      reported.push(entered("escalation_resumed", { stuck: again, state, nextAt: now, closedAt: null }));
    } else if (isFailedAgain(one, before.stuck)) {
      const state = { ...before.state, isBack: true };
      reported.push(entered("escalation_resumed", { ...before, stuck: one, state, nextAt: now }));
    }
  }
  const keys = new Set(stuck.map(({ key }) => key));
  for (const one of known) {
    if (one.closedAt === null && !keys.has(one.stuck.key)) reported.push(settled(one, now));
  }
  return reported;
}

/** A run that was tried again may fail before anybody saw it running. */
export function isFailedAgain({ kind, since }: Pick<Stuck, "kind" | "since">, before: Pick<Stuck, "since">): boolean {
  return kind === "failed_checks" && since > before.since;
}

/** No longer stuck, or there is nothing left to be stuck. */
export function settled(escalation: Escalation, now: Date): Reported {
  return entered("escalation_settled", {
    ...escalation,
    state: pause(escalation.state, now),
    nextAt: null,
    closedAt: now,
  });
}

function entered(kind: string, escalation: Escalation): Reported {
  const { key, number, what } = escalation.stuck;
  const level = escalation.state.levels.at(-1)?.name ?? null;
  return { escalation, entry: { kind, data: { key, number, what, stuckKind: escalation.stuck.kind, level } } };
}
