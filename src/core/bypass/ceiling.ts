/** What stays closed in every case: checkpoints by name, and everything while a rule of findings has found something. */

import { rulesNamed } from "../findings/rule-ids.ts";

/**
 * @param never as the policy names them
 * @param found rules of everything that was found in the change, whatever class it belongs to
 * @returns the first name of `never` whose rule has found something; while there is one, nothing opens. `null`: none
 */
export function forbiddenFinding(never: readonly string[], found: ReadonlySet<string>): string | null {
  return never.find((name) => rulesNamed(name).some((rule) => found.has(rule))) ?? null;
}
