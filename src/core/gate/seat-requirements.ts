/** Settles all approvals at once: each on its own, or with every person on one seat only where the policy asks for distinct people. */

import { settleApprovals } from "./approvals-requirement.ts";
import type { GateFacts } from "./facts.ts";
import { seatDistinct } from "./seats.ts";
import { settleParts } from "./settle-parts.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

export function seatAll(requirements: readonly Requirement[], facts: GateFacts): Requirement[] {
  const groups = [...approvalsIn(requirements)];
  const isDistinct = facts.rulesFor({}).distinctPeople;
  const seated = isDistinct
    ? seatDistinct(groups.map((group) => ({ id: group.id, seats: group.needed, people: peopleOf(group) })))
    : new Map(groups.map((group) => [group.id, peopleOf(group)]));
  const settle = (one: Requirement): Requirement => {
    if (one.kind === "approvals") return settleApprovals(one, seated.get(one.id)?.length ?? 0, facts);
    return "parts" in one ? settleParts(one, one.parts.map(settle), facts) : one;
  };
  return requirements.map(settle);
}

function peopleOf(group: ApprovalsRequirement): number[] {
  return [...new Set(group.given.filter((one) => one.outcome.kind === "counts").map((one) => one.person.id))];
}

function* approvalsIn(requirements: readonly Requirement[]): Generator<ApprovalsRequirement> {
  for (const requirement of requirements) {
    if (requirement.kind === "approvals") yield requirement;
    else if ("parts" in requirement) yield* approvalsIn(requirement.parts);
  }
}
