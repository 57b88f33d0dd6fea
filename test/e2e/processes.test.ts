/** Holdpoint as processes: killed, doubled, stopped, and started with settings that are not right. */

import { describe, expect, it } from "vitest";
import { serveProcess, startAppProcess } from "../support/app-process.ts";
import { aFreePort } from "../support/free-port.ts";
import { environmentFor, setStage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";
import { until } from "../support/until.ts";

const files = (text: string) => ({ "src/list.ts": `export const list = [${text}];\n` });
it("killed ten times between the answer and the judgement, every pull request still gets its verdict", async () => {
  const stage = await setStage({ isWithoutApp: true });
  const { github, database, checkOf, settle } = stage;
  const port = await aFreePort();
  let running = await serveProcess(stage, port);
  stage.install(webhookUrlOf(running));
  await settle();
  const numbers: number[] = [];
  for (let round = 0; round < 10; round++) {
    github.faults.failNext({ path: "/graphql" }, { kind: "hang" }, 100); // Nothing can be judged.
    const { number } = github.as("maria").openPullRequest({ title: `Change ${round}`, files: files(String(round)) });
    numbers.push(number);
    await github.webhooks.flush();
    await running.kill("SIGKILL");
    github.faults.clear();
    // What the dead process held is free once its lease is over.
    await database.query("update jobs set lease_until = clock_timestamp() where lease_until is not null");
    running = await serveProcess(stage, port);
  }
  const answered = github.world.deliveries.filter(
    ({ event, action }) => event === "pull_request" && action === "opened",
  );
  expect(answered.map(({ statusCode }) => statusCode)).toEqual(Array.from({ length: 10 }, () => 202));
  await until(() =>
    numbers.every((number) => github.checksOf(stage.api, number).some(({ name }) => name === "holdpoint: main")),
  );
  await settle();
  for (const number of numbers) expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  expect(await running.kill("SIGTERM")).toBe(0);
}, 120_000);

it("two on one database share the work, and no check is written twice", async () => {
  const stage = await setStage();
  const { github, api, checkOf, settle, settings } = stage;
  await startTestApp(settings);
  const opened = Array.from({ length: 12 }, (_, i) =>
    github.as("maria").openPullRequest({ title: `Change ${i}`, files: files(String(i)) }),
  );
  await settle();
  for (const { number } of opened) github.as("bob").approve(number);
  await settle();
  for (const { number } of opened) expect(checkOf(number)).toMatchObject({ conclusion: "success" });
  expect(api.checkRuns.filter(({ name }) => name.startsWith("holdpoint"))).toHaveLength(12);
});

describe("settings that are not right", () => {
  it.each<{ name: string; change: Record<string, string>; says: string }>([
    { name: "a secret that is too short", change: { WEBHOOK_SECRET: "development" }, says: "openssl rand -hex 32" },
    { name: "no App id", change: { APP_ID: "" }, says: "APP_ID is missing" },
    { name: "a key that is none", change: { PRIVATE_KEY: "soon" }, says: "PRIVATE_KEY is not a private key" },
  ])("$name: says so in one line and ends with 2", async ({ change, says }) => {
    const { settings } = await setStage({ isWithoutApp: true });
    const { code, said } = await startAppProcess({ ...environmentFor(settings), ...change });
    expect(await code).toBe(2);
    expect(said()).toContain(says);
    expect(said().trim().split("\n")).toHaveLength(1);
  });

  it("a database that is not there: says so in one line and ends with 3", async () => {
    const { settings } = await setStage({ isWithoutApp: true });
    const { code, said } = await startAppProcess({
      ...environmentFor(settings),
      DATABASE_URL: "postgres://x:secretpass@127.0.0.1:1/none",
    });
    expect(await code).toBe(3);
    expect(said().trim().split("\n")).toHaveLength(1);
    expect(said()).not.toContain("secretpass");
  });
});
