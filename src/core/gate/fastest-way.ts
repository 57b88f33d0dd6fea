/** The smallest set of people, known and available, whose approvals would meet everything that waits for people by name. */

import type { Person } from "../snapshot.ts";
import type { GateFacts } from "./facts.ts";
import { fewestPeople } from "./fewest-people.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

export function fastestWay(requirements: readonly Requirement[], facts: GateFacts): Person[] {
  // Where too few people are known, nobody can be proposed: the requirement itself says which permission is enough.
  const open = [...openApprovals(requirements)].filter((group) => group.candidates.length >= missing(group));
  if (open.length === 0) return [];
  const known = new Map<string, Person>();
  for (const group of open) for (const person of group.candidates) known.set(person.login.toLowerCase(), person);
  const people = [...known.values()].sort(
    (a, b) => rank(a, open, facts) - rank(b, open, facts) || compare(a.login, b.login),
  );
  const needs = open.map((group) => ({ seats: missing(group), people: group.candidates }));
  return fewestPeople(needs, people, { isDistinct: facts.rulesFor({}).distinctPeople }) ?? [];
}

function* openApprovals(requirements: readonly Requirement[]): Generator<ApprovalsRequirement> {
  for (const one of requirements) {
    if (one.kind === "approvals" && one.holds && one.state === "waiting") yield one;
    else if ("parts" in one && one.state !== "not_needed") yield* openApprovals(one.parts);
  }
}

/** How many approvals an open requirement still waits for. Where people are distinct, those that count may sit elsewhere: at least one. */
export function missing(group: ApprovalsRequirement): number {
  return Math.max(1, group.needed - group.given.filter((approval) => approval.outcome.kind === "counts").length);
}

function uses(person: Person, open: readonly ApprovalsRequirement[]): number {
  const login = person.login.toLowerCase();
  return open.filter((group) => group.candidates.some((one) => one.login.toLowerCase() === login)).length;
}

/** Who is asked already and is not busy first; then who serves most requirements. */
function rank(person: Person, open: readonly ApprovalsRequirement[], { snapshot }: GateFacts): number {
  const busy = snapshot.directory.busy.includes(person.id) ? 100 : 0;
  const asked = snapshot.requestedReviewers.some((other) => other.login.toLowerCase() === person.login.toLowerCase())
    ? -0.5
    : 0;
  return busy + asked - uses(person, open);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
