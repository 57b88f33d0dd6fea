/** Whether somebody may ask for a bypass, or agree to one. Nobody may by merely being able to write: that takes a role that names people. */

import { type Holds, holdsRole, type RoleFacts, resolveRole, settleRole } from "../policy/resolve-role.ts";
import { isAtLeast, type Person } from "../snapshot.ts";
import type { BypassFacts } from "./facts.ts";

/** Whether a person holds one of these roles now. A bot and a deleted account hold none. */
export function isAuthorised(
  person: Person,
  roles: readonly string[],
  { policy, snapshot }: Pick<BypassFacts, "policy" | "snapshot">,
): Holds {
  if (person.kind !== "user") return false;
  const facts: RoleFacts = { roles: policy.roles, snapshot };
  const answers = roles.map((role) => (isNamed(role, facts) ? holdsRole(person, role, facts) : false));
  if (answers.includes(true)) return true;
  return answers.includes("unknown") ? "unknown" : false;
}

/**
 * A role that nobody mapped and that no team bears means whoever has some permission. Where that is less than `maintain`, it would be
 * everybody who works on the repository, the author included.
 */
function isNamed(role: string, facts: RoleFacts): boolean {
  const meaning = resolveRole(facts, role, facts.snapshot.repository.owner);
  if (meaning.how !== "fallback" || isAtLeast(meaning.permission, "maintain")) return true;
  const settled = settleRole(meaning, facts);
  return settled.how !== "permission";
}
