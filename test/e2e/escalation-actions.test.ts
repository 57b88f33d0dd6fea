/** What levels do besides talking: failed jobs run again, and channels told. */

import { expect, it } from "vitest";
import { setStage } from "../support/holdpoint.ts";

const checkPolicy = `version: 1
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
checkpoints:
  tested:
    when: { changed_files: ["src/**"] }
    approver: peer
    approvals: 0
    conditions: { statuses: { unit: [success] } }
escalation_levels:
  level_1: { retries: 2, timeout: 2h }
`;

async function aFailingChange(policy = checkPolicy) {
  const stage = await setStage({ policy, mayRunAgain: true });
  const { github, api, settle, passOnGithub, database } = stage;
  const files = { "src/list.ts": "export const list = [1];\n" };
  const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files });
  await settle();
  const headSha = api.pulls.get(number)?.head.sha ?? "";
  const run = github.startWorkflow(api, { name: "CI", headSha, jobs: ["unit"] }, "maria");
  return Object.assign(stage, {
    number,
    run,
    async fail() {
      passOnGithub(60);
      github.finishWorkflow(run, "failure");
      await settle();
    },
    entries: () =>
      database.query<{ kind: string; level: string | null; action: string | null; outcome: string | null }>(
        `select kind, data->>'level' as level, data->>'action' as action, data->>'outcome' as outcome
          from ledger where kind like 'escalation%' order by seq`,
      ),
  });
}

it("failed jobs are run again twice in all, each time they fail, and not a third time", async () => {
  const { run, fail, entries, checkOf, number } = await aFailingChange();
  await fail();
  expect(run.attempt).toBe(2);
  await fail();
  expect(run.attempt).toBe(3);
  await fail();
  expect(run.attempt).toBe(3);
  const retries = (await entries()).filter(({ action }) => action === "retries");
  expect(retries.map(({ outcome }) => outcome)).toEqual(["done", "done"]);
  expect(checkOf(number)).toMatchObject({ status: "in_progress" });
});

it("a rerun that succeeds settles it before anybody is called", async () => {
  const { run, fail, entries, github, settle, api, number, checkOf } = await aFailingChange();
  await fail();
  github.finishWorkflow(run, "success");
  await settle();
  expect((await entries()).at(-1)).toMatchObject({ kind: "escalation_settled", level: "level_1" });
  expect(checkOf(number)).toMatchObject({ conclusion: "success" });
  const said = (api.issues.get(number)?.comments ?? []).filter(({ body }) => body.includes("holdpoint:escalation"));
  expect(said).toHaveLength(1);
  expect(said[0]?.body).toContain("Failed jobs are run again: `CI` (attempt 2).");
});

it("checks of other Apps are theirs", async () => {
  const { github, api, number, settle, entries, run } = await aFailingChange();
  const other = github.installApp(api.owner, { name: "Other CI" });
  github.finishWorkflow(run, "success");
  github.report(other.app, api, api.pulls.get(number)?.head.sha ?? "", { name: "unit", conclusion: "failure" });
  await settle();
  const retries = (await entries()).filter(({ action }) => action === "retries");
  expect(retries.map(({ outcome }) => outcome)).toEqual(["nothing"]);
  expect(run.attempt).toBe(1);
});
