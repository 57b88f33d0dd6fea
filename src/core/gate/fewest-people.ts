/** The smallest set of people who fill what is needed: by trying, or greedily where there are too many to try. */

import type { Person } from "../snapshot.ts";

/** So many seats, and the people who may take one. */
export interface PeopleNeed {
  seats: number;
  people: readonly Person[];
}

export interface FewestOptions {
  /** Everybody fills one seat only, over all needs. */
  isDistinct: boolean;
  /** People who are there already: they fill seats and are not in the answer. */
  given?: readonly Person[];
}

/** How many people a set found by trying every combination may have; beyond it the set is built greedily. */
const exactSizeMax = 3;
/** How many people are tried in combinations: 20 over 3 makes 1,350 sets. */
const exactPeopleMax = 20;

/**
 * @param people to choose from, the best first: among sets of the same size the one with the better people is taken
 * @returns `null` where all of them together would not do
 */
export function fewestPeople(
  needs: readonly PeopleNeed[],
  people: readonly Person[],
  { isDistinct, given = [] }: FewestOptions,
): Person[] | null {
  const meets = (chosen: readonly Person[]) => {
    const set = [...given, ...chosen];
    return isDistinct ? meetsDistinct(set, needs) : needs.every((need) => countIn(set, need) >= need.seats);
  };
  for (let size = 0; size <= exactSizeMax; size += 1) {
    const found = combinations(people.slice(0, exactPeopleMax), size, meets);
    if (found) return found;
  }
  return greedily(people, needs, given, meets);
}

/** By account; who is known by login only has the id 0. */
export function isSamePerson(one: Pick<Person, "id" | "login">, other: Pick<Person, "id" | "login">): boolean {
  if (one.id > 0 && other.id > 0) return one.id === other.id;
  return one.login.toLowerCase() === other.login.toLowerCase();
}

function isIn(person: Person, need: PeopleNeed): boolean {
  return need.people.some((one) => isSamePerson(one, person));
}

function countIn(set: readonly Person[], need: PeopleNeed): number {
  return set.filter((person) => isIn(person, need)).length;
}

/** Everybody on one seat only: as many people as seats, each need served in turn by those with the fewest other uses. */
function meetsDistinct(set: readonly Person[], needs: readonly PeopleNeed[]): boolean {
  const free = new Set(set);
  const uses = (person: Person) => needs.filter((need) => isIn(person, need)).length;
  for (const need of [...needs].sort((a, b) => countIn(set, a) - countIn(set, b))) {
    const fitting = [...free]
      .filter((person) => isIn(person, need))
      .sort((a, b) => uses(a) - uses(b))
      .slice(0, need.seats);
    if (fitting.length < need.seats) return false;
    for (const person of fitting) free.delete(person);
  }
  return true;
}

function combinations(
  people: readonly Person[],
  size: number,
  meets: (set: readonly Person[]) => boolean,
): Person[] | null {
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
  needs: readonly PeopleNeed[],
  given: readonly Person[],
  meets: (set: readonly Person[]) => boolean,
): Person[] | null {
  const set: Person[] = [];
  for (const person of people) {
    const isOfUse = needs.some((need) => isIn(person, need) && countIn([...given, ...set], need) < need.seats);
    if (isOfUse) set.push(person);
    if (meets(set)) return set;
  }
  return null;
}
