/** Objections: each stands until the person who gave it lifts it, or it is dismissed; approvals of others do not outvote it. */

import { holdsRole } from "../policy/resolve-role.ts";
import { isNamedIn } from "./candidates.ts";
import type { GateFacts } from "./facts.ts";
import type { Opinion } from "./opinions.ts";
import type { ObjectionRequirement } from "./verdict.ts";

export function requireNoObjection(facts: GateFacts): ObjectionRequirement[] {
  return facts
    .opinionsFor({})
    .newest.filter((opinion) => opinion.says === "object" && mayObject(opinion, facts))
    .map((opinion) => ({
      kind: "objection",
      id: `objection:${opinion.person.login}`,
      name: opinion.person.login,
      state: "must_change",
      code: "HP-O01",
      holds: true,
      line: facts.document.lineOf(["approvals", "veto"]),
      person: opinion.person,
      at: opinion.at,
    }));
}

/** Whoever may not be told apart from somebody who may is heard: only a clear "no" silences an objection. */
function mayObject({ person }: Opinion, { document, snapshot }: GateFacts): boolean {
  const { policy } = document;
  const roles = policy.approvals.veto?.by ?? ["peer"];
  if (person.kind === "ghost") return false;
  if (person.kind === "bot") return roles.some((role) => isNamedIn(person, role, policy));
  return roles.some((role) => holdsRole(person, role, { roles: policy.roles, snapshot }) !== false);
}
