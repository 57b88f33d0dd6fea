/** People, bots, organisations and teams. */
import { accountPage } from "../../bodies/account.ts";
import { canSee } from "../../http/caller.ts";
import type { Account, Organisation, Team } from "../../state/accounts.ts";
import { childTeams, isOrganisation, teamMembers } from "../../state/accounts.ts";
import type { App } from "../../state/apps.ts";
import { iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { requirePermission, text } from "../context.ts";

/** Null for who left GitHub. */
export function actorNode(context: GraphQLContext, account: Account): GraphQLNode | null {
  if (account.isDeleted) return null;
  if (isOrganisation(account)) return organisationNode(context, account);
  const { world } = context;
  return {
    __typename: account.kind,
    id: account.nodeId,
    databaseId: account.id,
    login: account.kind === "Bot" ? account.login.replace("[bot]", "") : account.login,
    avatarUrl: `${world.serverUrl}/avatars/u/${account.id}?v=4`,
    url: accountPage(world, account),
    resourcePath: new URL(accountPage(world, account)).pathname,
    createdAt: iso(account.createdAt),
    updatedAt: iso(account.createdAt),
    ...(account.kind === "Bot" ? {} : personFields(context, account)),
  };
}

function personFields(context: GraphQLContext, account: Account): Record<string, unknown> {
  return {
    name: account.name,
    email: account.email ?? "",
    isViewer: false,
    isEmployee: false,
    isSiteAdmin: false,
    status: () =>
      account.isBusy
        ? {
            __typename: "UserStatus",
            id: `${account.nodeId}_status`,
            indicatesLimitedAvailability: true,
            message: "Busy",
            emoji: ":palm_tree:",
            expiresAt: null,
            createdAt: iso(account.createdAt),
            updatedAt: iso(account.createdAt),
          }
        : null,
    organization: (args: Args) => {
      const found = [...context.world.accounts.values()].find((other) => other.login === text(args, "login"));
      const isMember = found !== undefined && isOrganisation(found) && found.members.has(account.id);
      return isMember ? organisationNode(context, found) : null;
    },
  };
}

export function organisationNode(context: GraphQLContext, organisation: Organisation): GraphQLNode {
  const { world } = context;
  const people = () => {
    requirePermission(context, "members:read");
    return [...organisation.members.keys()].sort((a, b) => a - b).flatMap((id) => world.accounts.get(id) ?? []);
  };
  return {
    __typename: "Organization",
    id: organisation.nodeId,
    databaseId: organisation.id,
    login: organisation.login,
    name: organisation.name,
    description: null,
    avatarUrl: `${world.serverUrl}/avatars/u/${organisation.id}?v=4`,
    url: accountPage(world, organisation),
    resourcePath: `/${organisation.login}`,
    createdAt: iso(organisation.createdAt),
    updatedAt: iso(organisation.createdAt),
    team: (args: Args) => {
      requirePermission(context, "members:read");
      const team = organisation.teams.find(({ slug }) => slug === text(args, "slug").toLowerCase());
      return team === undefined ? null : teamNode(context, team);
    },
    teams: (args: Args) => {
      requirePermission(context, "members:read");
      return connection("TeamConnection", "teams", args, organisation.teams, (team) => teamNode(context, team));
    },
    membersWithRole: (args: Args) =>
      connection(
        "OrganizationMemberConnection",
        "membersWithRole",
        args,
        people(),
        (person) => actorNode(context, person),
        {
          edge: (person) => ({
            role: organisation.members.get(person.id) === "admin" ? "ADMIN" : "MEMBER",
            hasTwoFactorEnabled: null,
          }),
        },
      ),
    repository: (args: Args) => {
      const found = [...world.repositories.values()].find(
        (other) => other.owner === organisation && other.name.toLowerCase() === text(args, "name").toLowerCase(),
      );
      return found === undefined || !canSee(context.caller, found) ? null : context.nodes.repository(found);
    },
  };
}

export function teamNode(context: GraphQLContext, team: Team): GraphQLNode {
  const { world } = context;
  const page = `/orgs/${team.organisation.login}/teams/${team.slug}`;
  return {
    __typename: "Team",
    id: team.nodeId,
    databaseId: team.id,
    slug: team.slug,
    name: team.name,
    description: team.description,
    combinedSlug: `${team.organisation.login}/${team.slug}`,
    privacy: team.privacy === "secret" ? "SECRET" : "VISIBLE",
    createdAt: iso(team.createdAt),
    updatedAt: iso(team.updatedAt),
    url: `${world.serverUrl}${page}`,
    resourcePath: page,
    avatarUrl: null,
    organization: () => organisationNode(context, team.organisation),
    parentTeam: () => (team.parent === null ? null : teamNode(context, team.parent)),
    childTeams: (args: Args) =>
      connection("TeamConnection", "childTeams", args, childTeams(team), (child) => teamNode(context, child)),
    members: (args: Args) => {
      const membership = args.membership ?? "ALL";
      const members = teamMembers(team).filter(
        ({ isImmediate, role }) =>
          (membership === "ALL" || isImmediate === (membership === "IMMEDIATE")) &&
          (args.role === undefined || args.role === null || role.toUpperCase() === args.role),
      );
      const person = (id: number) => world.accounts.get(id);
      const present = members.filter(({ accountId }) => person(accountId)?.isDeleted === false);
      const render = ({ accountId }: (typeof members)[number]) => {
        const account = person(accountId);
        return account === undefined ? null : actorNode(context, account);
      };
      return connection("TeamMemberConnection", "members", args, present, render, {
        edge: ({ role }) => ({
          role: role.toUpperCase(),
          memberAccessUrl: `${world.serverUrl}${page}`,
          memberAccessResourcePath: page,
        }),
      });
    },
  };
}

export function appNode(context: GraphQLContext, app: App): GraphQLNode {
  return {
    __typename: "App",
    id: app.nodeId,
    databaseId: app.id,
    slug: app.slug,
    name: app.name,
    description: null,
    clientId: app.clientId,
    logoUrl: `${context.world.serverUrl}/avatars/in/${app.id}`,
    url: `${context.world.serverUrl}/apps/${app.slug}`,
    createdAt: iso(app.createdAt),
    updatedAt: iso(app.createdAt),
  };
}
