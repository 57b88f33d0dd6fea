/** How a policy names checks and statuses of others: as they are called, `*` for anything, case aside. */

import type { CheckFact } from "../snapshot.ts";
import type { CheckMatcher } from "./blocks/checkpoints.ts";
import { matchesText } from "./patterns.ts";

/** Names of checks are full of brackets (`test (node 22)`, `build [linux]`): only the star is a wildcard. */
export function matchesCheck(
  matcher: Pick<CheckMatcher, "name" | "app">,
  check: Pick<CheckFact, "name" | "app">,
): boolean {
  if (matcher.app !== null && check.app?.slug.toLowerCase() !== matcher.app.toLowerCase()) return false;
  const name = matcher.name.toLowerCase();
  if (!name.includes("*")) return check.name.toLowerCase() === name;
  return matchesText(name.replace(/[?[\]{}()\\/!]/g, "\\$&"), check.name.toLowerCase()) === true;
}
