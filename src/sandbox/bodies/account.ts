/** Accounts, teams and memberships as REST and webhooks show them. */
import type { Account, Organisation, Permission, Team } from "../state/accounts.ts";
import { isOrganisation, teamMembers } from "../state/accounts.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";

export function accountBody(world: World, account: Account) {
  const url = `${world.apiUrl}/users/${encodeURIComponent(account.login)}`;
  return {
    login: account.login,
    id: account.id,
    node_id: account.nodeId,
    avatar_url: `${world.serverUrl}/avatars/u/${account.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: accountPage(world, account),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.kind,
    user_view_type: "public",
    site_admin: false,
  };
}

/** What a deleted account wrote stands under no name. */
export function authorBody(world: World, account: Account) {
  return account.isDeleted ? null : accountBody(world, account);
}

/** REST gives `ghost` where a null would break the shape. */
export function accountPage(world: World, account: Account): string {
  if (account.kind === "Bot") return `${world.serverUrl}/apps/${account.login.replace("[bot]", "")}`;
  return `${world.serverUrl}/${account.login}`;
}

export function userBody(world: World, account: Account) {
  return {
    ...accountBody(world, account),
    name: account.name,
    company: null,
    blog: "",
    location: null,
    email: account.email,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: 0,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(account.createdAt),
    updated_at: iso(account.createdAt),
  };
}

export function organisationBody(world: World, organisation: Organisation) {
  const url = `${world.apiUrl}/orgs/${organisation.login}`;
  return {
    login: organisation.login,
    id: organisation.id,
    node_id: organisation.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${world.serverUrl}/avatars/u/${organisation.id}?v=4`,
    description: organisation.name,
  };
}

export function fullOrganisationBody(world: World, organisation: Organisation) {
  return {
    ...organisationBody(world, organisation),
    name: organisation.name ?? organisation.login,
    html_url: accountPage(world, organisation),
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: [...world.repositories.values()].filter((repository) => repository.owner === organisation).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: iso(organisation.createdAt),
    updated_at: iso(organisation.createdAt),
    archived_at: null,
    type: "Organization",
    default_repository_permission: organisation.basePermission,
  };
}

export function organisationMembershipBody(world: World, organisation: Organisation, account: Account) {
  const url = `${world.apiUrl}/orgs/${organisation.login}`;
  return {
    url: `${url}/memberships/${account.login}`,
    state: "active",
    role: organisation.members.get(account.id) ?? "member",
    organization_url: url,
    organization: organisationBody(world, organisation),
    user: accountBody(world, account),
  };
}

export function simpleTeamBody(world: World, team: Team) {
  const url = `${world.apiUrl}/organizations/${team.organisation.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: team.nodeId,
    name: team.name,
    slug: team.slug,
    description: team.description,
    privacy: team.privacy,
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${world.serverUrl}/orgs/${team.organisation.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: team.organisation.id,
  };
}

export function teamBody(world: World, team: Team) {
  return {
    ...simpleTeamBody(world, team),
    parent: team.parent === null ? null : simpleTeamBody(world, team.parent),
  };
}

export function fullTeamBody(world: World, team: Team) {
  return {
    ...teamBody(world, team),
    members_count: teamMembers(team).length,
    repos_count: team.repositories.size,
    created_at: iso(team.createdAt),
    updated_at: iso(team.updatedAt),
    organization: fullOrganisationBody(world, team.organisation),
  };
}

/** REST's five booleans for one permission. */
export function permissionFlags(permission: Permission | null) {
  const rank = permission === null ? -1 : ["read", "triage", "write", "maintain", "admin"].indexOf(permission);
  return { admin: rank >= 4, maintain: rank >= 3, push: rank >= 2, triage: rank >= 1, pull: rank >= 0 };
}

/** The old word knows four steps alone: maintain reads as write, triage as read. */
export function legacyPermission(permission: Permission | null): "admin" | "write" | "read" | "none" {
  if (permission === "maintain") return "write";
  if (permission === "triage") return "read";
  return permission ?? "none";
}

/** How the author of something stands to the repository. */
export function association(
  account: Account,
  repository: { owner: Account; collaborators: Map<number, unknown> },
): string {
  const owner = repository.owner;
  if (owner.id === account.id) return "OWNER";
  if (isOrganisation(owner) && owner.members.has(account.id)) return "MEMBER";
  return repository.collaborators.has(account.id) ? "COLLABORATOR" : "NONE";
}
