/** What could not be read whole. While such a thing stands, approvals that were given on the rest do not open the gate. */

import type { GateFacts } from "./facts.ts";
import type { ReadingRequirement } from "./verdict.ts";

/** With `on_error: ask` the strictest workflow's people are asked instead (see the workflow's requirement), so that it does not hold by itself. */
export function requireReading({ snapshot, document }: GateFacts): ReadingRequirement[] {
  return snapshot.incomplete.map((part) => ({
    kind: "reading",
    id: `reading:${part.what}`,
    name: part.what,
    state: "error",
    code: "HP-R01",
    holds: document.policy.on_error === "block",
    line: document.lineOf(["on_error"]),
    opening: null,
    reason: part.reason,
  }));
}
