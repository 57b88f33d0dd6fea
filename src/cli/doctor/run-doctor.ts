/** Looks at everything that the settings reach, one area after another. */

import { setTimeout as sleep } from "node:timers/promises";
import { GithubClient } from "../../github/client.ts";
import { createGithub } from "../../github/github.ts";
import { listRepositories } from "../../github/read/repositories.ts";
import type { GithubSettings, GithubSurroundings } from "../../github/settings.ts";
import { readSettings, type Settings } from "../../settings.ts";
import { githubAccess, repositoryOf } from "../people/github-access.ts";
import { lookAtApp, lookAtBudget, lookAtInstallation, type RawInstallation } from "./look-at-app.ts";
import { lookAtDatabase } from "./look-at-database.ts";
import { type Asking, lookAtRepository } from "./look-at-repository.ts";
import { lookAtWebhook } from "./look-at-webhook.ts";
import { type LookedAt, orUnread, toMend, unread } from "./looked-at.ts";

export interface DoctorOptions {
  /** `owner/name`; left out: all that the App sees. */
  repo?: string;
}

/** Repositories looked at without being named. */
const repositoriesMax = 50;

const surroundings: GithubSurroundings = {
  log: { debug() {} },
  clock: { now: () => new Date() },
  sleep: (ms) => sleep(ms),
};

/** @throws {UsageError} where the environment has neither an App nor a token */
export async function runDoctor(env: NodeJS.ProcessEnv, options: DoctorOptions): Promise<LookedAt[]> {
  if (!env.APP_ID) return lookWithToken(env, options);
  const read = readSettings(env);
  if (read.kind === "invalid") {
    return read.problems.map((problem) => toMend("settings", "environment", problem, "see docs/operating.md"));
  }
  const { settings } = read;
  const [github, database] = await Promise.all([lookAtGithub(settings, options), lookAtDatabase(settings)]);
  return [...github, ...database];
}

async function lookWithToken(env: NodeJS.ProcessEnv, { repo }: DoctorOptions): Promise<LookedAt[]> {
  const access = githubAccess(env);
  const asking = openBoth(...access);
  const { owner, name } = await repositoryOf(repo, ".");
  const repository = { installationId: 0, repositoryId: 0, owner, name };
  const [budget, looked] = await Promise.all([
    lookAtBudget(asking.client, 0, "token"),
    lookAtRepository(repository, asking, true),
  ]);
  return [...budget, ...looked];
}

async function lookAtGithub(settings: Settings, options: DoctorOptions): Promise<LookedAt[]> {
  const { appId, privateKey, apiUrl, graphqlUrl, publicUrl } = settings;
  const asking = openBoth({ appId, privateKey, apiUrl, graphqlUrl }, surroundings);
  const { client } = asking;
  const app = await lookAtApp(client, surroundings.clock.now).catch((error: unknown) => {
    const isRefused = error instanceof Error && "status" in error && error.status === 401;
    const mend = "take APP_ID and PRIVATE_KEY from the same App's settings, and set this machine's clock";
    return [isRefused ? toMend("GitHub App", "key", "GitHub refuses it", mend) : unread("GitHub App", "key", error)];
  });
  if (app.every(({ name }) => name === "key" && app.length === 1)) {
    if (app[0]?.health !== "well") return app;
  }
  const [hook, installed] = await Promise.all([
    lookAtWebhook(client, publicUrl),
    orUnread("GitHub App", "installations", () => lookAtInstallations(asking, options)),
  ]);
  return [...app, ...hook, ...installed];
}

function openBoth(settings: GithubSettings, around: GithubSurroundings): Asking {
  return { client: new GithubClient(settings, around), github: createGithub(settings, around) };
}

async function lookAtInstallations(asking: Asking, { repo }: DoctorOptions): Promise<LookedAt[]> {
  const { data } = await asking.client.rest<RawInstallation[]>(
    "GET /app/installations",
    { per_page: 100 },
    { installationId: null },
  );
  if (data.length === 0) {
    return [toMend("GitHub App", "installations", "it is installed nowhere", "install it on the App's page")];
  }
  if (repo !== undefined) return lookAtNamed(repo, asking);
  const looked: LookedAt[] = [];
  for (const installation of data) {
    const login = installation.account && "login" in installation.account ? installation.account.login : "";
    const area = `installation ${login}`;
    looked.push(...lookAtInstallation(installation));
    if (installation.suspended_at !== null) continue;
    looked.push(...(await lookAtBudget(asking.client, installation.id, area)));
    looked.push(...(await orUnread(area, "repositories", () => lookAtRepositories(installation.id, area, asking))));
  }
  return looked;
}

async function lookAtNamed(repo: string, asking: Asking): Promise<LookedAt[]> {
  const { owner, name } = await repositoryOf(repo, ".");
  const installationId = await asking.github.findInstallation({ owner, name });
  if (installationId === null) {
    const mend = "install it there, or choose this repository in the installation's settings";
    return [toMend(`${owner}/${name}`, "repository", "the App is not installed on it", mend)];
  }
  return lookAtRepository({ installationId, repositoryId: 0, owner, name }, asking, true);
}

async function lookAtRepositories(installationId: number, area: string, asking: Asking): Promise<LookedAt[]> {
  const all = await listRepositories(asking.client, installationId);
  const looked: LookedAt[] = [];
  for (const repository of all.slice(0, repositoriesMax)) {
    looked.push(...(await lookAtRepository({ installationId, ...repository }, asking, false)));
  }
  const left = all.length - repositoriesMax;
  if (left > 0) looked.push(unread(area, "repositories", `${left} more; name one with --repo`));
  return looked;
}
