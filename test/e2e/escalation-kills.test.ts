/** Killed at every level, Holdpoint goes on where it was: no step is lost, and none is done twice. */

import { expect, it } from "vitest";
import type { Organisation } from "../../src/sandbox/state/accounts.ts";
import { serveProcess } from "../support/app-process.ts";
import { aFreePort } from "../support/free-port.ts";
import { setStage, webhookUrlOf } from "../support/holdpoint.ts";
import { until } from "../support/until.ts";

const policy = `version: 1
roles:
  technical_lead: { teams: [acme/leads] }
  management: { users: [olga] }
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
checkpoints:
  source_review: { when: { changed_files: ["src/**"] }, approver: technical_lead, timeout: 1s }
escalation_levels:
  level_2: { timeout: 1s }
  level_3: { timeout: 1s }
`;

const levels = ["level_2", "level_3", "level_4"];
const comments = { method: "POST", path: /\/issues\/\d+\/comments$/ };

it("killed while each level speaks, once before it was written and once after", async () => {
  const stage = await setStage({ policy, isWithoutApp: true });
  const { github, api, database, settle } = stage;
  github.createTeam(api.owner as Organisation, "leads", ["sam", "bob"], { repositories: [[api, "write"]] });
  const port = await aFreePort();
  let running = await serveProcess(stage, port);
  stage.install(webhookUrlOf(running));
  await settle();
  /** @param faults that the next process meets from its start on */
  const killAndRestart = async (faults: () => void) => {
    await running.kill("SIGKILL");
    github.faults.clear();
    faults();
    // What the dead process held, or failed at, is free at once, as after its lease and its wait.
    await database.query(
      "update jobs set lease_until = null, holder = null, not_before = null, due_at = now() where lease_until is not null or kind = 'escalation'",
    );
    running = await serveProcess(stage, port);
  };
  const hang = () => github.faults.failNext(comments, { kind: "hang" }, 100);
  const entries = () =>
    database.query<{ kind: string; level: string; action: string | null }>(
      `select kind, data->>'level' as level, data->>'action' as action from ledger
        where kind in ('escalation_level', 'escalation_step') order by seq`,
    );
  const said = (level: string) =>
    (api.issues.get(number)?.comments ?? []).filter(({ body }) => body.includes(`This is ${level}`));

  hang();
  const files = { "src/list.ts": "export const list = [1];\n" };
  const { number } = github.as("maria").openPullRequest({ title: "Sort the list", files });
  for (const level of levels) {
    // Settled and begun, and not written.
    await until(async () =>
      (await entries()).some((entry) => entry.kind === "escalation_level" && entry.level === level),
    );
    expect(said(level)).toHaveLength(0);
    await killAndRestart(() => {
      // Written, and the answer lost with the process.
      github.faults.failNext(comments, { kind: "lose_answer" });
      hang();
    });
    await until(() => said(level).length > 0);
    await killAndRestart(hang);
    await until(async () => (await entries()).some((entry) => entry.level === level && entry.action === "comment"));
  }
  await settle();
  const once = (await entries()).map(({ kind, level, action }) => `${kind} ${level} ${action}`);
  expect(new Set(once).size).toBe(once.length);
  expect(once).toHaveLength(3 + 12);
  for (const level of levels) expect(said(level)).toHaveLength(1);
  expect([...(api.issues.get(number)?.assignees ?? [])]).toHaveLength(1);
  expect(await running.kill("SIGTERM")).toBe(0);
}, 180_000);
