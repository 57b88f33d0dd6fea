/** People, organisations, bots and teams, and what each may do in a repository. */
import type { Repository } from "./repository.ts";

export interface Account {
  kind: "User" | "Organization" | "Bot";
  id: number;
  nodeId: string;
  login: string;
  name: string | null;
  email: string | null;
  createdAt: Date;
  /** The profile says "busy" (limited availability). */
  isBusy: boolean;
  isSuspended: boolean;
  /** Gone from GitHub: what the account did remains, under nobody's name. */
  isDeleted: boolean;
  appId: number | null;
}

export interface Organisation extends Account {
  kind: "Organization";
  members: Map<number, "admin" | "member">;
  /** What every member may do in every repository. */
  basePermission: Permission | "none";
  teams: Team[];
}

export interface Team {
  id: number;
  nodeId: string;
  organisation: Organisation;
  slug: string;
  name: string;
  description: string | null;
  privacy: "closed" | "secret";
  parent: Team | null;
  members: Map<number, "maintainer" | "member">;
  /** Repository id → permission. */
  repositories: Map<number, Permission>;
  createdAt: Date;
  updatedAt: Date;
}

export const PERMISSIONS = ["read", "triage", "write", "maintain", "admin"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The highest permission an account has by any road; null when the repository is closed to it. */
export function permissionOf(account: Account, repository: Repository): Permission | null {
  if (account.isDeleted || account.isSuspended) return null;
  const granted: (Permission | null)[] = [
    repository.isPrivate ? null : "read",
    repository.collaborators.get(account.id) ?? null,
  ];
  const owner = repository.owner;
  if (owner.id === account.id) granted.push("admin");
  if (isOrganisation(owner)) {
    const role = owner.members.get(account.id);
    if (role === "admin") granted.push("admin");
    if (role === "member" && owner.basePermission !== "none") granted.push(owner.basePermission);
    for (const team of owner.teams) {
      if (team.members.has(account.id)) granted.push(teamPermission(team, repository));
    }
  }
  return highest(granted);
}

/** Whether the account was let in by name, team or organisation, rather than as one of the public. */
export function isCollaborator(account: Account, repository: Repository): boolean {
  const owner = repository.owner;
  if (owner.id === account.id || repository.collaborators.has(account.id)) return true;
  if (!isOrganisation(owner)) return false;
  const role = owner.members.get(account.id);
  if (role === "admin" || (role === "member" && owner.basePermission !== "none")) return true;
  return owner.teams.some((team) => team.members.has(account.id) && teamPermission(team, repository) !== null);
}

export function isAtLeast(permission: Permission | null, wanted: Permission): boolean {
  return permission !== null && PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(wanted);
}

/** A child team inherits its parents' permissions. */
export function teamPermission(team: Team, repository: Repository): Permission | null {
  const granted: (Permission | null)[] = [];
  for (let above: Team | null = team; above !== null; above = above.parent) {
    granted.push(above.repositories.get(repository.id) ?? null);
  }
  return highest(granted);
}

export interface TeamMember {
  accountId: number;
  role: "maintainer" | "member";
  /** False for who belongs through a child team alone. */
  isImmediate: boolean;
}

/** Members of a team, those of its child teams included, in the order of their accounts. */
export function teamMembers(team: Team): TeamMember[] {
  const members = new Map<number, TeamMember>();
  for (const below of withChildren(team)) {
    for (const [accountId, role] of below.members) {
      if (!members.has(accountId)) members.set(accountId, { accountId, role, isImmediate: below === team });
    }
  }
  return [...members.values()].sort((a, b) => a.accountId - b.accountId);
}

export function childTeams(team: Team): Team[] {
  return team.organisation.teams.filter((other) => other.parent === team);
}

export function isOrganisation(account: Account): account is Organisation {
  return account.kind === "Organization";
}

function withChildren(team: Team): Team[] {
  return [team, ...childTeams(team).flatMap(withChildren)];
}

function highest(granted: readonly (Permission | null)[]): Permission | null {
  let best: Permission | null = null;
  for (const permission of granted) {
    if (permission !== null && !isAtLeast(best, permission)) best = permission;
  }
  return best;
}
