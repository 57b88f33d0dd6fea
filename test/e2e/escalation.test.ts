/** What is overdue is told ever more widely, each level once, and nothing opens by it. */

import { expect, it } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import { type Stage, setStage } from "../support/holdpoint.ts";

const policy = `version: 1
roles:
  technical_lead: { teams: [acme/leads] }
  management: { users: [olga] }
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
checkpoints:
  source_review:
    when: { changed_files: ["src/**"] }
    approver: technical_lead
    timeout: 4h
escalation_levels: {}
`;

async function aStage() {
  const stage = await setStage({ policy });
  const { github, api, settle, pass } = stage;
  github.createTeam(api.owner as Organisation, "leads", ["sam", "bob"], { repositories: [[api, "write"]] });
  const files = { "src/list.ts": "export const list = [1];\n" };
  const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files });
  await settle();
  return Object.assign(stage, {
    number,
    /** What Holdpoint said of the escalation. */
    said: () =>
      (api.issues.get(number)?.comments ?? []).map(({ body }) => body).filter((body) => body.includes("overdue")),
    async after(hours: number) {
      pass(hours);
      await settle();
    },
  });
}

/** Levels and steps in the order in which they were kept. */
async function stepsOf({ database }: Stage): Promise<string[]> {
  const rows = await database.query<{ data: { level: string; action?: string; outcome?: string } }>(
    "select data from ledger where kind in ('escalation_level', 'escalation_step') order by seq",
  );
  return rows.map(({ data }) =>
    data.action === undefined ? data.level : `${data.level} ${data.action} ${data.outcome}`,
  );
}

it("a review that nobody gives goes up level by level, and then somebody is reminded every day", async () => {
  const stage = await aStage();
  const { api, number, checkOf, said, after } = stage;
  expect(checkOf(number).output.summary).not.toContain("overdue");
  await after(4.01);
  expect(said()).toHaveLength(1);
  expect(said()[0]).toMatch(
    /^\*\*source_review is overdue since .* UTC\.\*\* This is level_2 \(developer attention\)\./,
  );
  expect(said()[0]).toContain("- @maria, @bob and @sam: this waits for you.");
  expect(checkOf(number).output.summary).toMatch(/, overdue and escalated to level_2 on \d+ \w+ \d\d:\d\d UTC/);
  await after(0.4);
  expect(said()).toHaveLength(1);
  await after(0.2);
  expect(said()).toHaveLength(2);
  expect(said()[1]).toContain("This is level_3 (expert attention).");
  expect(said()[1]).toContain("told as `technical_lead`");
  expect([...(api.issues.get(number)?.labels ?? [])].map(({ name }) => name)).toEqual(["holdpoint:escalated"]);
  expect([...(api.issues.get(number)?.assignees ?? [])]).toHaveLength(1);
  await after(2.1);
  expect(said()[2]).toContain("- @olga: told as `management`.");
  await after(4.1);
  expect(said()).toHaveLength(3);
  await after(24.1);
  await after(24.1);
  expect(said()).toHaveLength(5);
  expect(said()[4]).toContain("this is reminder 2, one a day until it is settled");
  expect(await stepsOf(stage)).toEqual([
    "level_2",
    "level_2 developer_notification done",
    "level_2 automated_diagnostics done",
    "level_2 suggested_solutions done",
    "level_2 comment done",
    "level_3",
    "level_3 technical_lead_notification done",
    "level_3 detailed_analysis done",
    "level_3 manual_intervention done",
    "level_3 comment done",
    "level_4",
    "level_4 resource_allocation nothing",
    "level_4 management_notification done",
    "level_4 external_support nothing",
    "level_4 comment done",
    "continuous_monitoring",
  ]);
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
});

it("an approval settles it: the label comes off, and nothing more is said", async () => {
  const stage = await aStage();
  const { github, api, number, said, after, settle, checkOf } = stage;
  await after(4.01);
  await after(0.6);
  github.as("bob").approve(number);
  await settle();
  expect(checkOf(number)).toMatchObject({ conclusion: "success" });
  expect([...(api.issues.get(number)?.labels ?? [])]).toEqual([]);
  await after(48);
  expect(said()).toHaveLength(2);
});
