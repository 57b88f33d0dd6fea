/** People answer an escalation by command, on the pull request. */

import { describe, expect, it } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import { setStage } from "../support/holdpoint.ts";

const policy = `version: 1
roles:
  technical_lead: { teams: [acme/leads] }
  management: { users: [olga] }
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
checkpoints:
  source_review: { when: { changed_files: ["src/**"] }, approver: technical_lead, timeout: 4h }
escalation_levels: {}
`;

/** A review that is overdue, at its first level. */
async function anOverdueReview() {
  const stage = await setStage({ policy });
  const { github, api, settle, pass, database } = stage;
  github.createTeam(api.owner as Organisation, "leads", ["sam", "bob"], { repositories: [[api, "write"]] });
  const files = { "src/list.ts": "export const list = [1];\n" };
  const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files });
  await settle();
  pass(4.01);
  await settle();
  const comments = () => api.issues.get(number)?.comments.map(({ body }) => body) ?? [];
  return Object.assign(stage, {
    number,
    comments,
    async say(login: string, text: string) {
      github.as(login).comment(number, `/holdpoint ${text}`);
      await settle();
      return comments().at(-1) ?? "";
    },
    async after(hours: number) {
      pass(hours);
      await settle();
    },
    levels: async () =>
      (
        await database.query<{ level: string }>(
          "select data->>'level' as level from ledger where kind = 'escalation_level' order by seq",
        )
      ).map(({ level }) => level),
  });
}

describe("who may", () => {
  it("the author may not put off the review of the own change, and a stranger to the roles neither", async () => {
    const { say, after, levels } = await anOverdueReview();
    const refused = "`/holdpoint snooze` is for whoever holds the role technical\\_lead";
    expect(await say("maria", "snooze 2d I am on holiday")).toContain(refused.replace("\\_", "_"));
    await after(0.6);
    expect(await levels()).toEqual(["level_2", "level_3"]);
  });
});

it("acknowledged: the level has its time anew; snoozed: the next one waits; what is wrong with it is said", async () => {
  const { say, after, levels } = await anOverdueReview();
  await after(0.4);
  expect(await say("bob", "ack looking at it")).toMatch(
    /^Seen: source_review \(level_2; the next level would follow on/,
  );
  await after(0.4);
  expect(await levels()).toEqual(["level_2"]);
  expect(await say("bob", "snooze soon the vendor answers")).toContain("For how long is missing.");
  expect(await say("bob", "snooze 8d the vendor answers")).toContain("for longer than 7 days");
  expect(await say("bob", "snooze 2d")).toContain("The reason is missing.");
  expect(await say("bob", "snooze 2 days the vendor answers")).toMatch(
    /^Put off until .*: source_review \(level_2\)\./,
  );
  await after(47);
  expect(await levels()).toEqual(["level_2"]);
  await after(1.1);
  expect(await levels()).toEqual(["level_2", "level_3"]);
});

it("handed over: the person is assigned and called, and is assigned by the levels to come", async () => {
  const { say, after, number, api, comments } = await anOverdueReview();
  expect(await say("bob", "hand-over @sam she knows the list")).toContain(
    "@sam: source_review (level_2) is handed over to you.",
  );
  const assigned = () => [...(api.issues.get(number)?.assignees ?? [])].map(({ login }) => login);
  expect(assigned()).toEqual(["sam"]);
  await after(0.6);
  expect(comments().at(-1)).toContain("Assigned to @sam");
  expect(assigned()).toEqual(["sam"]);
});

it("asked for by command, the next level comes at once, beside the expert who is asked", async () => {
  const { say, levels, comments } = await anOverdueReview();
  await say("maria", "escalate");
  expect(await levels()).toEqual(["level_2", "level_3"]);
  expect(comments().some((body) => body.includes("The next level is told now: source_review (level_2)."))).toBe(true);
});

it("a draft, a push and a reopening stop the time at most, and begin nothing anew", async () => {
  const { github, number, after, levels, settle, comments } = await anOverdueReview();
  github.as("maria").convertToDraft(number);
  await settle();
  await after(24);
  expect(await levels()).toEqual(["level_2"]);
  github.as("maria").markReady(number);
  await settle();
  github.as("maria").pushTo(number, { "src/list.ts": "export const list = [2];\n" }, "Again");
  github.as("maria").close(number);
  await settle();
  github.as("maria").reopen(number);
  await settle();
  expect(await levels()).toEqual(["level_2"]);
  await after(0.6);
  expect(await levels()).toEqual(["level_2", "level_3"]);
  expect(comments().filter((body) => body.includes("This is level_2"))).toHaveLength(1);
});
