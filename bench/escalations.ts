/** Ten thousand timers that fell due during an hour's outage: how long until each has fired, in which order, and at what cost. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import { createCredentials } from "../src/cli/demo/app-process.ts";
import { readChannelSettings } from "../src/core/notifications/channel-settings.ts";
import { openEngine } from "../src/engine.ts";
import { USUAL_PERMISSIONS } from "../src/sandbox/actions/apps.ts";
import { GITHUB_CONTENT_LIMIT } from "../src/sandbox/http/content-limit.ts";
import { startSandbox } from "../src/sandbox/main.ts";
import type { Settings } from "../src/settings.ts";
import { mostDelayed, readReached, seedDueEscalations } from "./support/due-escalations.ts";
import { printTable } from "./support/figures.ts";

const count = 10_000;
const concurrency = 16;

/** Messages go to the day's summary, so that only GitHub and the database are measured. */
const policy = `version: 1
roles: { technical_lead: { users: [lena] }, management: { users: [olga] } }
escalation_levels: {}
notifications:
  routes: [{ severity: high, to: digest }, { severity: critical, to: digest }]
`;

export async function run(): Promise<void> {
  const github = await startSandbox({ isChecked: false, rateLimit: 1e9, contentLimit: GITHUB_CONTENT_LIMIT });
  const dataDir = await mkdtemp(join(tmpdir(), "holdpoint-bench-"));
  const { appId, privateKey, publicKey, webhookSecret } = createCredentials(4242);
  const acme = github.createOrganisation("acme", { olga: "admin", lena: "member" });
  const api = github.createRepository(acme, "api", { files: { ".github/checkpoints.yml": policy } });
  const hookUrl = "http://127.0.0.1:9/none";
  const options = { appId, name: "Holdpoint", publicKey, webhookSecret, hookUrl, permissions: USUAL_PERMISSIONS };
  const installation = github.installApp(acme, options);
  const { number } = github.as("lena").openIssue("Validation");
  const settings: Settings = {
    appId,
    privateKey,
    webhookSecrets: [webhookSecret],
    apiUrl: github.url,
    graphqlUrl: `${github.url}/graphql`,
    serverUrl: github.url,
    databaseUrl: undefined,
    dataDir,
    port: 0,
    host: "127.0.0.1",
    publicUrl: null,
    oidcIssuer: "http://localhost/_services/token",
    logLevel: "silent",
    concurrency,
    channels: readChannelSettings({}).settings,
  };
  const engine = await openEngine(settings, { log: pino({ level: "silent" }), hasSweeps: false });
  try {
    const repository = { installationId: installation.id, repositoryId: api.id, owner: "acme", name: "api" };
    const due = await seedDueEscalations(engine.store, { repository, number, count, now: new Date() });
    const startedAt = performance.now();
    await engine.start();
    for (let busy = count; busy > 0; await sleep(100)) {
      const { due: waiting, running } = await engine.store.jobs.readDepth();
      busy = waiting + running;
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const reached = await readReached(engine.store, api.id);
    const { entries } = github.requests;
    const written = entries.filter(({ isContent }) => isContent).length;
    const refused = entries.filter(({ status }) => status === 403 || status === 429).length;
    printTable(
      [`${count} timers, an hour overdue`, ""],
      [
        ["fired once", `${new Set(reached.map(({ key }) => key)).size} of ${reached.length}`],
        ["time to drain", `${seconds.toFixed(0)} s, ${Math.round(count / seconds)} a second`],
        ["out of order by at most", `${mostDelayed(due, reached)} places, ${concurrency} at work at once`],
        ["requests to GitHub each", ((entries.length - written) / count).toFixed(2)],
        ["comments at once, the others in their turn", String(written)],
        ["refused by GitHub's limits", String(refused)],
      ],
    );
  } finally {
    await engine.stop();
    await github.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}
