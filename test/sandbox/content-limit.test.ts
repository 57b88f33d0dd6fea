/** How much an account may say in a while, and what the record tells of it. */
import { expect, it } from "vitest";
import { GITHUB_CONTENT_LIMIT } from "../../src/sandbox/http/content-limit.ts";
import { aStage, type Loose } from "./stage.ts";

const MINUTE_MS = 60_000;

async function aStageWithClock(contentLimit = GITHUB_CONTENT_LIMIT) {
  const clock = { at: new Date("2026-03-02T10:00:00Z") };
  const stage = await aStage({ now: () => clock.at, contentLimit });
  const { number } = stage.github.as("bob").openIssue("Talk here");
  const on = { ...stage.at, issue_number: number };
  const say = () =>
    stage.octokit.rest.issues.createComment({ ...on, body: "Hello" }).then(
      ({ status }) => [status],
      (error: Loose) => [error.status, error.response.headers["retry-after"]],
    );
  return Object.assign(stage, { clock, on, say });
}

it("an account makes eighty things a minute, and waits for the next", async () => {
  await using stage = await aStageWithClock();
  const { clock, say, github, octokit, on } = stage;
  for (let index = 0; index < 79; index += 1) expect(await say()).toEqual([201]);
  clock.at = new Date(clock.at.getTime() + 20_000);
  expect(await say()).toEqual([201]);
  expect(await say()).toEqual([403, "40"]);
  // Changing what is there and reading are no new content, and other accounts have a limit of their own.
  await octokit.rest.issues.update({ ...on, title: "Talk there" });
  const olga = stage.octokitFor(github.tokenFor("olga"));
  expect((await olga.rest.issues.createComment({ ...on, body: "Hello" })).status).toBe(201);
  clock.at = new Date(clock.at.getTime() + 39_999);
  expect(await say()).toEqual([403, "1"]);
  clock.at = new Date(clock.at.getTime() + 1);
  expect(await say()).toEqual([201]);
  expect(github.violations).toEqual([]);
});

it("an account makes no more than its share of an hour, however slowly", async () => {
  await using stage = await aStageWithClock({ perMinute: 3, perHour: 5 });
  const answers = [];
  for (let index = 0; index < 6; index += 1) {
    stage.clock.at = new Date(stage.clock.at.getTime() + MINUTE_MS);
    answers.push(await stage.say());
  }
  expect(answers).toEqual([[201], [201], [201], [201], [201], [403, String(55 * 60)]]);
});

it("the record tells who made how much in how short a time", async () => {
  await using stage = await aStageWithClock();
  const { clock, say, github, octokit, on } = stage;
  for (const afterMs of [0, 10_000, 20_000, 39_999, 1, 60_000]) {
    clock.at = new Date(clock.at.getTime() + afterMs);
    await say();
  }
  await octokit.rest.issues.addLabels({ ...on, labels: ["bug"] });
  await octokit.rest.issues.listComments(on);
  const made = github.requests.entries.filter(({ isContent }) => isContent);
  expect(new Set(made.map(({ by }) => by))).toEqual(new Set(["gatekeeper[bot]"]));
  // At 0, 10, 30, 69.999, 70 and 130 s: from the second to the fifth it is a minute, which no longer counts.
  expect(github.requests.mostContent("gatekeeper[bot]", MINUTE_MS)).toBe(3);
  expect(github.requests.mostContent("gatekeeper[bot]", 60 * MINUTE_MS)).toBe(6);
  expect(github.requests.mostContent("bob", MINUTE_MS)).toBe(0);
});
