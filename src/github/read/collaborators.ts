/** Everybody who may do something in a repository, and the teams of an organisation: for those who ask beforehand, not for the gate. */

import type { Permission, Person } from "../../core/snapshot.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { permissionOf } from "./permission.ts";

type Collaborator = RestEndpointMethodTypes["repos"]["listCollaborators"]["response"]["data"][number];
type Team = RestEndpointMethodTypes["teams"]["list"]["response"]["data"][number];

const pageSize = 100;
/** 5,000 people: more than any role means. */
const pagesMax = 50;

export interface PersonWithPermission {
  person: Person;
  permission: Permission;
}

/** @throws {GithubError} `forbidden` for a token that may not push, and when GitHub fails */
export async function readCollaborators(
  client: GithubClient,
  { owner, name: repo }: { owner: string; name: string },
): Promise<PersonWithPermission[]> {
  const all = await readPages<Collaborator>(client, "GET /repos/{owner}/{repo}/collaborators", { owner, repo });
  return all.map((user) => ({
    person: { id: user.id, login: user.login, kind: user.type === "Bot" ? "bot" : "user" },
    permission: permissionOf({ user, role_name: user.role_name, permission: "" }),
  }));
}

/** @returns teams as `org/slug`, those that this token may see. @throws {GithubError} when GitHub fails */
export async function readTeams(client: GithubClient, organization: string): Promise<string[]> {
  const all = await readPages<Team>(client, "GET /orgs/{org}/teams", { org: organization });
  return all.map(({ slug }) => `${organization}/${slug}`);
}

async function readPages<Item>(
  client: GithubClient,
  route: string,
  parameters: Record<string, unknown>,
): Promise<Item[]> {
  const items: Item[] = [];
  for (let page = 1; page <= pagesMax; page++) {
    const { data } = await client.rest<Item[]>(
      route,
      { ...parameters, per_page: pageSize, page },
      { installationId: 0 },
    );
    items.push(...data);
    if (data.length < pageSize) break;
  }
  return items;
}
