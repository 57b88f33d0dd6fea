/** A whole Holdpoint for tests that read as scripts: simulated GitHub, real database, the App, and who is who at acme. */

import { generateKeyPairSync } from "node:crypto";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { type App, startApp } from "../../src/app.ts";
import { type ChannelSettings, readChannelSettings } from "../../src/core/notifications/channel-settings.ts";
import { USUAL_PERMISSIONS } from "../../src/sandbox/actions/apps.ts";
import { type SandboxOptions, startSandbox } from "../../src/sandbox/main.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import type { CheckRun } from "../../src/sandbox/state/checks.ts";
import type { Repository } from "../../src/sandbox/state/repository.ts";
import type { Settings } from "../../src/settings.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { aFreePort } from "./free-port.ts";
import { until } from "./until.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export const appId = 4242;
export const webhookSecret = "0123456789abcdef0123456789abcdef";

/** One peer approves everything but documentation. */
export const simplePolicy = `version: 1
approval_workflows:
  automatic: { criteria: [documentation_only], process: automated_approval }
  peer_review: { criteria: [code_changes_under_200_lines], approver: peer, approvals: 1 }
`;

export interface StageOptions {
  /** \`null\`: the repository has none. */
  policy?: string | null;
  files?: Record<string, string>;
  sandbox?: SandboxOptions;
  /** Starts no App: the test starts one, or several, by itself with {@link settingsFor}. */
  isWithoutApp?: boolean;
  hasSweeps?: boolean;
  /** The App was granted `contents: write`, as merging and records in files need. */
  mayWriteContents?: boolean;
  /** The App was granted `actions: write`, as running failed jobs again needs. */
  mayRunAgain?: boolean;
  /** The App knows the address that it is reached under, and takes reports of workflows. */
  isPublic?: boolean;
  /** What the operator lets policies use; left out: nothing. */
  channels?: ChannelSettings;
  /** Gets every line of the App's log, down to the finest. */
  logTo?: { write(line: string): void };
}

export interface Stage {
  github: Sandbox;
  api: Repository;
  database: TestDatabase;
  settings: Settings;
  /** The App's, as {@link pass} moves it. */
  clock: { now(): Date };
  /** The App in this process; throws where the test asked for none. */
  app: App;
  /** Points GitHub at the App and installs it on acme. */
  install(webhookUrl: string): void;
  /** Resolves when every delivery was sent and everything that it asked for is done. */
  settle(): Promise<void>;
  /** Moves GitHub's clock: it tells times to the second, and nothing within one proves what came first. */
  passOnGithub(seconds: number): void;
  /** Moves every clock, GitHub's and the App's: what falls due meanwhile is done by the next {@link settle}. */
  pass(hours: number): void;
  /** Starts the App again, as after a restart of the process. */
  startAgain(): Promise<App>;
  /** Our check on the head of a pull request; fails the test where there is none. */
  checkOf(number: number, name?: string): CheckRun;
}

