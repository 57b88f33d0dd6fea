/** Deliveries that come twice, late, out of order, or not at all, and what GitHub hears when they cannot be kept. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { postDelivery } from "../support/deliver.ts";
import { setStage, startTestApp, webhookUrlOf } from "../support/holdpoint.ts";

const files = { "src/list.ts": "export const list = [1];\n" };

it("a delivery that comes fifty times at once has one effect", async () => {
  const { github, api, app, checkOf, settle } = await setStage();
  github.webhooks.hold();
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  const held: { body: string; headers: Record<string, string> }[] = [];
  github.webhooks.release((deliveries) => {
    held.push(...deliveries);
    return [];
  });
  const opened = held.find(({ headers }) => headers["x-github-event"] === "pull_request");
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      fetch(webhookUrlOf(app), { method: "POST", headers: opened?.headers ?? {}, body: opened?.body ?? "" }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  expect(api.checkRuns.filter(({ name }) => name.startsWith("holdpoint"))).toHaveLength(1);
});

it.each([
  { name: "as they happened", order: [0, 1, 2] },
  { name: "backwards", order: [2, 1, 0] },
  { name: "approval first", order: [1, 2, 0] },
  { name: "objection first", order: [2, 0, 1] },
])("events that arrive $name end in the same verdict", async ({ order }) => {
  const { github, checkOf, settle } = await setStage();
  github.webhooks.hold();
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  github.as("bob").approve(number);
  github.as("sam").requestChanges(number, "No");
  github.webhooks.release((held) => {
    const relevant = held.filter(({ event }) => event.startsWith("pull_request"));
    return order.flatMap((index) => relevant[index] ?? []);
  });
  await settle();
  expect(checkOf(number).conclusion).not.toBe("success");
  expect(checkOf(number).output.summary).toContain("@sam");
});

it("an old approval that is replayed after it was dismissed opens nothing", async () => {
  const { github, checkOf, settle } = await setStage();
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  const review = github.as("bob").approve(number);
  await settle();
  const submitted = github.world.deliveries.find(
    ({ event, action }) => event === "pull_request_review" && action === "submitted",
  );
  github.as("olga").dismiss(number, review, "Too quick");
  await settle();
  github.webhooks.redeliver(submitted?.id ?? 0);
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress", conclusion: null });
});

it("while the database is away GitHub hears 503, and the sweep has what was missed sent again", async () => {
  const { github, database, checkOf, settle, settings } = await setStage();
  await database.query("alter table deliveries rename to deliveries_away");
  const { number } = github.as("maria").openPullRequest({ title: "Sort", files });
  await github.webhooks.flush();
  const failed = github.world.deliveries.filter(({ event }) => event === "pull_request");
  expect(failed.map(({ statusCode }) => statusCode)).toEqual([503]);
  await database.query("alter table deliveries_away rename to deliveries");
  expect(
    github.checksOf(github.repository("acme/api"), number).filter(({ name }) => name.startsWith("holdpoint")),
  ).toEqual([]);

  const second = await startTestApp(settings, true); // Its sweeps run once at the start.
  await github.waitFor(() =>
    github.world.deliveries.find(({ event, isRedelivery }) => event === "pull_request" && isRedelivery),
  );
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  await second.stop();
});

it("a pull request whose every event was lost is found by the sweep", async () => {
  const { github, checkOf, settle, settings, passOnGithub } = await setStage();
  const first = github.as("maria").openPullRequest({ title: "Known", files });
  await settle();
  passOnGithub(1);
  github.webhooks.mishapNext({}, { kind: "drop" }, 100);
  const { number } = github.as("maria").openPullRequest({ title: "Unheard of", files: { "src/b.ts": "export {};\n" } });
  github.as("bob").approve(first.number);
  await settle();
  expect(checkOf(first.number).conclusion).toBeNull();

  const second = await startTestApp(settings, true);
  await github.waitFor(() => (checkOf(first.number).conclusion === "success" ? true : undefined));
  await settle();
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
  await second.stop();
});

it("all 329 examples that GitHub documents are taken in, and the process stays well", async () => {
  const { app } = await setStage({ policy: null });
  const rejections: unknown[] = [];
  const note = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", note);
  const path = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const events = JSON.parse(readFileSync(path, "utf8")) as { name: string; examples: object[] }[];
  const deliveries = events.flatMap(({ name, examples }) => examples.map((payload) => ({ name, payload })));
  const statuses = await Promise.all(deliveries.map(({ name, payload }) => postDelivery(app, name, payload)));
  expect(statuses).toHaveLength(329);
  expect(new Set(statuses)).toEqual(new Set([202]));
  expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});
