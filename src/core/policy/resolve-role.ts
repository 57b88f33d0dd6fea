/** What a role name means: whom the policy maps it to, else the organisation's team of that slug, else a repository permission. */

import { isAtLeast, type Permission, type Person, type Snapshot } from "../snapshot.ts";
import type { People, Role } from "./blocks/roles.ts";

/** Roles that mean something without being mapped; a mapping of the same name replaces the meaning. */
export const builtInRoles: Readonly<Record<string, Role>> = {
  peer: { permission: "write" },
  code_owner: { codeowners: true },
  // Where the policy itself changes, whom CODEOWNERS names for its files comes before: see policy-owners.ts.
  policy_owner: { permission: "admin" },
};

/** Permission that an unmapped role without a team falls back to; every other name falls back to `write`. */
export const fallbackPermissions: Readonly<Record<string, Permission>> = {
  technical_lead: "admin",
  senior_developer: "maintain",
};

/** Role names that the documentation uses; not mapping one is worth a note, not a mistake. */
export const wellKnownRoles = [
  "peer",
  "senior_developer",
  "technical_lead",
  "security_team",
  "on_call",
  "code_owner",
] as const;

/** What a role could mean, before anybody looked which teams exist. */
export type RoleMeaning =
  | { how: "policy" | "built_in"; role: string; people: Role }
  /** `teams` in the order they are tried, as `org/slug`; `permission` where none of them exists. */
  | { how: "fallback"; role: string; teams: string[]; permission: Permission };

/** What a role came to mean here. */
export interface RoleResolution {
  role: string;
  how: "policy" | "built_in" | "team" | "permission";
  teams: string[];
  organizations: string[];
  permission: Permission | null;
  users: string[];
  /** `all`: every owned file needs an owner of its own. */
  codeowners: boolean | "all";
}

/** `unknown` where a fact could not be read or was not asked for. */
export type Holds = boolean | "unknown";

/** What is looked at: the policy's roles, and who people are. */
export interface RoleFacts {
  roles: Readonly<Record<string, Role>>;
  snapshot: Pick<Snapshot, "repository" | "directory" | "files" | "incomplete">;
}

export function resolveRole(
  policy: { roles: Readonly<Record<string, Role>> },
  role: string,
  repositoryOwner: string,
): RoleMeaning {
  if (Object.hasOwn(policy.roles, role) && policy.roles[role]) {
    return { how: "policy", role, people: policy.roles[role] };
  }
  if (Object.hasOwn(builtInRoles, role) && builtInRoles[role]) {
    return { how: "built_in", role, people: builtInRoles[role] };
  }
  const permission = (Object.hasOwn(fallbackPermissions, role) && fallbackPermissions[role]) || "write";
  return { how: "fallback", role, teams: fallbackTeams(role, repositoryOwner), permission };
}

/**
 * `security_team` → `security-team`, then `security`. Only a trailing "team" is dropped: `technical_lead` must not hand the leads'
 * power to everybody in a team called `technical`.
 */
function fallbackTeams(role: string, owner: string): string[] {
  const slug = role
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const slugs = [slug];
  if (slug.endsWith("-team")) slugs.push(slug.slice(0, -"-team".length));
  return slugs.map((name) => `${owner.toLowerCase()}/${name}`);
}

/** Settles which team or permission an unmapped role falls back to. */
export function settleRole(
  meaning: RoleMeaning,
  facts: RoleFacts,
): RoleResolution | { how: "unknown"; reason: string } {
  const nobody = {
    role: meaning.role,
    teams: [],
    organizations: [],
    permission: null,
    users: [],
    codeowners: false as const,
  };
  if (meaning.how !== "fallback") {
    const { teams = [], organizations = [], permission = null, users = [], codeowners = false } = meaning.people;
    return { role: meaning.role, how: meaning.how, teams, organizations, permission, users, codeowners };
  }
  for (const team of meaning.teams) {
    const entry = facts.snapshot.directory.teams[team];
    if (entry?.kind === "missing") continue;
    if (entry?.kind === "read") return { ...nobody, how: "team", teams: [team] };
    return { how: "unknown", reason: entry ? entry.reason : `the team ${team} was not read` };
  }
  return { ...nobody, how: "permission", permission: meaning.permission };
}

/** Whether a person holds a role now. A deleted account holds none. */
export function holdsRole(person: Person, role: string, facts: RoleFacts): Holds {
  const settled = settleRole(resolveRole(facts, role, facts.snapshot.repository.owner), facts);
  if (settled.how === "unknown") return person.kind === "ghost" ? false : "unknown";
  return isOneOf(person, { ...settled, permission: settled.permission ?? undefined }, facts);
}

/** Whether a person is in the union of what a block of people, or a role, lists. */
export function isOneOf(
  person: Person,
  people: Omit<People, "permission"> & {
    permission?: Permission | undefined;
    codeowners?: boolean | "all" | undefined;
  },
  facts: RoleFacts,
): Holds {
  if (person.kind === "ghost") return false;
  if (person.kind === "unmapped") return "unknown";
  const login = person.login.toLowerCase();
  return some([
    ...(people.users ?? []).map((user) => user.toLowerCase() === login),
    ...(people.teams ?? []).map((team) => isMember(person, facts.snapshot.directory.teams[team.toLowerCase()])),
    ...(people.organizations ?? []).map((organization) =>
      isMember(person, facts.snapshot.directory.organizations[organization.toLowerCase()]),
    ),
    ...(people.permission ? [hasPermission(person, people.permission, facts)] : []),
    ...(people.codeowners ? [isCodeOwner(person, facts)] : []),
    ...(people.roles ?? []).map((role) => holdsRole(person, role, facts)),
  ]);
}

// A team that the policy names and nobody can find is unresolved, not empty: it may have been renamed or hidden.
function isMember(person: Person, members: Snapshot["directory"]["teams"][string] | undefined): Holds {
  return members?.kind === "read" ? members.value.some((member) => member.id === person.id) : "unknown";
}

function hasPermission(person: Person, needed: Permission, facts: RoleFacts): Holds {
  const entry = facts.snapshot.directory.permissions[person.id];
  if (entry?.kind === "read") return isAtLeast(entry.value, needed);
  return entry?.kind === "missing" ? false : "unknown";
}

function isCodeOwner(person: Person, facts: RoleFacts): Holds {
  const { directory, files, incomplete } = facts.snapshot;
  if (directory.codeowners.kind === "missing") return false;
  if (directory.codeowners.kind === "unreadable") return "unknown";
  const owners = directory.codeowners.value;
  const paths = files.flatMap((file) => (file.previousPath === null ? [file.path] : [file.path, file.previousPath]));
  if (paths.some((path) => Object.hasOwn(owners, path) && owners[path]?.some((owner) => owner.id === person.id))) {
    return true;
  }
  return incomplete.some((part) => part.what === "files") ? "unknown" : false;
}

function some(parts: readonly Holds[]): Holds {
  if (parts.includes(true)) return true;
  return parts.includes("unknown") ? "unknown" : false;
}
