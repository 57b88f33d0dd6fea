/** Whom blocks of people mean, asked of the people behind a change. */

import type { CommitPerson, Person } from "../../snapshot.ts";
import type { People } from "../blocks/roles.ts";
import { type Holds, isOneOf } from "../resolve-role.ts";
import { isIncomplete } from "./changed-paths.ts";
import type { Facts } from "./predicate.ts";

/** Somebody with a part in the change; `account` is `null` where an e-mail belongs to no account. */
export interface Contributor {
  account: Person | null;
  /** The login, or the name a commit claims. */
  shown: string;
}

/**
 * The author and everybody whom the commits name: authors, committers (but for GitHub itself, committing for somebody on its web page),
 * co-authors and pushers; each account once.
 */
export function contributorsOf(facts: Facts): Contributor[] {
  const all: Contributor[] = [fromAccount(facts.snapshot.author)];
  for (const commit of facts.snapshot.commits) {
    all.push(fromCommit(commit.author), ...commit.coAuthors.map(fromCommit));
    if (!commit.isViaWeb) all.push(fromCommit(commit.committer));
    if (commit.pushedBy) all.push(fromAccount(commit.pushedBy));
  }
  const byKey = new Map(all.map((person) => [person.account ? `id:${person.account.id}` : person.shown, person]));
  return [...byKey.values()];
}

export function isAnyOf(contributors: readonly Contributor[], people: People, facts: Facts): Holds {
  const answers = contributors.map((person) => isContributorIn(person, people, facts));
  if (answers.includes(true)) return true;
  return answers.includes("unknown") || isIncomplete("commits", facts) ? "unknown" : false;
}

export function areAllOf(contributors: readonly Contributor[], people: People, facts: Facts): Holds {
  const answers = contributors.map((person) => isContributorIn(person, people, facts));
  if (answers.includes(false)) return false;
  return answers.includes("unknown") || isIncomplete("commits", facts) ? "unknown" : true;
}

// Whoever wrote under an e-mail of no account may be anybody.
function isContributorIn(person: Contributor, people: People, facts: Facts): Holds {
  return person.account === null ? "unknown" : isOneOf(person.account, people, facts);
}

function fromAccount(account: Person): Contributor {
  return { account, shown: account.login };
}

function fromCommit(person: CommitPerson): Contributor {
  return { account: person.account, shown: person.account?.login ?? `${person.name} (no account)` };
}
