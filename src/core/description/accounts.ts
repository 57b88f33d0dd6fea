/** The accounts of a description: every login one person, with an id that is the same in every run. */

import type { Person } from "../snapshot.ts";
import type { DescribedPerson } from "./schema.ts";

export interface Accounts {
  of(person: DescribedPerson): Person;
  /** Everybody met so far, each once. */
  all(): Person[];
}

/** Two ids for one login: a description that contradicts itself. */
export interface AccountConflict {
  login: string;
  ids: [number, number];
}

/** @param described everybody the description names */
export function assignAccounts(described: readonly DescribedPerson[]): {
  accounts: Accounts;
  conflicts: AccountConflict[];
} {
  const people = new Map<string, Person>();
  const conflicts: AccountConflict[] = [];
  const taken = new Set<number>();
  const named = described.map((person) => (typeof person === "string" ? { login: person } : person));
  for (const { login, id, type } of named) {
    const key = login.toLowerCase();
    const known = people.get(key);
    if (known && id !== undefined && known.id !== 0 && known.id !== id) conflicts.push({ login, ids: [known.id, id] });
    people.set(key, {
      id: known?.id || id || 0,
      login: known?.login ?? login,
      kind: type ?? known?.kind ?? kindOf(login),
    });
    if (id !== undefined) taken.add(id);
  }
  // In the order of the logins, so that the order of the description does not matter.
  for (const key of [...people.keys()].sort()) {
    const person = people.get(key);
    if (person?.id !== 0) continue;
    let id = idFrom(key);
    while (taken.has(id)) id += 1;
    taken.add(id);
    people.set(key, { ...person, id });
  }
  return { accounts: { of: (person) => find(people, person), all: () => [...people.values()] }, conflicts };
}

function find(people: ReadonlyMap<string, Person>, person: DescribedPerson): Person {
  const login = typeof person === "string" ? person : person.login;
  const found = people.get(login.toLowerCase());
  if (!found) throw new Error(`${login} was not among the people of the description`);
  return found;
}

function kindOf(login: string): Person["kind"] {
  if (login.endsWith("[bot]")) return "bot";
  return login.toLowerCase() === "ghost" ? "ghost" : "user";
}

/** FNV-1a, moved above the ids that descriptions and GitHub's oldest accounts use. */
function idFrom(login: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < login.length; index++) {
    hash = Math.imul(hash ^ login.charCodeAt(index), 0x01000193) >>> 0;
  }
  return 1_000_000_000 + hash;
}
