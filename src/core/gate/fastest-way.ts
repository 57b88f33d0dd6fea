/** The smallest set of people, known and available, whose approvals would meet everything that waits for people by name. */

import type { Person } from "../snapshot.ts";
import type { GateFacts } from "./facts.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

/** How many people a set found by trying every combination may have; beyond it the set is built greedily. */
const exactSizeMax = 3;
/** How many people are tried in combinations: 20 over 3 makes 1,350 sets. */
const exactPeopleMax = 20;

export function fastestWay(requirements: readonly Requirement[], facts: GateFacts): Person[] {
  // Where too few people are known, nobody can be proposed: the requirement itself says which permission is enough.
  const open = [...openApprovals(requirements)].filter((group) => group.candidates.length >= missing(group));
  const isDistinct = facts.rulesFor({}).distinctPeople;
  const known = new Map<string, Person>();
  for (const group of open) for (const person of group.candidates) known.set(person.login.toLowerCase(), person);
  const people = [...known.values()].sort(
    (a, b) => rank(a, open, facts) - rank(b, open, facts) || compare(a.login, b.login),
  );
  const meets = (set: readonly Person[]) =>
    isDistinct ? meetsDistinct(set, open) : open.every((group) => coveredBy(set, group) >= missing(group));
  if (open.length === 0) return [];
  for (let size = 1; size <= exactSizeMax; size += 1) {
    const found = combinations(people.slice(0, exactPeopleMax), size, meets);
    if (found) return found;
  }
  return greedily(people, open, meets);
}

function* openApprovals(requirements: readonly Requirement[]): Generator<ApprovalsRequirement> {
  for (const one of requirements) {
    if (one.kind === "approvals" && one.holds && one.state === "waiting") yield one;
    else if ("parts" in one && one.state !== "not_needed") yield* openApprovals(one.parts);
  }
}

function missing(group: ApprovalsRequirement): number {
  return group.needed - group.given.filter((approval) => approval.outcome.kind === "counts").length;
}

function isIn(person: Person, group: ApprovalsRequirement): boolean {
  return group.candidates.some((candidate) => candidate.login.toLowerCase() === person.login.toLowerCase());
}

function coveredBy(set: readonly Person[], group: ApprovalsRequirement): number {
  return set.filter((person) => isIn(person, group)).length;
}

/** Everybody on one seat only: as many people as seats, each group served in turn by those with the fewest other uses. */
function meetsDistinct(set: readonly Person[], open: readonly ApprovalsRequirement[]): boolean {
  const free = new Set(set);
  for (const group of [...open].sort((a, b) => coveredBy(set, a) - coveredBy(set, b))) {
    const fitting = [...free]
      .filter((person) => isIn(person, group))
      .sort((a, b) => uses(a, open) - uses(b, open))
      .slice(0, missing(group));
    if (fitting.length < missing(group)) return false;
    for (const person of fitting) free.delete(person);
  }
  return true;
}

function uses(person: Person, open: readonly ApprovalsRequirement[]): number {
  return open.filter((group) => isIn(person, group)).length;
}

/** Who is asked already and is not busy first; then who serves most requirements. */
function rank(person: Person, open: readonly ApprovalsRequirement[], { snapshot }: GateFacts): number {
  const busy = snapshot.directory.busy.includes(person.id) ? 100 : 0;
  const asked = snapshot.requestedReviewers.some((other) => other.login.toLowerCase() === person.login.toLowerCase())
    ? -0.5
    : 0;
  return busy + asked - uses(person, open);
}

function combinations(people: readonly Person[], size: number, meets: (set: Person[]) => boolean): Person[] | null {
  const pick = (start: number, set: Person[]): Person[] | null => {
    if (set.length === size) return meets(set) ? set : null;
    for (let index = start; index < people.length; index += 1) {
      const person = people[index];
      const found = person ? pick(index + 1, [...set, person]) : null;
      if (found) return found;
    }
    return null;
  };
  return pick(0, []);
}

function greedily(
  people: readonly Person[],
  open: readonly ApprovalsRequirement[],
  meets: (set: Person[]) => boolean,
): Person[] {
  const set: Person[] = [];
  for (const person of people) {
    if (open.some((group) => isIn(person, group) && coveredBy(set, group) < missing(group))) set.push(person);
    if (meets(set)) return set;
  }
  return [];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
