/** Maintenance windows that are open now. */

import type { Policy } from "../policy/schema.ts";
import type { Memory, Snapshot } from "../snapshot.ts";
import type { OpeningInForce } from "./bypass.ts";

export interface WindowFacts {
  policy: Pick<Policy, "bypass">;
  snapshot: Pick<Snapshot, "repository" | "base" | "files" | "incomplete">;
  memory: Pick<Memory, "windows">;
  now: Date;
}

export function openWindows(_facts: WindowFacts): OpeningInForce[] {
  return [];
}

/** @returns the next moment after now at which a window that is for this change opens or closes; `null` where none is planned */
export function nextWindowEdge(_facts: WindowFacts): Date | null {
  return null;
}
