/** Settles all approvals at once: each on its own, or with every person on one seat only where the policy asks for distinct people. */

import { countedPeople, isClosed, type Seating, settleApprovals } from "./approvals-requirement.ts";
import type { GateFacts } from "./facts.ts";
import { seatDistinct } from "./seats.ts";
import { settleParts } from "./settle-parts.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

export function seatAll(requirements: readonly Requirement[], facts: GateFacts): Requirement[] {
  const groups = [...approvalsIn(requirements)];
  const seatings = new Map(groups.map((group) => [group.id, seatAlone(group, facts)]));
  for (const [id, seating] of seatTogether(distinctAmong(groups, facts), facts)) seatings.set(id, seating);
  const settle = (one: Requirement): Requirement => {
    const seating = seatings.get(one.id);
    if (one.kind === "approvals") return seating ? settleApprovals(one, seating, facts) : one;
    return "parts" in one ? settleParts(one, one.parts.map(settle), facts) : one;
  };
  return requirements.map(settle);
}

function seatAlone(group: ApprovalsRequirement, facts: GateFacts): Seating {
  const seated = countedPeople(group).length;
  const canBeFilled = !isClosed(group, facts) || seated + group.candidates.length >= group.needed;
  return { seated, canBeFilled, competesWith: [] };
}

/**
 * Those whose people may fill one seat only. Where one rule asks for it, its people are not seated elsewhere either, so that all take
 * part but those that say `distinct_people: false` themselves.
 */
export function distinctAmong(groups: readonly ApprovalsRequirement[], facts: GateFacts): ApprovalsRequirement[] {
  const isAsked = facts.rulesFor({}).distinctPeople || groups.some(({ distinctPeople }) => distinctPeople === true);
  return groups.filter(({ distinctPeople }) => distinctPeople ?? isAsked);
}

/** Everybody on one seat: those who have approved so that as much as possible is met, and so that those who may still approve could meet the rest. */
function seatTogether(groups: readonly ApprovalsRequirement[], facts: GateFacts): Map<string, Seating> {
  // What holds the change takes its seats before what is only advised, and what few may meet before what anybody with a permission may.
  const inOrder = [...groups].sort(
    (a, b) => Number(b.holds) - Number(a.holds) || Number(isClosed(b, facts)) - Number(isClosed(a, facts)),
  );
  const given = new Map(inOrder.map((group) => [group.id, countedPeople(group).map(keyOf)]));
  const needs = inOrder.map(({ id, needed }) => ({ id, seats: needed, people: given.get(id) ?? [] }));
  const placed = seatDistinct(needs, new Map(inOrder.map(({ id, candidates }) => [id, candidates.map(keyOf)])));
  const rivals = rivalsAmong(inOrder, placed, facts);
  return new Map(
    inOrder.map((group) => {
      const seats = placed.get(group.id) ?? [];
      const seated = seats.filter((key) => given.get(group.id)?.includes(key)).length;
      const canBeFilled = !isClosed(group, facts) || seats.length >= group.needed;
      return [group.id, { seated, canBeFilled, competesWith: rivals.get(group.id) ?? [] }];
    }),
  );
}

/** Rules that could each be met and not all together, whoever approves: by requirement, the names of the others. */
function rivalsAmong(
  groups: readonly ApprovalsRequirement[],
  placed: ReadonlyMap<string, readonly string[]>,
  facts: GateFacts,
): Map<string, string[]> {
  const rivals = new Map<string, string[]>();
  const closed = groups.filter((group) => group.holds && isClosed(group, facts));
  for (const group of closed) {
    const isShort = (placed.get(group.id)?.length ?? 0) < group.needed;
    // Too few people of its own are nobody else's doing.
    if (!isShort || everybodyOf(group).size < group.needed) continue;
    const tied = tiedTo(group, closed, placed);
    for (const { id } of tied) {
      const others = tied.filter((other) => other.id !== id).map((other) => ruleOf(other.id));
      rivals.set(id, [...new Set([...(rivals.get(id) ?? []), ...others])]);
    }
  }
  return rivals;
}

/** The rules that hold the people whom this one wants, and those that hold theirs. */
function tiedTo(
  group: ApprovalsRequirement,
  groups: readonly ApprovalsRequirement[],
  placed: ReadonlyMap<string, readonly string[]>,
): ApprovalsRequirement[] {
  const tied = new Set([group]);
  for (const one of tied) {
    const wanted = everybodyOf(one);
    for (const other of groups) if ((placed.get(other.id) ?? []).some((key) => wanted.has(key))) tied.add(other);
  }
  return [...tied];
}

function everybodyOf(group: ApprovalsRequirement): Set<string> {
  return new Set([...countedPeople(group), ...group.candidates].map(keyOf));
}

function keyOf({ login }: { login: string }): string {
  return login.toLowerCase();
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
