/** When time alone could change the answer. */

import type { DecideInput } from "./facts.ts";
import { isOpenState, withParts } from "./requirements.ts";
import type { Requirement } from "./verdict.ts";

/**
 * Due this long after people were first asked. Pushes do not restart it, else it could be put off for ever; and it only ever asks and
 * escalates.
 *
 * @param id of the requirement as a whole: of the workflow or checkpoint
 */
export function dueAt(
  timeoutMs: number | null,
  id: string,
  { snapshot, memory, now, isAsking }: Pick<DecideInput, "snapshot" | "memory" | "now" | "isAsking">,
): Date | null {
  if (timeoutMs === null || snapshot.isDraft) return null;
  const from = memory.askedAt[id] ?? (isAsking ? now : snapshot.createdAt);
  return from && new Date(from.getTime() + timeoutMs);
}

/** What is open and has a time to be met in: met here for the first time, that time starts now. Nobody is asked about a draft. */
export function askedNow(requirements: readonly Requirement[], { snapshot }: Pick<DecideInput, "snapshot">): string[] {
  if (snapshot.isDraft || snapshot.state !== "open") return [];
  return requirements.flatMap((one) => ("parts" in one && one.dueAt !== null && isOpen(one) ? [one.id] : []));
}

/** @returns the earliest moment after `now` at which something becomes due; `null` when nothing will */
export function nextWake(requirements: readonly Requirement[], { now }: Pick<DecideInput, "now">): Date | null {
  const moments: Date[] = [];
  for (const one of withParts(requirements)) {
    if ("dueAt" in one && one.dueAt && isOpen(one)) moments.push(one.dueAt);
  }
  return earliest(moments.filter((moment) => moment.getTime() > now.getTime()));
}

export function earliest(moments: readonly (Date | null)[]): Date | null {
  const known = moments.filter((moment) => moment !== null);
  return known.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function isOpen({ state }: Requirement): boolean {
  return isOpenState(state);
}
