/** Reads repositories: one, all of an installation, and the custom properties of one. */

import type { Repository } from "../../core/snapshot.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";

interface RepositoryRef {
  installationId: number;
  owner: string;
  name: string;
}

type RepositoryAnswer = RestEndpointMethodTypes["repos"]["get"]["response"]["data"];

/** @returns `gone` when it does not exist (any more) for this installation. @throws {GithubError} when GitHub fails */
export async function readRepository(client: GithubClient, ref: RepositoryRef): Promise<Repository | "gone"> {
  try {
    const { data } = await getRepository(client, ref);
    return {
      id: data.id,
      owner: data.owner.login,
      name: data.name,
      isPrivate: data.private,
      defaultBranch: data.default_branch,
      properties: propertiesOf(data.custom_properties),
    };
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone";
    throw error;
  }
}

/** Custom properties, which GraphQL does not have. @throws {GithubError} when GitHub fails */
export async function readRepositoryProperties(
  client: GithubClient,
  ref: RepositoryRef,
): Promise<Repository["properties"]> {
  return propertiesOf((await getRepository(client, ref)).data.custom_properties);
}

function getRepository(client: GithubClient, { installationId, owner, name: repo }: RepositoryRef) {
  return client.rest<RepositoryAnswer>("GET /repos/{owner}/{repo}", { owner, repo }, { installationId });
}

/** Values are text, lists of text, or `null` where nobody chose one. */
function propertiesOf(raw: unknown): Repository["properties"] {
  const properties: Repository["properties"] = {};
  if (typeof raw !== "object" || raw === null) return properties;
  for (const [name, value] of Object.entries(raw)) {
    properties[name] = Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)];
  }
  return properties;
}

type InstallationRepositories =
  RestEndpointMethodTypes["apps"]["listReposAccessibleToInstallation"]["response"]["data"];

/** All repositories an installation was given. @throws {GithubError} when GitHub fails */
export async function listRepositories(
  client: GithubClient,
  installationId: number,
): Promise<{ repositoryId: number; owner: string; name: string }[]> {
  const found = new Map<number, { repositoryId: number; owner: string; name: string }>();
  for (let page = 1; ; page += 1) {
    const { data } = await client.rest<InstallationRepositories>(
      "GET /installation/repositories",
      { per_page: 100, page },
      { installationId },
    );
    for (const { id, owner, name } of data.repositories) found.set(id, { repositoryId: id, owner: owner.login, name });
    // Repositories may come and go while we page, so the count is no proof; a short page is the end.
    if (data.repositories.length < 100) return [...found.values()];
  }
}
