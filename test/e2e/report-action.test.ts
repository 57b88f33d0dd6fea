/** The mode `report`, by the committed bundle, against the App with its database and the simulated GitHub with its issuer of tokens. */

import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { RunReport } from "../../src/core/failures/run-report.ts";
import type { AppPermissions } from "../../src/sandbox/state/apps.ts";
import type { WorkflowRun } from "../../src/sandbox/state/workflows.ts";
import { runAction, type StepResult } from "../support/action-runner.ts";
import { type Stage, setStage } from "../support/holdpoint.ts";
import { aFailedRun, reportOf } from "../support/reports.ts";

const canary = ["ghp", "Zk3vQ9xWmT7bLpR2sYfN8dHcJ5gKuA4eVtX6"].join("_");

const junit = (message: string, name = "adds") => `<testsuites><testsuite name="list">
<testcase name="${name}" classname="List" time="0.1"><failure message="${message}" type="AssertionError">at list.test.ts:7
password=hunter22</failure></testcase><testcase name="sorts" time="0.2"/></testsuite></testsuites>`;

interface Job {
  files?: Record<string, string>;
  inputs?: Record<string, string>;
  /** What the job may with its token. */
  permissions?: AppPermissions;
  /** `false`: the job has no `id-token: write`. */
  hasIdToken?: boolean;
  event?: { name: string; payload: unknown };
  env?: Record<string, string>;
}

