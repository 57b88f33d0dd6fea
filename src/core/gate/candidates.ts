/** Who is known to hold a role: to name them, to ask them, and to see when nobody is left. Never to let anybody in. */

import { isOneOf, type RoleFacts, type RoleResolution, resolveRole, settleRole } from "../policy/resolve-role.ts";
import type { Policy } from "../policy/schema.ts";
import { isAtLeast, type Person, type Snapshot } from "../snapshot.ts";
import type { RoleOutcome } from "./verdict.ts";

/** What tells who there is: of a pull request, or put together for something else. */
export type KnownPeople = RoleFacts["snapshot"] & Pick<Snapshot, "requestedReviewers" | "reviews" | "comments">;

export function resolveFully(role: string, policy: Policy, snapshot: RoleFacts["snapshot"]): RoleOutcome {
  const settled = settleRole(resolveRole(policy, role, snapshot.repository.owner), { roles: policy.roles, snapshot });
  return settled.how === "unknown" ? { ...settled, role } : settled;
}

/** Everybody known to hold the role now. People whom the policy names by login and nobody looked up have the id 0. */
export function candidatesOf(role: string, policy: Policy, snapshot: KnownPeople): Person[] {
  const resolved = resolveFully(role, policy, snapshot);
  if (resolved.how === "unknown") return [];
  const people = new Map<string, Person>();
  for (const person of knownPeople(snapshot)) {
    const facts = { roles: policy.roles, snapshot };
    const holds = isOneOf(person, { ...resolved, permission: resolved.permission ?? undefined }, facts);
    if (holds === true) people.set(person.login.toLowerCase(), person);
  }
  for (const login of resolved.users) {
    const key = login.toLowerCase();
    if (!people.has(key)) people.set(key, { id: 0, login, kind: login.endsWith("[bot]") ? "bot" : "user" });
  }
  return [...people.values()];
}

/** Everybody the snapshot names who could be asked: members, people asked before, reviewers, commenters. */
function knownPeople(snapshot: KnownPeople): Person[] {
  const { directory } = snapshot;
  const groups = [...Object.values(directory.teams), ...Object.values(directory.organizations)];
  const owners = directory.codeowners.kind === "read" ? Object.values(directory.codeowners.value).flat() : [];
  const people = [
    ...groups.flatMap((group) => (group.kind === "read" ? group.value : [])),
    ...owners,
    ...snapshot.requestedReviewers,
    ...snapshot.reviews.map((review) => review.user),
    ...snapshot.comments.map((comment) => comment.user),
  ];
  return [...new Map(people.map((person) => [person.id, person])).values()].filter(
    (person) => person.kind !== "ghost" && !isKnownReader(person, snapshot),
  );
}

/** Known to be unable to approve anything in this repository. */
function isKnownReader(person: Person, { directory }: Pick<Snapshot, "directory">): boolean {
  const entry = directory.permissions[person.id];
  return entry?.kind === "read" && !isAtLeast(entry.value, "read");
}

/** Holds when the policy itself names this account for the role; only so may a bot take a seat. */
export function isNamedIn(person: Person, role: string, policy: Policy): boolean {
  const users = Object.hasOwn(policy.roles, role) ? (policy.roles[role]?.users ?? []) : [];
  return users.some((login) => login.toLowerCase() === person.login.toLowerCase());
}

/** Whether everybody who holds the role is known: nothing of it is a permission, or was left unread. */
export function isListed(role: RoleResolution, { directory }: Snapshot): boolean {
  if (role.permission) return false;
  const groups = [
    ...role.teams.map((team) => directory.teams[team.toLowerCase()]),
    ...role.organizations.map((organization) => directory.organizations[organization.toLowerCase()]),
    ...(role.codeowners ? [directory.codeowners] : []),
  ];
  return groups.every((group) => group?.kind === "read");
}
