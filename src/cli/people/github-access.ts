/** GitHub as the command line reaches it: with the token of the environment, which is never an argument, where others could read it. */

import { setTimeout as sleep } from "node:timers/promises";
import { GithubClient } from "../../github/client.ts";
import type { GithubSettings, GithubSurroundings } from "../../github/settings.ts";
import { readOrigin } from "../init/read-origin.ts";
import { UsageError } from "../usage-error.ts";

/** @throws {UsageError} where the environment has no token */
export function openGithub(env: NodeJS.ProcessEnv): GithubClient {
  return new GithubClient(...githubAccess(env));
}

/**
 * What GitHub is reached with.
 *
 * @throws {UsageError} where the environment has no token
 */
export function githubAccess(env: NodeJS.ProcessEnv): [GithubSettings, GithubSurroundings] {
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token) {
    throw new UsageError(
      "GitHub is asked with a token of yours: set GITHUB_TOKEN, e.g. GITHUB_TOKEN=$(gh auth token).",
    );
  }
  const { GITHUB_API_URL: apiUrl = "https://api.github.com", GITHUB_GRAPHQL_URL: graphqlUrl } = env;
  return [
    { token, apiUrl, ...(graphqlUrl ? { graphqlUrl } : {}) },
    { log: { debug() {} }, clock: { now: () => new Date() }, sleep: (ms) => sleep(ms) },
  ];
}

/**
 * The repository that is meant: as it is named, else where the clone came from.
 *
 * @throws {UsageError} where neither tells
 */
export async function repositoryOf(named: string | undefined, dir: string): Promise<{ owner: string; name: string }> {
  if (named !== undefined) {
    const [, owner, name] = /^([\w-]+)\/([\w.-]+)$/.exec(named) ?? [];
    if (owner === undefined || name === undefined)
      throw new UsageError(`"${named}" is no repository: write owner/name.`);
    return { owner, name };
  }
  const { owner, name } = await readOrigin(dir);
  if (owner === null || name === null) {
    throw new UsageError(`${dir} does not tell which repository on GitHub it is: say --repository <owner/name>.`);
  }
  return { owner, name };
}
