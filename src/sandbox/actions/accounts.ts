/** People, organisations and teams come, go and are given permissions. */
import { accountBody, legacyPermission, organisationMembershipBody, teamBody } from "../bodies/account.ts";
import type { Account, Organisation, Permission, Team } from "../state/accounts.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";

export interface UserOptions {
  name?: string;
  email?: string;
  isBusy?: boolean;
}

export function createUser(world: World, login: string, options: UserOptions = {}): Account {
  return keep(world, { ...blankAccount(world, login), ...options });
}

export function createBot(world: World, login: string, appId: number | null): Account {
  return keep(world, { ...blankAccount(world, login), kind: "Bot", email: null, appId });
}

export function createOrganisation(world: World, login: string, name: string | null = null): Organisation {
  const organisation: Organisation = {
    ...blankAccount(world, login),
    kind: "Organization",
    name,
    email: null,
    members: new Map(),
    basePermission: "read",
    teams: [],
  };
  register(world, "Organization", organisation);
  world.accounts.set(organisation.id, organisation);
  return organisation;
}

/** Takes an account off GitHub; its traces stay under nobody's name. */
export function deleteAccount(world: World, account: Account): void {
  account.isDeleted = true;
  for (const other of world.accounts.values()) {
    if (other.kind !== "Organization") continue;
    const organisation = other as Organisation;
    organisation.members.delete(account.id);
    for (const team of organisation.teams) team.members.delete(account.id);
  }
}

export function addMember(
  world: World,
  organisation: Organisation,
  account: Account,
  role: "admin" | "member",
  by: Account,
): void {
  organisation.members.set(account.id, role);
  announce(
    world,
    "organization.member_added",
    { organisation, sender: by },
    {
      membership: organisationMembershipBody(world, organisation, account),
    },
  );
}

export function removeMember(world: World, organisation: Organisation, account: Account, by: Account): void {
  const membership = organisationMembershipBody(world, organisation, account);
  organisation.members.delete(account.id);
  for (const team of organisation.teams) {
    if (team.members.has(account.id)) removeTeamMember(world, team, account, by);
  }
  announce(world, "organization.member_removed", { organisation, sender: by }, { membership });
}

export interface TeamOptions {
  name: string;
  slug?: string;
  members?: Account[];
  parent?: Team;
  privacy?: Team["privacy"];
  description?: string;
}

export function createTeam(world: World, organisation: Organisation, options: TeamOptions, by: Account): Team {
  const team: Team = register(world, "Team", {
    id: 0,
    nodeId: "",
    organisation,
    slug: options.slug ?? slugOf(options.name),
    name: options.name,
    description: options.description ?? null,
    privacy: options.privacy ?? "closed",
    parent: options.parent ?? null,
    members: new Map(),
    repositories: new Map(),
    createdAt: world.now(),
    updatedAt: world.now(),
  });
  organisation.teams.push(team);
  announce(world, "team.created", { organisation, sender: by }, { team: teamBody(world, team) });
  for (const member of options.members ?? []) addTeamMember(world, team, member, by);
  return team;
}

/** A team's slug follows its name. */
export function renameTeam(world: World, team: Team, name: string, by: Account): void {
  const from = team.name;
  team.name = name;
  team.slug = slugOf(name);
  team.updatedAt = world.now();
  announce(
    world,
    "team.edited",
    { organisation: team.organisation, sender: by },
    {
      team: teamBody(world, team),
      changes: { name: { from } },
    },
  );
}

export function deleteTeam(world: World, team: Team, by: Account): void {
  const body = teamBody(world, team);
  team.organisation.teams = team.organisation.teams.filter((other) => other !== team);
  world.nodes.delete(team.nodeId);
  announce(world, "team.deleted", { organisation: team.organisation, sender: by }, { team: body });
}

export function addTeamMember(world: World, team: Team, account: Account, by: Account): void {
  team.members.set(account.id, "member");
  if (!team.organisation.members.has(account.id)) addMember(world, team.organisation, account, "member", by);
  announceMembership(world, "membership.added", team, account, by);
}

export function removeTeamMember(world: World, team: Team, account: Account, by: Account): void {
  team.members.delete(account.id);
  announceMembership(world, "membership.removed", team, account, by);
}

export function addCollaborator(
  world: World,
  repository: Repository,
  account: Account,
  permission: Permission,
  by: Account,
): void {
  repository.collaborators.set(account.id, permission);
  announce(
    world,
    "member.added",
    { repository, sender: by },
    {
      member: accountBody(world, account),
      changes: { permission: { to: legacyPermission(permission) }, role_name: { to: permission } },
    },
  );
}

export function removeCollaborator(world: World, repository: Repository, account: Account, by: Account): void {
  repository.collaborators.delete(account.id);
  announce(world, "member.removed", { repository, sender: by }, { member: accountBody(world, account) });
}

function announceMembership(world: World, name: string, team: Team, account: Account, by: Account): void {
  announce(
    world,
    name,
    { organisation: team.organisation, sender: by },
    {
      scope: "team",
      member: accountBody(world, account),
      team: teamBody(world, team),
    },
  );
}

function blankAccount(world: World, login: string): Account {
  return {
    kind: "User",
    id: 0,
    nodeId: "",
    login,
    name: login.charAt(0).toUpperCase() + login.slice(1),
    email: `${login}@example.com`,
    createdAt: world.now(),
    isBusy: false,
    isSuspended: false,
    isDeleted: false,
    appId: null,
  };
}

function keep(world: World, account: Account): Account {
  register(world, account.kind, account);
  world.accounts.set(account.id, account);
  return account;
}

function slugOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
