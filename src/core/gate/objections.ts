/**
 * Objections: each stands until the person who gave it lifts it, it is dismissed, or somebody who may overrules it; approvals of others
 * do not outvote it. Whoever clearly may not object any more, having left the role, no longer holds the change.
 */

import { overruleRoles } from "../policy/policy-people.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import { exclusion } from "./approvals.ts";
import { isNamedIn } from "./candidates.ts";
import { type SpokenCommand, spokenCommands } from "./commands/spoken-commands.ts";
import type { GateFacts } from "./facts.ts";
import { judgeFreshness } from "./freshness.ts";
import type { Opinion } from "./opinions.ts";
import type { ObjectionRequirement } from "./verdict.ts";

export function requireNoObjection(facts: GateFacts): ObjectionRequirement[] {
  return facts
    .opinionsFor({})
    .newest.filter((opinion) => opinion.says === "object" && mayObject(opinion, facts))
    .map((opinion): ObjectionRequirement => {
      const overruled = overruling(opinion, facts);
      return {
        kind: "objection",
        id: `objection:${opinion.person.login}`,
        name: opinion.person.login,
        state: overruled ? "satisfied" : "must_change",
        code: overruled ? "HP-O02" : "HP-O01",
        holds: true,
        line: facts.document.lineOf(["approvals", "veto"]),
        opening: null,
        person: opinion.person,
        at: opinion.at,
        overruled,
      };
    });
}

/** Whoever may not be told apart from somebody who may is heard: only a clear "no" silences an objection. */
function mayObject({ person }: Opinion, { document, snapshot }: GateFacts): boolean {
  const { policy } = document;
  const roles = policy.approvals.veto?.by ?? ["peer"];
  if (person.kind === "ghost") return false;
  if (person.kind === "bot") return roles.some((role) => isNamedIn(person, role, policy));
  return roles.some((role) => holdsRole(person, role, { roles: policy.roles, snapshot }) !== false);
}

/** `/holdpoint overrule @login <reason>`, given after the objection and on this change, by somebody who may. */
function overruling(objection: Opinion, facts: GateFacts): ObjectionRequirement["overruled"] {
  for (const said of spokenCommands(facts.snapshot, "overrule").reverse()) {
    const [, login = "", reason = ""] = /^@?(\S+)\s+(\S.*)$/.exec(said.rest) ?? [];
    if (login.toLowerCase() !== objection.person.login.toLowerCase() || said.isEdited) continue;
    // Within one second nothing proves which came first.
    if (said.at.getTime() > objection.at.getTime() && mayOverrule(said, facts))
      return { person: said.person, at: said.at, reason };
  }
  return null;
}

function mayOverrule(said: SpokenCommand, facts: GateFacts): boolean {
  const { document, snapshot, memory } = facts;
  const { policy } = document;
  const { person } = said;
  const roles = overruleRoles(policy);
  const rules = facts.rulesFor({});
  if (person.id === snapshot.author.id || person.kind !== "user") return false;
  if (exclusion(person.id, rules, { snapshot, contributors: facts.contributorsFor({}) }) !== null) return false;
  if (!roles.some((role) => holdsRole(person, role, { roles: policy.roles, snapshot }) === true)) return false;
  const mode = rules.freshness === "exact" ? "exact" : "same_change";
  return judgeFreshness(said, mode, snapshot, memory).kind === "fresh";
}
