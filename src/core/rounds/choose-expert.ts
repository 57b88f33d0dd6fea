/** Whom to hand a review to that does not come to an end. */

import { candidatesOf } from "../gate/candidates.ts";
import { chooseStrictest, seatsAsked } from "../gate/choose-workflow.ts";
import type { GuardFacts } from "../gate/workflow-guards.ts";
import { resolveRole } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import type { Person, Snapshot } from "../snapshot.ts";

/** Roles of the strictest workflow, then the technical lead. */
export function expertRoles(facts: GuardFacts): string[] {
  const { name, workflow } = chooseStrictest(facts);
  return [...new Set([...seatsAsked(workflow, name).flatMap(({ roles }) => roles), "technical_lead"])];
}

/** Teams and organisations that have to be read to know who holds these roles. */
export function groupsOfRoles(
  roles: readonly string[],
  policy: Policy,
  owner: string,
): { teams: string[]; organizations: string[] } {
  const meanings = roles.map((role) => resolveRole(policy, role, owner));
  return {
    teams: meanings.flatMap((meaning) => (meaning.how === "fallback" ? meaning.teams : (meaning.people.teams ?? []))),
    organizations: meanings.flatMap((meaning) =>
      meaning.how === "fallback" ? [] : (meaning.people.organizations ?? []),
    ),
  };
}

/**
 * @param load reviews that people owe already, by account id
 * @returns who holds one of the roles, earlier roles first, is available, has no hand in the change, and was neither asked nor reviewed; of
 * several the one with least to review
 */
export function chooseExpert(
  roles: readonly string[],
  { policy, snapshot }: { policy: Policy; snapshot: Snapshot },
  load: Readonly<Record<number, number>>,
): Person | null {
  const out = new Set(involved(snapshot).map((person) => person.login.toLowerCase()));
  const rank = (person: Person) => (snapshot.directory.busy.includes(person.id) ? 1_000 : 0) + (load[person.id] ?? 0);
  for (const role of roles) {
    const free = candidatesOf(role, policy, snapshot).filter(
      ({ kind, login }) => kind === "user" && !out.has(login.toLowerCase()),
    );
    const [first] = free.sort((a, b) => rank(a) - rank(b) || a.login.localeCompare(b.login));
    if (first !== undefined) return first;
  }
  return null;
}

function involved({ author, commits, requestedReviewers, reviews }: Snapshot): Person[] {
  const contributors = commits.flatMap((commit) => [commit.author, commit.committer, ...commit.coAuthors]);
  const accounts = contributors.flatMap(({ account }) => (account === null ? [] : [account]));
  return [author, ...accounts, ...requestedReviewers, ...reviews.map(({ user }) => user)];
}