/** Runs the step in a job of the run, in a checkout of its own. */
async function step(stage: Stage, run: WorkflowRun, job: Job = {}): Promise<StepResult & { workspace: string }> {
  const workspace = await mkdtemp(join(tmpdir(), "checkout-"));
  onTestFinished(() => rm(workspace, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(job.files ?? {})) {
    await mkdir(join(workspace, dirname(path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  const request = stage.github.oidc.requestFor(run);
  const { commit } = reportOf(run);
  const result = await runAction({
    github: stage.github,
    repository: stage.api,
    token: job.permissions ?? { actions: "read", contents: "read" },
    inputs: { mode: "report", url: stage.settings.publicUrl ?? "", "job-status": "failure", ...job.inputs },
    event: job.event ?? { name: run.event, payload: {} },
    env: {
      GITHUB_WORKSPACE: workspace,
      GITHUB_RUN_ID: String(run.id),
      GITHUB_RUN_ATTEMPT: String(run.attempt),
      GITHUB_WORKFLOW: run.workflow.name,
      GITHUB_JOB: "test",
      GITHUB_SHA: commit.sha,
      GITHUB_REF: commit.ref,
      RUNNER_OS: "Linux",
      RUNNER_ARCH: "X64",
      RUNNER_NAME: "GitHub Actions 1",
      ImageOS: "ubuntu24",
      ImageVersion: "20261101.1.0",
      RUNNER_TOOL_CACHE: "/opt/hostedtoolcache",
      PATH: "/opt/hostedtoolcache/node/24.1.0/x64/bin:/usr/bin",
      ...(job.hasIdToken === false
        ? {}
        : { ACTIONS_ID_TOKEN_REQUEST_URL: request.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: request.token }),
      ...job.env,
    },
  });
  return { ...result, workspace };
}

async function kept({ database }: Stage): Promise<RunReport[]> {
  const rows = await database.query<{ report: RunReport }>("select report from failure_reports order by id");
  return rows.map(({ report }) => report);
}

async function aRunningJob() {
  const stage = await setStage({ isPublic: true });
  const { run } = aFailedRun(stage);
  stage.github.setSteps(run, "test", { "Check out": "success", "Run the tests": "failure", Report: null });
  return { stage, run };
}

it("what a job knows arrives: log, tests, step, runner, tools, and nothing of its secrets", async () => {
  const { stage, run } = await aRunningJob();
  const log = `\u001b[32mok\u001b[0m\r\n10 %\r100 %\n2026-11-21T10:00:00.1234567Z token ${canary}\nDEPLOY uses tulip-of-the-day\n1 failed\n`;
  const result = await step(stage, run, {
    files: { "out/test.log": log, "reports/junit.xml": junit(`expected 2 with ${canary}`), "src/junit.ts": "" },
    inputs: { log: "out/*.log", junit: "**/junit*.xml", "exit-code": "7", command: `npm test --token=${canary}` },
    env: { DEPLOY_PASSWORD: "tulip-of-the-day" },
  });
  expect(result).toMatchObject({ exitCode: 0, stderr: "", outputs: { report: expect.stringMatching(/^\d+$/) } });
  expect(result.stdout).toContain("1 failed test of 2, 5 lines of logs");
  const [row] = await stage.database.query<Record<string, unknown>>("select * from failure_reports");
  for (const secret of [canary, canary.slice(4), "hunter22", "tulip-of-the-day"])
    expect(JSON.stringify(row)).not.toContain(secret);
  expect(await kept(stage)).toMatchObject([
    {
      job: { key: "test", name: "test", status: "failure" },
      step: { number: 2, name: "Run the tests" },
      command: "npm test --token=[redacted]",
      exit_code: 7,
      logs: [
        {
          source: "out/test.log",
          lines: ["ok", "100 %", "token [redacted]", "DEPLOY uses [redacted]", "1 failed"],
          lines_left_out: 0,
        },
      ],
      junit: {
        ...{ files: 1, tests: 2, failed: 1, seconds: 0.3, cases_left_out: 0, problems: [] },
        cases: [
          {
            ...{ suite: "list", class_name: "List", name: "adds", type: "AssertionError", kind: "failure" },
            message: "expected 2 with [redacted]",
            details: "at list.test.ts:7\npassword=[redacted]",
          },
        ],
      },
      runner: { os: "Linux", arch: "X64", image: "ubuntu24", image_version: "20261101.1.0" },
      tools: { node: "24.1.0" },
      commit: { ref: "refs/heads/main", event: "push", pull_request: null },
      started_at: expect.stringMatching(/Z$/),
    },
  ]);
});

it("a pull request's own head is told beside the trial merge that was tested", async () => {
  const { stage } = await aRunningJob();
  const pull = stage.github.as("bob").openPullRequest({ title: "Sort", files: { "src/list.ts": "export {};\n" } });
  const run = stage.github.startWorkflow(stage.api, { name: "CI", headSha: pull.head.sha, jobs: ["test"] }, "bob");
  const payload = {
    repository: { id: stage.api.id },
    pull_request: { number: pull.number, head: { sha: pull.head.sha, repo: { id: stage.api.id } } },
  };
  const result = await step(stage, run, { event: { name: "pull_request", payload } });
  expect(result.exitCode).toBe(0);
  expect(await kept(stage)).toMatchObject([{ commit: { pull_request: pull.number, head_sha: pull.head.sha } }]);
});

describe("what is odd in the checkout", () => {
  it("a link to elsewhere is not read, nor what lies in node_modules", async () => {
    const { stage, run } = await aRunningJob();
    const outside = await mkdtemp(join(tmpdir(), "outside-"));
    onTestFinished(() => rm(outside, { recursive: true, force: true }));
    await writeFile(join(outside, "secret.log"), "a secret of the machine");
    const workspace = await mkdtemp(join(tmpdir(), "linked-"));
    onTestFinished(() => rm(workspace, { recursive: true, force: true }));
    await symlink(join(outside, "secret.log"), join(workspace, "a.log"));
    await symlink(outside, join(workspace, "folder"));
    await mkdir(join(workspace, "node_modules"));
    await writeFile(join(workspace, "node_modules/junit.xml"), junit("of a dependency"));
    const inputs = { log: `*.log\nfolder/*.log\n../**/secret.log\n${outside}/*.log`, junit: "**/junit.xml" };
    const result = await step(stage, run, { inputs, env: { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: workspace } });
    expect(result.exitCode).toBe(0);
    expect(await kept(stage)).toMatchObject([{ logs: [], junit: { files: 0, cases: [] } }]);
    expect(result.annotations.filter(({ level }) => level === "warning")).toHaveLength(5);
  });

  it.each<{ name: string; xml: string; found: object }>([
    {
      name: "thousands of failures",
      xml: `<testsuite>${'<testcase name="t"><failure message="m"/></testcase>'.repeat(5_000)}</testsuite>`,
      found: { failed: 5_000, cases_left_out: 4_800 },
    },
    {
      name: "entities that would grow",
      xml: `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><testsuite><testcase name="t"><failure message="&b;"/></testcase></testsuite>`,
      found: { failed: 1, cases: [{ message: "&b;" }] },
    },
    {
      name: "XML that breaks off",
      xml: '<testsuite>\n<testcase name="t"',
      found: { problems: [{ file: "junit.xml", line: 2 }] },
    },
  ])("$name", async ({ xml, found }) => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, { files: { "junit.xml": xml }, inputs: { junit: "junit.xml" } });
    expect(result.exitCode).toBe(0);
    expect(await kept(stage)).toMatchObject([{ junit: found }]);
  });

  it("of a huge log the end is handed over", async () => {
    const { stage, run } = await aRunningJob();
    const text = `${"0123456789 a line of a build that says much\n".repeat(100_000)}the end\n`;
    await step(stage, run, { files: { "a.log": text }, inputs: { log: "a.log" } });
    const [report] = await kept(stage);
    expect(report?.logs[0]?.lines.at(-1)).toBe("the end");
    expect(report?.logs[0]?.lines).toHaveLength(1_000);
    expect(report?.logs[0]?.lines_left_out).toBeGreaterThan(1_000);
  });

  it("a log in UTF-16, as Windows PowerShell writes it", async () => {
    const { stage, run } = await aRunningJob();
    const workspace = await mkdtemp(join(tmpdir(), "windows-"));
    onTestFinished(() => rm(workspace, { recursive: true, force: true }));
    await writeFile(join(workspace, "a.log"), Buffer.from("\ufeffit broke\r\n", "utf16le"));
    await step(stage, run, { inputs: { log: "a.log" }, env: { GITHUB_WORKSPACE: workspace } });
    expect(await kept(stage)).toMatchObject([{ logs: [{ lines: ["it broke"] }] }]);
  });
});

describe("where nothing can be handed over the job is not failed for it", () => {
  it("without the permission the lines to add are told", async () => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, { hasIdToken: false });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toMatchObject([
      { level: "warning", message: expect.stringContaining("  id-token: write") },
    ]);
    expect(await kept(stage)).toEqual([]);
  });

  it("unless the workflow wants that", async () => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, { hasIdToken: false, inputs: { "fail-on-error": "true" } });
    expect(result.exitCode).toBe(1);
  });

  it("a pull request from a fork has no token, and that is all right", async () => {
    const { stage, run } = await aRunningJob();
    const payload = { repository: { id: stage.api.id }, pull_request: { head: { repo: { id: 1 } } } };
    const inputs = { "fail-on-error": "true" };
    const result = await step(stage, run, { hasIdToken: false, inputs, event: { name: "pull_request", payload } });
    expect(result).toMatchObject({ exitCode: 0, annotations: [] });
    expect(result.stdout).toContain("from forks no token");
  });

  it("without `actions: read` the step's name is missing, and the rest arrives", async () => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, { permissions: { contents: "read" } });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toMatchObject([{ level: "warning", message: expect.stringContaining("actions: read") }]);
    expect(await kept(stage)).toMatchObject([{ step: null, job: { name: null } }]);
  });

  it("what Holdpoint answers is told", async () => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, {
      inputs: { url: stage.settings.publicUrl?.replace("127.0.0.1", "localhost") ?? "" },
    });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toMatchObject([{ level: "warning", message: expect.stringContaining("somebody else") }]);
  });

  it("a Holdpoint that fails for a moment is asked again", async () => {
    const { stage, run } = await aRunningJob();
    stage.github.faults.failNext({ path: /installation$/ }, { kind: "answer", status: 404 });
    stage.github.faults.failNext({ path: /_request$/ }, { kind: "answer", status: 503 });
    const result = await step(stage, run);
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toMatchObject([{ message: expect.stringContaining("not installed") }]);
  });

  it("nobody answers", async () => {
    const { stage, run } = await aRunningJob();
    const result = await step(stage, run, { env: { ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:9/?a=b" } });
    expect(result.exitCode).toBe(0);
    expect(result.annotations).toMatchObject([{ message: expect.stringContaining("does not answer") }]);
  });
});

it.each<{ name: string; inputs: Record<string, string>; says: string }>([
  { name: "no address", inputs: { url: "holdpoint" }, says: "`url` is no address" },
  { name: "an address that anybody can listen on", inputs: { url: "http://holdpoint.acme.dev" }, says: "https" },
  { name: "an exit code in words", inputs: { "exit-code": "one" }, says: "`exit-code` is no number" },
])("$name is a mistake of the workflow", async ({ inputs, says }) => {
  const result = await runAction({
    inputs: { mode: "report", url: "https://holdpoint.acme.dev", ...inputs },
    env: { ACTIONS_ID_TOKEN_REQUEST_URL: "http://127.0.0.1:9", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "x" },
  });
  expect(result.exitCode).toBe(1);
  expect(result.annotations).toMatchObject([{ level: "error", message: expect.stringContaining(says) }]);
});
