/** What an override owes: nothing is let go before it is written down, and it stays owed whatever becomes of its issue. */

import { expect, it } from "vitest";
import { type Deploying, deploying } from "../support/deploying.ts";

const override = "/holdpoint deploy override production the site is down and the fix was pushed by hand";
const approve = "/holdpoint deploy approve production";
const reviewed = "/holdpoint reviewed sound the push was right, and the branch is protected from now on";

/** A push by hand on top of a merge waits. */
async function byHand() {
  const stage = await deploying();
  const { github, merge, request, say, pass, settle } = stage;
  await merge("First");
  const before = await request();
  await say("lena", approve);
  github.finishDeployment(before, "success");
  await settle();
  github.as("maria").push("main", { "src/night.ts": "export const night = 1;\n" }, "By hand");
  const { number: other } = await merge("Second");
  const run = await request();
  pass(0.02);
  await settle();
  expect(stage.answerTo(run)).toBe("pending");
  return Object.assign(stage, { run, other });
}

const reviews = ({ issues }: Pick<Deploying, "issues">) =>
  issues().filter(({ title }) => title.startsWith("Post-review"));

const escalations = ({ database }: Pick<Deploying, "database">) =>
  database.query<{ key: string }>("select key from escalations where key like 'post-review:%'");

/** Numbers under which something of it is being escalated. */
const numbersStuck = async ({ database }: Pick<Deploying, "database">) =>
  (await database.query<{ number: number }>("select number from escalations where closed_at is null")).map(
    ({ number }) => number,
  );

it("where issues are off, an override is refused in words, and works once they are on", async () => {
  const stage = await byHand();
  const { github, run, other, answerTo, reportsTo, pass, settle, ledger } = stage;
  github.as("olga").switchIssuesOff();
  pass(1);
  github.as("lena").comment(other, approve);
  github.as("otto").comment(other, override);
  await settle();
  expect(answerTo(run)).toBe("pending");
  expect(reportsTo(run).at(-1)).toContain("the issue for it cannot be filed");
  expect((await ledger()).at(-1)).toBe("deployment_requested");
  github.as("olga").switchIssuesOn();
  pass(0.2);
  await settle();
  expect(reviews(stage)).toMatchObject([{ state: "open" }]);
  expect(answerTo(run)).toBe("approved");
  expect((await ledger()).slice(-2)).toEqual(["deployment_requested", "deployment_overridden"]);
});

it("deleting the issue of an override files it anew, and it is escalated, reviewed and done there", async () => {
  const stage = await byHand();
  const { github, run, issue, answerTo, pass, passOnGithub, settle } = stage;
  const { number } = issue();
  for (const words of [override, approve]) {
    github.as(words === override ? "otto" : "lena").comment(number, words);
    await settle();
  }
  expect(answerTo(run)).toBe("approved");
  const [first] = reviews(stage);
  github.as("olga").deleteIssue(first?.number ?? 0);
  await settle();
  const [second, ...more] = reviews(stage);
  expect(more).toEqual([]);
  expect(second).toMatchObject({ state: "open", body: first?.body });
  expect(second?.number).not.toBe(first?.number);

  pass(25);
  await settle();
  expect(await escalations(stage)).toHaveLength(1);
  github.as("olga").deleteIssue(second?.number ?? 0);
  await settle();
  const [third] = reviews(stage);
  expect(third).toMatchObject({ state: "open" });
  expect(await numbersStuck(stage)).toEqual([third?.number]);

  passOnGithub(2);
  github.as("lena").comment(third?.number ?? 0, reviewed);
  await settle();
  expect(third).toMatchObject({ state: "closed", body: expect.stringContaining("the push was right") });
  expect(await numbersStuck(stage)).toEqual([]);
});

it("what an override owes is escalated also where issues were switched off afterwards", async () => {
  const stage = await byHand();
  const { github, run, issue, answerTo, pass, settle } = stage;
  const { number } = issue();
  github.as("otto").comment(number, override);
  github.as("lena").comment(number, approve);
  await settle();
  expect(answerTo(run)).toBe("approved");
  github.as("olga").switchIssuesOff();
  pass(25);
  await settle();
  expect(await escalations(stage)).toHaveLength(1);
});

it("of what was merged before Holdpoint was there, one override lets all go, and the next deployment asks for none", async () => {
  const stage = await deploying();
  const { github, merge, request, issue, issues, answerTo, say, pass, settle } = stage;
  github.webhooks.hold();
  for (const title of ["Long ago", "Not so long ago"]) {
    const files = { [`src/${title.length}.ts`]: "1\n" };
    const { number } = github.as("maria").openPullRequest({ title, files });
    github.as("olga").merge(number);
  }
  github.webhooks.release(() => []);
  await settle();
  const first = await request();
  pass(0.02);
  await settle();
  expect(answerTo(first)).toBe("pending");
  expect(issue().body).toContain("not seen merged");
  const { number } = issue();
  for (const [login, words] of [
    ["lena", approve],
    ["otto", override],
  ] as const) {
    github.as(login).comment(number, words);
    await settle();
  }
  expect(answerTo(first)).toBe("approved");
  github.finishDeployment(first, "success");
  await settle();
  await merge("After");
  const next = await request();
  expect(issues().at(-1)?.body).not.toContain("not seen");
  await say("lena", approve);
  expect(answerTo(next)).toBe("approved");
});

it("where nothing was deployed before, what was merged before Holdpoint was there is asked of nobody", async () => {
  const { github, merge, request, say, answerTo, settle } = await deploying();
  github.webhooks.hold();
  const { number } = github.as("maria").openPullRequest({ title: "Long ago", files: { "src/old.ts": "1\n" } });
  github.as("olga").merge(number);
  github.webhooks.release(() => []);
  await settle();
  await merge("After");
  const run = await request();
  await say("lena", approve);
  expect(answerTo(run)).toBe("approved");
});
