/** `/holdpoint attest <criterion>`: somebody of a required role says that a criterion is met. */

import type { ApprovalOptions } from "../policy/blocks/approvals.ts";
import { holdsRole } from "../policy/resolve-role.ts";
import { exclusion } from "./approvals.ts";
import { isNamedIn } from "./candidates.ts";
import { spokenCommands } from "./commands/spoken-commands.ts";
import type { GateFacts } from "./facts.ts";
import { judgeFreshness } from "./freshness.ts";

export function judgeAttestation(
  criterion: string,
  roles: readonly string[],
  own: ApprovalOptions,
  facts: GateFacts,
): { holds: boolean | "unknown"; saw: string } {
  const { snapshot, memory, document } = facts;
  const rules = facts.rulesFor(own);
  const contributors = facts.contributorsFor(own);
  let isUnknown = false;
  for (const said of attestations(criterion, facts)) {
    if (said.person.kind === "ghost" || said.isEdited) continue;
    if (said.person.kind === "bot" && !roles.some((role) => isNamedIn(said.person, role, document.policy))) continue;
    if (exclusion(said.person.id, rules, { snapshot, contributors }) !== null) continue;
    const answers = roles.map((role) => holdsRole(said.person, role, { roles: document.policy.roles, snapshot }));
    if (!answers.includes(true)) {
      isUnknown ||= answers.includes("unknown");
      continue;
    }
    const opinion = { ...said, says: "approve" as const, id: 0 };
    if (judgeFreshness(opinion, rules.freshness, snapshot, memory).kind === "stale") continue;
    return { holds: true, saw: `attested by ${said.person.login}` };
  }
  return isUnknown
    ? { holds: "unknown", saw: "attested by somebody whose role could not be read" }
    : { holds: false, saw: `not attested by ${roles.join(" or ")}` };
}

/** Newest first. */
function attestations(criterion: string, { snapshot }: GateFacts) {
  return spokenCommands(snapshot, "attest")
    .filter(({ rest }) => rest.toLowerCase() === criterion.toLowerCase())
    .reverse();
}
