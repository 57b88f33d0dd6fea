/** `/holdpoint attest <criterion>`: somebody of a required role says that a criterion is met. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import type { Person } from "../snapshot.ts";
import { exclusion } from "./approvals.ts";
import { isNamedIn } from "./candidates.ts";
import { spokenCommands } from "./commands/spoken-commands.ts";
import type { LeafOutcome } from "./evidence.ts";
import type { GateFacts } from "./facts.ts";
import { judgeFreshness } from "./freshness.ts";
import type { RefusedClaim } from "./verdict.ts";

export function judgeAttestation(
  criterion: string,
  roles: readonly string[],
  own: ApprovalOptions,
  facts: GateFacts,
): LeafOutcome {
  const { snapshot, memory, document } = facts;
  const rules = facts.rulesFor(own);
  const contributors = facts.contributorsFor(own);
  let isUnknown = false;
  const refused: RefusedClaim[] = [];
  const refuse = (person: Person, why: RefusedClaim["why"]) => void refused.push({ person, why });
  for (const said of attestations(criterion, facts)) {
    const { person } = said;
    if (person.kind === "ghost") continue;
    if (said.isEdited) {
      refuse(person, "edited");
      continue;
    }
    if (person.kind === "bot" && !roles.some((role) => isNamedIn(person, role, document.policy))) continue;
    if (exclusion(person.id, rules, { snapshot, contributors }) !== null) {
      refuse(person, "excluded");
      continue;
    }
    const answers = roles.map((role) => holdsRole(person, role, { roles: document.policy.roles, snapshot }));
    if (!answers.includes(true)) {
      if (answers.includes("unknown")) isUnknown = true;
      else refuse(person, "not_entitled");
      continue;
    }
    const opinion = { ...said, says: "approve" as const, id: 0 };
    if (judgeFreshness(opinion, rules.freshness, snapshot, memory).kind !== "stale")
      return { holds: true, saw: `attested by ${person.login}` };
    refuse(person, "stale");
  }
  return isUnknown
    ? { holds: "unknown", saw: "attested by somebody whose role could not be read" }
    : { holds: false, saw: `not attested by ${roles.join(" or ")}`, refused };
}

/** Newest first. */
function attestations(criterion: string, { snapshot }: GateFacts) {
  return spokenCommands(snapshot, "attest")
    .filter(({ rest }) => rest.toLowerCase() === criterion.toLowerCase())
    .reverse();
}
