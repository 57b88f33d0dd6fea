/** Where the App is installed. As the App itself. */

import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { TtlCache } from "./ttl-cache.ts";

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

/** An App that was installed just now is seen after so long at the latest. */
const knownMs = 60_000;

/** Finds the installation that has a repository; what was found is known for a minute. */
export class InstallationFinder {
  readonly #client: GithubClient;
  readonly #known: TtlCache<number | null>;

  constructor(client: GithubClient) {
    this.#client = client;
    this.#known = new TtlCache(knownMs, () => client.now());
  }

  /** @returns `null` where the App is not installed, or suspended. @throws {GithubError} when GitHub fails */
  find({ owner, name }: { owner: string; name: string }): Promise<number | null> {
    const key = `${owner}/${name}`.toLowerCase();
    const known = this.#known.get(key);
    if (known !== null) return known;
    const found = this.#read(owner, name);
    this.#known.set(key, found);
    return found;
  }

  async #read(owner: string, repo: string): Promise<number | null> {
    try {
      const { data } = await this.#client.rest<RawInstallation>(
        "GET /repos/{owner}/{repo}/installation",
        { owner, repo },
        { installationId: null },
      );
      return data.suspended_at === null ? data.id : null;
    } catch (error) {
      if (isGithubError(error, "not_found")) return null;
      throw error;
    }
  }
}
