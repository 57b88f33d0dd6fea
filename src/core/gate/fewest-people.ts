/** The smallest set of people who fill what is needed: by trying, or one by one where there are too many to try. */

import type { Person } from "../snapshot.ts";
import { seatDistinct } from "./seats.ts";

/** So many seats, and the people who may take one. */
export interface PeopleNeed {
  seats: number;
  people: readonly Person[];
  /** Filled also by people who sit elsewhere, where everybody else fills one seat only. */
  isShared?: boolean;
}

export interface FewestOptions {
  /** Everybody fills one seat only, over all needs that are not shared. */
  isDistinct: boolean;
  /** People who are there already: they fill seats and are not in the answer. */
  given?: readonly Person[];
}

/** So many sets are tried; beyond that the set is built one by one, and may be larger than it had to be. */
const triesMax = 5_000;

/**
 * @param people to choose from, the best first: among sets of the same size the one with the better people is taken
 * @returns `null` where all of them together would not do
 */
export function fewestPeople(
  needs: readonly PeopleNeed[],
  people: readonly Person[],
  { isDistinct, given = [] }: FewestOptions,
): Person[] | null {
  const demands = needs.map((need) => ({
    seats: need.seats,
    of: new Set(need.people.map(keyOf)),
    isDistinct: isDistinct && !need.isShared,
  }));
  const short = (chosen: readonly Person[]) => shortfall([...given, ...chosen].map(keyOf), demands);
  const missing = short([]);
  if (missing === 0) return [];
  if (short(people) > 0) return null;
  const some = withoutDoubles(people, demands, missing);
  const uses = (person: Person) => demands.filter(({ of }) => of.has(keyOf(person))).length;
  // Nobody takes more off what is missing than a seat at each need.
  const most = isDistinct && needs.every(({ isShared }) => !isShared) ? 1 : Math.max(...some.map(uses));
  return smallest(some, short, most) ?? oneByOne(some, short);
}

/** By account; who is known by login only has the id 0. */
export function isSamePerson(one: Pick<Person, "id" | "login">, other: Pick<Person, "id" | "login">): boolean {
  if (one.id > 0 && other.id > 0) return one.id === other.id;
  return keyOf(one) === keyOf(other);
}

interface Demand {
  seats: number;
  of: ReadonlySet<string>;
  isDistinct: boolean;
}

/** How many seats stay empty when these people are there. */
function shortfall(keys: readonly string[], demands: readonly Demand[]): number {
  const set = [...new Set(keys)];
  let short = 0;
  const distinct = [];
  for (const [index, { seats, of, isDistinct }] of demands.entries()) {
    const fitting = set.filter((key) => of.has(key));
    if (isDistinct) distinct.push({ id: String(index), seats, people: fitting });
    else short += Math.max(0, seats - fitting.length);
  }
  if (distinct.length === 0) return short;
  const seated = [...seatDistinct(distinct).values()].reduce((sum, people) => sum + people.length, 0);
  return short + distinct.reduce((sum, need) => sum + need.seats, 0) - seated;
}

/** Of people who could stand for each other no more are looked at than could ever be needed. */
function withoutDoubles(people: readonly Person[], demands: readonly Demand[], missing: number): Person[] {
  const kinds = Map.groupBy(people, (person) => demands.map(({ of }) => (of.has(keyOf(person)) ? 1 : 0)).join(""));
  const kept = new Set([...kinds.values()].flatMap((alike) => alike.slice(0, missing)));
  return people.filter((person) => kept.has(person));
}

type Short = (chosen: readonly Person[]) => number;

/** `null` when too many would have to be tried. */
function smallest(people: readonly Person[], short: Short, most: number): Person[] | null {
  let tries = 0;
  const pick = (start: number, set: Person[], size: number): Person[] | null => {
    tries += 1;
    const missing = short(set);
    if (missing === 0) return set;
    if (missing > (size - set.length) * most) return null;
    for (let index = start; index < people.length && tries < triesMax; index += 1) {
      const person = people[index];
      const found = person ? pick(index + 1, [...set, person], size) : null;
      if (found) return found;
    }
    return null;
  };
  for (let size = 1; size <= people.length && tries < triesMax; size += 1) {
    const found = pick(0, [], size);
    if (found) return found;
  }
  return null;
}

/** Takes whoever brings it furthest. */
function oneByOne(people: readonly Person[], short: Short): Person[] {
  const set: Person[] = [];
  for (let missing = short(set); missing > 0; ) {
    const [best] = people
      .filter((person) => !set.includes(person))
      .map((person) => ({ person, missing: short([...set, person]) }))
      .sort((a, b) => a.missing - b.missing);
    if (!best || best.missing >= missing) break;
    set.push(best.person);
    missing = best.missing;
  }
  return set;
}

function keyOf({ login }: Pick<Person, "login">): string {
  return login.toLowerCase();
}