/** Everything is taken down when the test has finished, and no exchange may have left GitHub's description. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
  let aheadMs = 0;
  let bothAheadMs = 0;
  const clock = { now: () => new Date(Date.now() + bothAheadMs) };
  const now = () => new Date(Date.now() + aheadMs + bothAheadMs);
  const [github, database] = await Promise.all([startSandbox({ now, ...options.sandbox }), createTestDatabase()]);
  onTestFinished(async () => {
    await github.stop();
    await database.drop();
    expect(github.violations).toEqual([]);
  });
  const policy = options.policy === undefined ? simplePolicy : options.policy;
  const acme = github.createOrganisation("acme", { olga: "admin", maria: "member", bob: "member", sam: "member" });
  acme.basePermission = "write";
  const api = github.createRepository(acme, "api", {
    files: {
      "README.md": "# api\n",
      "src/list.ts": "export const list = [];\n",
      ...(policy === null ? {} : { ".github/checkpoints.yml": policy }),
      ...options.files,
    },
  });
  const settings = settingsFor(github, database, options.channels);
  if (options.isPublic === true) {
    settings.port = await aFreePort();
    settings.publicUrl = `http://127.0.0.1:${settings.port}`;
  }
  const start = () => startTestApp(settings, options.hasSweeps ?? false, clock, options.logTo);
  const app = options.isWithoutApp ? null : await start();
  const stage: Stage = {
    github,
    api,
    database,
    settings,
    clock,
    get app() {
      if (app === null) throw new Error("This test starts its own App");
      return app;
    },
    install(webhookUrl) {
      const contents = options.mayWriteContents ? "write" : "read";
      const actions = options.mayRunAgain ? "write" : "read";
      const permissions = { ...USUAL_PERMISSIONS, deployments: "write", contents, actions } as const;
      github.installApp(acme, { appId, name: "Holdpoint", publicKey, webhookSecret, hookUrl: webhookUrl, permissions });
    },
    settle: () => settle(github, database, bothAheadMs),
    passOnGithub: (seconds) => {
      aheadMs += seconds * 1_000;
    },
    pass(hours) {
      bothAheadMs += hours * 3_600_000;
    },
    startAgain: start,
    checkOf(number, name = "holdpoint: main") {
      const runs = github.checksOf(api, number).filter((run) => run.name === name);
      expect(runs).toHaveLength(1);
      return runs[0] as CheckRun;
    },
  };
  if (app !== null) {
    stage.install(webhookUrlOf(app));
    await stage.settle();
  }
  return stage;
}

export function webhookUrlOf({ url }: Pick<App, "url">): string {
  return `${url}/api/github/webhooks`;
}

export function settingsFor(
  github: Sandbox,
  database: TestDatabase,
  channels = readChannelSettings({}).settings,
): Settings {
  return {
    appId,
    privateKey,
    webhookSecrets: [webhookSecret],
    apiUrl: github.url,
    graphqlUrl: `${github.url}/graphql`,
    serverUrl: github.url,
    databaseUrl: database.url,
    dataDir: "unused",
    port: 0,
    host: "127.0.0.1",
    publicUrl: null,
    oidcIssuer: `${github.url}/_services/token`,
    logLevel: "silent",
    concurrency: 8,
    channels,
  };
}

/** The same settings as a process reads them. */
export function environmentFor(settings: Settings): Record<string, string> {
  return {
    APP_ID: String(settings.appId),
    PRIVATE_KEY: settings.privateKey,
    WEBHOOK_SECRET: settings.webhookSecrets.join(","),
    GITHUB_API_URL: settings.apiUrl,
    ...(settings.publicUrl === null ? {} : { PUBLIC_URL: settings.publicUrl }),
    OIDC_ISSUER: settings.oidcIssuer,
    DATABASE_URL: settings.databaseUrl ?? "",
    PORT: String(settings.port),
    HOST: settings.host ?? "",
    LOG_LEVEL: settings.logLevel,
  };
}

export async function startTestApp(
  settings: Settings,
  hasSweeps = false,
  clock: { now(): Date } = { now: () => new Date() },
  logTo?: StageOptions["logTo"],
): Promise<App> {
  const log = logTo ? pino({ level: "trace" }, logTo) : pino({ level: process.env.LOG_LEVEL ?? "silent" });
  const app = await startApp(settings, { log, clock, hasSweeps, workersDrainMs: 1_000 });
  let isStopped: Promise<void> | null = null;
  const stop = () => {
    isStopped ??= app.stop();
    return isStopped;
  };
  onTestFinished(stop);
  return { ...app, stop };
}

async function settle(github: Sandbox, database: TestDatabase, aheadMs: number): Promise<void> {
  let seen = -1;
  await until(async () => {
    await github.webhooks.flush();
    const [row] = await database.query<{ busy: number; runs: number }>(
      "select count(*) filter (where due_at <= now() + $1 * interval '1 ms' or lease_until is not null)::int as busy, sum(generation)::int as runs from jobs",
      [aheadMs],
    );
    const runs = row?.runs ?? 0;
    const isQuiet = row?.busy === 0 && seen === runs;
    seen = runs;
    return isQuiet;
  });
}
