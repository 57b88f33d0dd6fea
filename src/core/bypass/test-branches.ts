/** Base branches where the gate stands aside. */

import type { OpeningInForce } from "./bypass.ts";
import type { WindowFacts } from "./windows.ts";

/** @returns one opening for everything, or none */
export function testBranch(_facts: Pick<WindowFacts, "policy" | "snapshot">): OpeningInForce[] {
  return [];
}
