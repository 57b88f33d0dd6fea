/** The demonstration as somebody sees it who has just cloned the repository: the real command, nothing prepared. */

import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { runCli } from "../support/run-cli.ts";

const program = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));
const timeout = 120_000;

/** A place for temporary files that one can look through afterwards. */
function aTemporaryPlace(): string {
  const place = mkdtempSync(join(tmpdir(), "holdpoint-test-"));
  chmodSync(place, 0o755); // As root the database runs as another user, who has to get in.
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

it("tells its story once, every check as told, and leaves nothing behind", { timeout }, async () => {
  const TMPDIR = aTemporaryPlace();
  const { exitCode, stdout, stderr } = await runCli(["demo", "--once"], { env: { TMPDIR } });

  expect(stderr).toBe("");
  const titles = [...stdout.matchAll(/╭ (#\d) {2}holdpoint: main {2}(.*)\n {2}│ (.*)\n/g)];
  expect(titles.map(([, ...parts]) => parts.join(" | ").replace(/\d\d:\d\d UTC/, "03:40 UTC"))).toEqual([
    "#1 | success | ✓ Approved: nobody needed (automatic)",
    "#2 | in progress | ● Waiting for peer (1 of 1)",
    "#2 | success | ✓ Approved: peer review by @bob",
    "#3 | failure | ✗ Waiting for technical_lead (1 of 1) and a migration strategy",
    "#3 | in progress | ● Waiting for technical_lead (1 of 1)",
    "#3 | success | ✓ Approved: expert review by @lena",
    "#4 | in progress | ● Waiting for security_team (1 of 1)",
    "#4 | success | ✓ Approved: guarded change by @sam",
    "#5 | in progress | ● Waiting for policy_owner (1 of 1) and security_team (1 of 1)",
    '#2 | failure | ✗ Policy broken: line 18, "soon" is not a duration',
    "#2 | success | ✓ Approved: peer review by @bob",
    "#7 | in progress | ● Waiting for peer (1 of 1)",
    "#7 | in progress | ● Waiting for peer (1 of 1)",
    "#7 | neutral | ◌ Bypassed by @otto until 03:40 UTC, post-review #8",
  ]);
  const issues = [...stdout.matchAll(/╭ (#\d) {2}issue {2}(.*)\n {2}│ (.*)\n/g)];
  expect(issues.map(([, ...parts]) => parts.join(" | "))).toEqual([
    "#6 | open | Post-review of #5: Give security more time",
    "#7 | open | Sort orders without a date last",
    "#8 | open | Post-review of #7: Sort orders without a date last",
    "#8 | closed | Post-review of #7: Sort orders without a date last",
  ]);
  const deployments = [...stdout.matchAll(/╭ production {2}[0-9a-f]{7} {2}(.*)\n/g)];
  expect(deployments.map(([, state]) => state)).toEqual(["waiting", "in progress"]);
  expect(stdout).toContain('│ .github/checkpoints.yml:18 "soon" is not a duration');
  expect(stdout).toContain("That was the story: every check came out as told.");
  expect(stdout).not.toContain("\u001b[");
  for (const line of stdout.split("\n")) expect([...line].length, line).toBeLessThanOrEqual(100);
  expect(exitCode).toBe(0);
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("holdpoint-demo-"))).toEqual([]);
});

it("stays up, shows what others do to a check, and ends with its App on Ctrl-C", { timeout }, async () => {
  const TMPDIR = aTemporaryPlace();
  const demo = spawn(process.execPath, [program, "demo", "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, HOME: TMPDIR, TMPDIR },
  });
  onTestFinished(() => void demo.kill("SIGKILL"));
  const ended = new Promise((resolve) => demo.once("close", resolve));
  const lines = createInterface({ input: demo.stdout })[Symbol.asyncIterator]();
  const hear = async (kind: string) => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`The demonstration ended without "${kind}"`);
      const told = JSON.parse(value);
      if (told.kind === kind) return told;
    }
  };
  const { github, app } = await hear("started");
  await hear("staying");

  const port = ["--port", new URL(github).port];
  expect(await runCli(["demo", "act", "kim", "object", "2", "Why?", ...port])).toMatchObject({ stdout: "Done.\n" });
  expect(await hear("check")).toMatchObject({
    pullRequest: 2,
    conclusion: "failure",
    title: expect.stringContaining("@kim"),
  });
  const refused = await runCli(["demo", "act", "kim", "merge", "2", ...port]);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("GitHub refuses: ") });

  demo.kill("SIGINT");
  expect(await ended).toBe(0);
  await expect(fetch(`${app}/healthz`)).rejects.toThrow();
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("holdpoint-demo-"))).toEqual([]);
});

it("says where to start when nothing runs to act in", async () => {
  const ran = await runCli(["demo", "act", "bob", "approve", "2", "--port", "1"]);
  expect(ran).toMatchObject({
    exitCode: 2,
    stderr: 'No demonstration answers on port 1. Start one with "npm run demo".\n',
  });
});
