/** Users, organisations, teams and their members. */
import { notFound } from "../actions/refusal.ts";
import {
  accountBody,
  fullOrganisationBody,
  fullTeamBody,
  organisationMembershipBody,
  teamBody,
  userBody,
} from "../bodies/account.ts";
import { actorOf } from "../http/caller.ts";
import type { Account } from "../state/accounts.ts";
import { isOrganisation, teamMembers } from "../state/accounts.ts";
import type { World } from "../state/world.ts";
import { paginate } from "./paging.ts";
import { accountIn, noContent, ok, organisationIn, type RestRequest, route, teamIn } from "./request.ts";

export const accountRoutes = [
  route("GET /user", "", (request) => ok(userBody(request.world, actorOf(request.caller)))),
  route("GET /users/{username}", "", (request) => ok(userBody(request.world, accountIn(request)))),
  route("GET /orgs/{org}", "", (request) => ok(fullOrganisationBody(request.world, organisationIn(request)))),
  route("GET /orgs/{org}/members", "members:read", (request) => {
    const organisation = organisationIn(request);
    const wanted = request.query.get("role") ?? "all";
    const members = [...organisation.members]
      .filter(([, role]) => wanted === "all" || role === wanted)
      .map(([id]) => id)
      .sort((a, b) => a - b);
    return paginate(request, present(request.world, members), (member) => accountBody(request.world, member));
  }),
  route("GET /orgs/{org}/members/{username}", "members:read", (request) => {
    if (!organisationIn(request).members.has(accountIn(request).id)) throw notFound();
    return noContent();
  }),
  route("GET /orgs/{org}/memberships/{username}", "members:read", (request) => {
    const organisation = organisationIn(request);
    const account = accountIn(request);
    if (!organisation.members.has(account.id)) throw notFound();
    return ok(organisationMembershipBody(request.world, organisation, account));
  }),
  route("GET /orgs/{org}/teams", "members:read", (request) =>
    paginate(request, organisationIn(request).teams, (team) => teamBody(request.world, team)),
  ),
  route("GET /orgs/{org}/teams/{team_slug}", "members:read", (request) =>
    ok(fullTeamBody(request.world, teamIn(request))),
  ),
  route("GET /orgs/{org}/teams/{team_slug}/members", "members:read", listTeamMembers),
  route("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", "members:read", (request) => {
    const team = teamIn(request);
    const account = accountIn(request);
    const member = teamMembers(team).find(({ accountId }) => accountId === account.id);
    if (member === undefined) throw notFound();
    const url = `${request.world.apiUrl}/organizations/${team.organisation.id}/team/${team.id}/memberships/${account.login}`;
    return ok({ url, role: roleIn(request.world, team.organisation.members, member), state: "active" });
  }),
];

function listTeamMembers(request: RestRequest) {
  const team = teamIn(request);
  const wanted = request.query.get("role") ?? "all";
  const members = teamMembers(team)
    .filter((member) => wanted === "all" || roleIn(request.world, team.organisation.members, member) === wanted)
    .map(({ accountId }) => accountId);
  return paginate(request, present(request.world, members), (member) => accountBody(request.world, member));
}

/** Owners of the organisation are maintainers of each of its teams they belong to. */
function roleIn(world: World, roles: ReadonlyMap<number, string>, member: { accountId: number; role: string }): string {
  return world.accounts.has(member.accountId) && roles.get(member.accountId) === "admin" ? "maintainer" : member.role;
}

function present(world: World, ids: readonly number[]): Account[] {
  return ids.flatMap((id) => {
    const account = world.accounts.get(id);
    return account === undefined || account.isDeleted || isOrganisation(account) ? [] : [account];
  });
}
