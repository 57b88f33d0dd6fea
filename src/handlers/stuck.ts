/** Where everything that can be overdue says so: what is stuck is escalated until it no longer is. */

import { reportedStuck } from "../core/escalation/report-stuck.ts";
import type { Stuck, StuckKind } from "../core/escalation/stuck.ts";
import type { RepositoryRef } from "../core/subject.ts";
import type { EscalationChange } from "./escalation-port.ts";
import type { Ports } from "./ports.ts";

/** A kind of thing about one pull request or issue. */
export interface StuckAbout {
  repository: RepositoryRef;
  kind: StuckKind;
  number: number;
}

/**
 * Level-triggered: what is new begins to be escalated, what is missing is settled, and saying it again changes nothing. It is remembered with its
 * time, so that neither pushing nor closing and reopening starts anything anew.
 *
 * @param stuck everything of this kind about this number that is overdue now; none where nothing is any more
 */
export async function reportStuck(
  { repository: { repositoryId }, kind, number }: StuckAbout,
  stuck: readonly Stuck[],
  { escalations, clock }: Pick<Ports, "escalations" | "clock">,
): Promise<void> {
  await escalations.changeEscalations({ repositoryId, kind, number }, (known) => {
    const reported = reportedStuck(stuck, known, clock.now());
    return reported.map(({ escalation, entry }): EscalationChange => ({ escalation, entries: [entry], isWoken: true }));
  });
}
