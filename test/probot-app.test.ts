/** Holdpoint in a Probot server: real Probot, its own middleware over HTTP, the simulated GitHub and a real database. */

import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { pino } from "pino";
import { createNodeMiddleware, Probot } from "probot";
import { expect, it, onTestFinished } from "vitest";
import { loadHoldpoint } from "../src/probot-app.ts";
import { aFreePort } from "./support/free-port.ts";
import { environmentFor, type Stage, setStage, webhookSecret, webhookUrlOf } from "./support/holdpoint.ts";
import { until } from "./support/until.ts";

const files = { "src/list.ts": "export const list = [1];\n" };
const sha = "a".repeat(40);
const opened = {
  action: "opened",
  installation: { id: 3 },
  repository: { id: 11, full_name: "acme/api" },
  pull_request: { number: 42, title: "A secret plan \u0000 ☃", head: { sha }, base: { sha, ref: "main" } },
};

interface ProbotServer {
  url: string;
  probot: Probot;
  stop(): Promise<void>;
  /** What Probot and Holdpoint wrote to the log. */
  logged(): string;
}

async function startProbot(
  { settings }: Pick<Stage, "settings">,
  { secret = webhookSecret, keepWithinMs = 5_000 }: { secret?: string | undefined; keepWithinMs?: number } = {},
): Promise<ProbotServer> {
  let logged = "";
  const log = pino(
    { level: "warn" },
    {
      write(line: string) {
        logged += line;
      },
    },
  );
  const { appId, privateKey, apiUrl: baseUrl } = settings;
  const probot = new Probot({ appId, privateKey, baseUrl, secret, log });
  const options = { log, hasSweeps: false, workersDrainMs: 1_000, keepWithinMs };
  let stop = async (): Promise<void> => {};
  const middleware = await createNodeMiddleware(
    async (app) => {
      const loaded = await loadHoldpoint(app, settings, options);
      let stopped: Promise<void> | null = null;
      stop = () => {
        stopped ??= loaded.stop();
        return stopped;
      };
    },
    { probot },
  );
  const server = createServer((request, response) => void middleware(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await stop();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, probot, stop: () => stop(), logged: () => logged };
}

async function post(
  app: { url: string },
  payload: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(payload);
  const response = await fetch(webhookUrlOf(app), {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "pull_request",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": `sha256=${createHmac("sha256", webhookSecret).update(body).digest("hex")}`,
      ...headers,
    },
  });
  return { status: response.status, text: await response.text() };
}

it("signed deliveries through Probot lead to the check, and an approval opens it", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const { github, database, checkOf, settle } = stage;
  const probot = await startProbot(stage);
  stage.install(webhookUrlOf(probot));
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  github.as("bob").approve(number);
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "completed", conclusion: "success" });
  expect(await database.query("select head_sha from reviews_seen")).toEqual([
    { head_sha: github.as("maria").pull(number).head.sha },
  ]);
  expect(probot.logged()).toBe("");
});

it("a delivery is kept before the answer, once however often it comes, and what changes nothing is not kept", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const probot = await startProbot(stage);
  const id = { "x-github-delivery": randomUUID() };
  expect((await post(probot, opened, id)).status).toBe(200);
  expect((await post(probot, opened, id)).status).toBe(200);
  expect((await post(probot, { ...opened, action: "assigned" })).status).toBe(200);
  expect((await post(probot, opened, { "x-github-event": "tea_ready" })).status).toBe(200);
  expect(await stage.database.query("select id, event, action, payload from deliveries")).toEqual([
    { id: id["x-github-delivery"], event: "pull_request", action: "opened", payload: JSON.stringify(opened) },
  ]);
});

it("what a script hands to Probot by itself is kept too", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const { probot } = await startProbot(stage);
  await probot.receive({ id: randomUUID(), name: "pull_request", payload: opened as never });
  expect(await stage.database.query("select event from deliveries")).toEqual([{ event: "pull_request" }]);
});

it.each<{ name: string; headers: Record<string, string> }>([
  { name: "a signature of something else", headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` } },
  { name: "a delivery id of odd characters", headers: { "x-github-delivery": "a b" } },
])("$name is refused", async ({ headers }) => {
  const stage = await setStage({ isWithoutApp: true });
  const probot = await startProbot(stage);
  expect((await post(probot, opened, headers)).status).toBe(400);
  expect(await stage.database.query("select id from deliveries")).toEqual([]);
});

it("when the database is away, GitHub hears so, nothing of the delivery is told or logged, and a redelivery is kept", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const probot = await startProbot(stage);
  const id = { "x-github-delivery": randomUUID() };
  await stage.database.query("alter table deliveries rename to deliveries_away");
  const answer = await post(probot, opened, id);
  expect(answer.status).toBe(503);
  expect(answer.text).toBe('{"error":"DeliveryRefused: Holdpoint cannot keep deliveries at the moment"}');
  expect(probot.logged()).toContain("A delivery could not be kept");
  expect(probot.logged()).not.toContain("A secret plan");

  await stage.database.query("alter table deliveries_away rename to deliveries");
  expect((await post(probot, opened, id)).status).toBe(200);
  expect(await stage.database.query("select id from deliveries")).toEqual([{ id: id["x-github-delivery"] }]);
});

it("a database that does not answer in time is no answer either", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const probot = await startProbot(stage, { keepWithinMs: 50 });
  const other = new pg.Client({ connectionString: stage.database.url });
  await other.connect();
  await other.query("begin; lock table deliveries in access exclusive mode");
  expect((await post(probot, opened)).status).toBe(503);
  await other.end();
});

it("once stopped, nothing is taken in", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const probot = await startProbot(stage);
  await probot.stop();
  expect((await post(probot, opened)).status).toBe(503);
});

it.each<{ name: string; secret: string | undefined }>([
  { name: "none, for which Probot takes a word that everybody knows", secret: undefined },
  { name: "a list", secret: `${webhookSecret},${"f".repeat(32)}` },
  { name: "another one", secret: "f".repeat(32) },
])("does not load where the secret that Probot was given is $name", async ({ secret }) => {
  const stage = await setStage({ isWithoutApp: true });
  const { appId, privateKey } = stage.settings;
  const probot = new Probot({ appId, privateKey, secret, logLevel: "fatal" });
  const load = probot.load(async (app) => {
    await loadHoldpoint(app, stage.settings, { log: pino({ level: "silent" }) });
  });
  await expect(load).rejects.toThrow("another secret than WEBHOOK_SECRET");
});

it("under `probot run` it is set up by the environment, judges, and ends in order when asked to", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const { github, settings, checkOf, settle } = stage;
  const port = await aFreePort();
  const root = join(import.meta.dirname, "..");
  const child = spawn(
    process.execPath,
    [join(root, "node_modules/probot/bin/probot.js"), "run", "./src/probot-app.ts"],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? "",
        ...environmentFor({ ...settings, port }),
        LOG_LEVEL: "info",
        LOG_FORMAT: "json",
        NODE_ENV: "production",
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  await until(() => said.includes("Listening on") || child.exitCode !== null);
  expect(said).toContain("Listening on");
  stage.install(webhookUrlOf({ url: `http://127.0.0.1:${port}` }));
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(said).toContain("Holdpoint is stopping");
});
