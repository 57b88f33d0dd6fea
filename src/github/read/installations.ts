/** Where the App is installed. As the App itself. */

import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";

type RawInstallation = RestEndpointMethodTypes["apps"]["listInstallations"]["response"]["data"][number];

const perPage = 100;

/** Ids of all installations that are not suspended. @throws {GithubError} when GitHub fails */
export async function listInstallations(client: GithubClient): Promise<number[]> {
  const ids: number[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.rest<RawInstallation[]>(
      "GET /app/installations",
      { per_page: perPage, page },
      { installationId: null },
    );
    ids.push(...data.filter(({ suspended_at }) => suspended_at === null).map(({ id }) => id));
    if (data.length < perPage) return ids;
  }
}
