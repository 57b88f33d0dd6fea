/** Escalations that all fell due while nobody was there: seeded, and what became of each. */

import { newEscalation } from "../../src/core/escalation/escalation-state.ts";
import type { Stuck } from "../../src/core/escalation/stuck.ts";
import type { RepositoryRef } from "../../src/core/subject.ts";
import type { Store } from "../../src/store/store.ts";

/** Where they stand, with how long that level lasts and which comes next. */
const standings = [
  { level: "level_2", lastsMs: 30 * 60_000, next: "level_3" },
  { level: "level_3", lastsMs: 120 * 60_000, next: "level_4" },
] as const;

const hourMs = 3_600_000;

export interface DueEscalation {
  key: string;
  /** Place in the order of need, from 0: the most overdue first, of those due at the same moment the most pressing. */
  place: number;
  next: string;
}

/** So many timers that fell due within the last hour, two at each moment. */
export async function seedDueEscalations(
  store: Pick<Store, "escalations" | "jobs">,
  about: { repository: RepositoryRef; number: number; count: number; now: Date },
): Promise<DueEscalation[]> {
  const { repository, number, count, now } = about;
  const due: DueEscalation[] = [];
  for (let index = 0; index < count; index += 1) {
    const standing = standings[index % 2 === 0 ? 1 : 0];
    const overdueMs = hourMs * (1 - Math.floor(index / 2) / (count / 2));
    const nextAt = new Date(now.getTime() - Math.ceil(overdueMs));
    const since = new Date(nextAt.getTime() - standing.lastsMs);
    const key = `window_validation:${index}`;
    const stuck: Stuck = {
      key,
      repository,
      kind: "window_validation",
      number,
      what: `window ${index}`,
      since,
      startsAt: standing.level,
      roles: ["technical_lead"],
    };
    const level = { name: standing.level, at: since, why: "start" as const, turnAt: since, steps: [] };
    const state = { ...newEscalation(since), levels: [level] };
    await store.escalations.changeEscalations({ repositoryId: repository.repositoryId, key }, () => [
      { escalation: { stuck, state, nextAt, closedAt: null }, entries: [], isWoken: false },
    ]);
    // As a look leaves it: what is more pressing stands before what falls due at the same moment.
    const rank = standing.level === "level_3" ? 1 : 2;
    await store.jobs.wakeAt({ kind: "escalation", ...repository, key }, new Date(nextAt.getTime() + rank));
    due.push({ key, place: index, next: standing.next });
  }
  return due;
}

/** Levels reached, in the order in which the ledger has them. */
export async function readReached(
  { ledger }: Pick<Store, "ledger">,
  repositoryId: number,
): Promise<{ key: string; level: string }[]> {
  const reached: { key: string; level: string }[] = [];
  for (let afterSeq = 0; ; ) {
    const entries = await ledger.list({ repositoryId, afterSeq });
    for (const { kind, data } of entries) {
      const { key, level } = data as { key: string; level: string };
      if (kind === "escalation_level") reached.push({ key, level });
    }
    const last = entries.at(-1);
    if (last === undefined) return reached;
    afterSeq = last.seq;
  }
}

/** By how many places an escalation came too late at most. */
export function mostDelayed(due: readonly DueEscalation[], reached: readonly { key: string }[]): number {
  const places = new Map(due.map(({ key, place }) => [key, place]));
  return Math.max(0, ...reached.map(({ key }, index) => index - (places.get(key) ?? index)));
}
