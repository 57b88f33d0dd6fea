import type { Problem } from "../../problem.ts";
import type { KeyPath } from "../policy-text.ts";
import { isZone } from "../predicates/time.ts";
import { type CheckedPolicy, problemAt } from "./check.ts";

/** A time zone has to be one that clocks are known of. */
export function checkZone(checked: CheckedPolicy, zone: string | undefined, path: KeyPath): Problem[] {
  if (zone === undefined || isZone(zone)) return [];
  const expected = "an IANA time zone such as `Europe/Berlin`";
  return [problemAt(checked, path, { code: "HP-P20", found: `"${zone}" is no time zone`, expected })];
}
