/** GitHub as a step of a workflow reaches it: by the runner's addresses, with the workflow's token. */

import { setTimeout as sleep } from "node:timers/promises";
import type { RepositoryRef } from "../src/core/subject.ts";
import { GithubClient } from "../src/github/client.ts";
import type { GithubAddresses, GithubSurroundings } from "../src/github/settings.ts";
import { ActionError } from "./action-error.ts";
import { inputOf } from "./inputs.ts";

export interface Connection {
  settings: GithubAddresses & { token: string };
  surroundings: GithubSurroundings;
  repository: RepositoryRef;
  /** Where people see GitHub. */
  serverUrl: string;
}

/** @throws {ActionError} where the token or what the runner tells of the repository is missing */
export function connect(env: NodeJS.ProcessEnv): Connection {
  const token = inputOf(env, "token");
  if (token === "") {
    throw new ActionError("The input `token` is empty. Leave it out, or write `token: ${{ github.token }}`.");
  }
  const { GITHUB_API_URL: apiUrl = "https://api.github.com", GITHUB_GRAPHQL_URL: graphqlUrl } = env;
  return {
    settings: { token, apiUrl, ...(graphqlUrl ? { graphqlUrl } : {}) },
    surroundings: { log: { debug() {} }, clock: { now: () => new Date() }, sleep: (ms) => sleep(ms) },
    repository: repositoryOf(env),
    serverUrl: env.GITHUB_SERVER_URL ?? "https://github.com",
  };
}

export function openClient({ settings, surroundings }: Connection): GithubClient {
  return new GithubClient(settings, surroundings);
}

function repositoryOf({ GITHUB_REPOSITORY: fullName = "", GITHUB_REPOSITORY_ID: id = "" }: NodeJS.ProcessEnv) {
  const [owner = "", name = "", ...more] = fullName.split("/");
  if (owner === "" || name === "" || more.length > 0 || !/^\d{1,15}$/.test(id)) {
    throw new ActionError(
      "GITHUB_REPOSITORY and GITHUB_REPOSITORY_ID do not name a repository. Run this action as a step of a workflow on GitHub.",
    );
  }
  return { installationId: 0, repositoryId: Number(id), owner, name };
}
