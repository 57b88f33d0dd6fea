/** Settles all approvals at once: each on its own, or with every person on one seat only where the policy asks for distinct people. */

import { countedPeople, isClosed, settleApprovals } from "./approvals-requirement.ts";
import type { GateFacts } from "./facts.ts";
import { type Need, seatDistinct } from "./seats.ts";
import { settleParts } from "./settle-parts.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

export function seatAll(requirements: readonly Requirement[], facts: GateFacts): Requirement[] {
  // What holds the change takes its seats before what is only advised.
  const groups = [...approvalsIn(requirements)].sort((a, b) => Number(b.holds) - Number(a.holds));
  const distinct = distinctAmong(groups, facts);
  const seated = new Map(groups.map((group) => [group.id, idsOf(group)]));
  for (const [id, people] of seatDistinct(distinct.map((group) => needOf(group, idsOf(group))))) seated.set(id, people);
  const rivals = rivalsAmong(
    distinct.filter(({ holds }) => holds),
    facts,
  );
  const settle = (one: Requirement): Requirement => {
    if (one.kind === "approvals")
      return settleApprovals(one, seated.get(one.id)?.length ?? 0, rivals.get(one.id) ?? [], facts);
    return "parts" in one ? settleParts(one, one.parts.map(settle), facts) : one;
  };
  return requirements.map(settle);
}

/**
 * Those whose people may fill one seat only. Where one rule asks for it, its people are not seated elsewhere either, so that all take
 * part but those that say `distinct_people: false` themselves.
 */
export function distinctAmong(groups: readonly ApprovalsRequirement[], facts: GateFacts): ApprovalsRequirement[] {
  const isAsked = facts.rulesFor({}).distinctPeople || groups.some(({ distinctPeople }) => distinctPeople === true);
  return groups.filter(({ distinctPeople }) => distinctPeople ?? isAsked);
}

function idsOf(group: ApprovalsRequirement): number[] {
  return countedPeople(group).map(({ id }) => id);
}

function needOf<Key>(group: ApprovalsRequirement, people: Key[]): Need<Key> {
  return { id: group.id, seats: group.needed, people };
}

/** Rules that could each be met and not all together, whoever approves: by requirement, the names of the others. */
function rivalsAmong(groups: readonly ApprovalsRequirement[], facts: GateFacts): Map<string, string[]> {
  const closed = groups.filter((group) => isClosed(group, facts));
  const needs = closed.map((group) => {
    return needOf(group, [
      ...new Set([...countedPeople(group), ...group.candidates].map(({ login }) => login.toLowerCase())),
    ]);
  });
  const seated = seatDistinct(needs);
  const rivals = new Map<string, string[]>();
  for (const need of needs) {
    if ((seated.get(need.id)?.length ?? 0) >= need.seats) continue;
    const tied = tiedTo(need, needs, seated);
    for (const { id } of tied) {
      const others = tied.filter((other) => other.id !== id).map((other) => ruleOf(other.id));
      rivals.set(id, [...new Set([...(rivals.get(id) ?? []), ...others])]);
    }
  }
  return rivals;
}

/** The needs that hold the people whom this one wants, and those who hold theirs. */
function tiedTo(need: Need<string>, needs: readonly Need<string>[], seated: ReadonlyMap<string, string[]>) {
  const tied = new Set([need]);
  for (const one of tied) {
    for (const other of needs) {
      if ((seated.get(other.id) ?? []).some((person) => one.people.includes(person))) tied.add(other);
    }
  }
  return [...tied];
}

/** `checkpoint:security_review/approvals:0` → `security_review`. */
function ruleOf(id: string): string {
  return (id.split("/")[0] ?? id).replace(/^[a-z]+:/, "");
}

function* approvalsIn(requirements: readonly Requirement[]): Generator<ApprovalsRequirement> {
  for (const requirement of requirements) {
    if (requirement.kind === "approvals") yield requirement;
    else if ("parts" in requirement) yield* approvalsIn(requirement.parts);
  }
}
