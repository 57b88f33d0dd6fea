/** When time alone could change the answer. */

import type { Snapshot } from "../snapshot.ts";
import type { DecideInput } from "./facts.ts";
import { withParts } from "./requirements.ts";
import type { Requirement } from "./verdict.ts";

/** Due this long after the pull request was opened: pushes do not restart it, else it could be put off for ever. */
export function dueAt(timeoutMs: number | null, snapshot: Snapshot): Date | null {
  if (timeoutMs === null || !snapshot.createdAt || snapshot.isDraft) return null;
  return new Date(snapshot.createdAt.getTime() + timeoutMs);
}

/** @returns the earliest moment after `now` at which something becomes due, or a condition on time changes; `null` when nothing will */
export function nextWake(requirements: readonly Requirement[], { now }: DecideInput): Date | null {
  const moments: Date[] = [];
  for (const one of withParts(requirements)) {
    if ("dueAt" in one && one.dueAt && one.state !== "satisfied" && one.state !== "not_needed") moments.push(one.dueAt);
  }
  const later = moments.filter((moment) => moment.getTime() > now.getTime());
  return later.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
