/** The smallest set of people, known and available, whose approvals would meet everything that waits for people by name. */

import type { Person } from "../snapshot.ts";
import { countedPeople } from "./approvals-requirement.ts";
import { uncovered } from "./coverage.ts";
import type { GateFacts } from "./facts.ts";
import { fewestPeople, isSamePerson, type PeopleNeed } from "./fewest-people.ts";
import { distinctAmong } from "./seat-requirements.ts";
import type { ApprovalsRequirement, Requirement } from "./verdict.ts";

/** Of the smallest sets one without anybody who is busy, where there is one; then those who are asked already come first, then those who serve most. */
export function fastestWay(requirements: readonly Requirement[], facts: GateFacts): Person[] {
  const groups = [...holdingApprovals(requirements)];
  // Where too few people are known, nobody can be proposed: the requirement itself says which permission is enough.
  const open = groups.filter((group) => group.state === "waiting" && group.candidates.length >= missing(group));
  if (open.length === 0) return [];
  // What is met keeps its people on their seats, where one person may not sit on two.
  const distinct = distinctAmong(groups, facts);
  const seated = groups.filter(
    (group) => open.includes(group) || (group.state === "satisfied" && distinct.includes(group)),
  );
  const needs = seated.flatMap((group) => needsOf(group, distinct.includes(group)));
  const given = seated.flatMap(countedPeople);
  const people = sorted(open, facts);
  const available = people.filter((person) => !facts.snapshot.directory.busy.includes(person.id));
  const options = { isDistinct: distinct.length > 0, given };
  const all = fewestPeople(needs, people, options) ?? [];
  const free = fewestPeople(needs, available, options);
  return free !== null && free.length <= all.length ? free : all;
}

function* holdingApprovals(requirements: readonly Requirement[]): Generator<ApprovalsRequirement> {
  for (const one of requirements) {
    if (one.kind === "approvals" && one.holds) yield one;
    else if ("parts" in one && one.state !== "not_needed") yield* holdingApprovals(one.parts);
  }
}

/** How many approvals an open requirement still waits for. Where people are distinct, those that count may sit elsewhere: at least one. */
export function missing(group: ApprovalsRequirement): number {
  return Math.max(1, group.needed - countedPeople(group).length);
}

/** The seats, and each file that still waits for one of its owners: whoever approves it may approve others as well. */
function needsOf(group: ApprovalsRequirement, isDistinct: boolean): PeopleNeed[] {
  const files = uncovered(group).map(({ owners }) => ({
    seats: 1,
    people: group.candidates.filter((person) => owners.some((owner) => isSamePerson(owner, person))),
    isShared: true,
  }));
  return [
    { seats: group.needed, people: [...countedPeople(group), ...group.candidates], isShared: !isDistinct },
    ...files,
  ];
}

function sorted(open: readonly ApprovalsRequirement[], { snapshot }: GateFacts): Person[] {
  const known = new Map(
    open.flatMap((group) => group.candidates).map((person) => [person.login.toLowerCase(), person]),
  );
  const isBusy = (person: Person) => Number(snapshot.directory.busy.includes(person.id));
  const isAsked = (person: Person) => Number(snapshot.requestedReviewers.some((other) => isSamePerson(other, person)));
  const uses = (person: Person) =>
    open.filter(({ candidates }) => candidates.some((one) => isSamePerson(one, person))).length;
  return [...known.values()].sort(
    (a, b) =>
      isBusy(a) - isBusy(b) ||
      isAsked(b) - isAsked(a) ||
      uses(b) - uses(a) ||
      (a.login < b.login ? -1 : Number(a.login > b.login)),
  );
}
