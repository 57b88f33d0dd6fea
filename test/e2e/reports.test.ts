import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { RunReport } from "../../src/core/failures/run-report.ts";
import type { TokenOptions } from "../../src/sandbox/oidc/issuer.ts";
import type { WorkflowRun } from "../../src/sandbox/state/workflows.ts";
import { type Stage, setStage } from "../support/holdpoint.ts";
import { aFailedRun, reportOf } from "../support/reports.ts";

const canary = ["ghp", "Zk3vQ9xWmT7bLpR2sYfN8dHcJ5gKuA4eVtX6"].join("_");

interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

async function post(
  { app }: Stage,
  body: string | Uint8Array<ArrayBuffer>,
  { token, headers = {} }: { token: string | null; headers?: Record<string, string> },
): Promise<Answer> {
  const response = await fetch(`${app.url}/api/v1/reports`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
  });
  return { status: response.status, body: (await response.json()) as Answer["body"], headers: response.headers };
}

function tokenFor({ github, settings }: Stage, run: WorkflowRun, options?: TokenOptions): string {
  return github.oidc.mint(run, settings.publicUrl, options);
}

const send = (stage: Stage, run: WorkflowRun, report: RunReport, options?: TokenOptions) =>
  post(stage, JSON.stringify(report), { token: tokenFor(stage, run, options) });

const rows = ({ database }: Stage) => database.query<{ report: RunReport }>("select report from failure_reports");

const setReportStage = async () => {
  const stage = await setStage({ isPublic: true });
  return { stage, ...aFailedRun(stage) };
};

it("a report is kept once, without its secrets, with what GitHub says of the run", async () => {
  const { stage, run, report } = await setReportStage();
  const told = { ...report, logs: [{ source: "a.log", lines: [`push with ${canary}`, "failed"], lines_left_out: 0 }] };
  const answer = await send(stage, run, told);
  expect(answer).toMatchObject({ status: 201, body: { id: expect.any(Number), kept: "now" } });
  const [row] = await stage.database.query<Record<string, unknown>>("select * from failure_reports");
  expect(JSON.stringify(row)).not.toContain(canary);
  expect(row).toMatchObject({
    run_attempt: 1,
    claims: {
      runId: run.id,
      ref: "refs/heads/main",
      event: "push",
      jobWorkflowRef: expect.stringContaining("/ci.yml@"),
    },
    report: { logs: [{ lines: ["push with [redacted]", "failed"] }], redacted: 1 },
  });
});

it("packed with gzip it is the same", async () => {
  const { stage, run, report } = await setReportStage();
  const answer = await post(stage, gzipSync(JSON.stringify(report)), {
    token: tokenFor(stage, run),
    headers: { "content-encoding": "gzip" },
  });
  expect(answer.status).toBe(201);
});

it("handed over again it is not kept twice, with the same token or a new one", async () => {
  const { stage, run, report } = await setReportStage();
  const token = tokenFor(stage, run);
  const first = await post(stage, JSON.stringify(report), { token });
  const again = await post(stage, JSON.stringify(report), { token });
  const anew = await send(stage, run, report);
  expect([again, anew]).toMatchObject([
    { status: 200, body: { id: first.body.id, kept: "before" } },
    { status: 200, body: { id: first.body.id, kept: "before" } },
  ]);
  expect(await rows(stage)).toHaveLength(1);
});

it("a token is taken for one report alone", async () => {
  const { stage, run, report } = await setReportStage();
  const token = tokenFor(stage, run);
  await post(stage, JSON.stringify(report), { token });
  const other = await post(stage, JSON.stringify({ ...report, exit_code: 2 }), { token });
  expect(other).toMatchObject({ status: 409, body: { code: "replayed", fix: expect.stringMatching(/./) } });
});

it("of two that come with one token at the same time one is kept", async () => {
  const { stage, run, report } = await setReportStage();
  const token = tokenFor(stage, run);
  const answers = await Promise.all(
    [1, 2, 3, 4].map((exit_code) => post(stage, JSON.stringify({ ...report, exit_code }), { token })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

describe("runs that are not the token's", () => {
  it.each<{ name: string; change: (report: RunReport) => RunReport; found: string }>([
    {
      name: "another repository",
      change: (report) => ({ ...report, repository: { ...report.repository, full_name: "acme/web" } }),
      found: "repository.full_name",
    },
    {
      name: "another repository's id",
      change: (report) => ({ ...report, repository: { ...report.repository, id: 1 } }),
      found: "repository.id",
    },
    { name: "another run", change: (report) => ({ ...report, run: { ...report.run, id: 1 } }), found: "run.id" },
    {
      name: "another attempt",
      change: (report) => ({ ...report, run: { ...report.run, attempt: 2 } }),
      found: "run.attempt",
    },
    {
      name: "another commit",
      change: (report) => ({ ...report, commit: { ...report.commit, sha: "b".repeat(40) } }),
      found: "commit.sha",
    },
  ])("$name", async ({ change, found }) => {
    const { stage, run, report } = await setReportStage();
    const answer = await send(stage, run, change(report));
    expect(answer).toMatchObject({ status: 403, body: { code: "another_run", found: expect.stringContaining(found) } });
    expect(await rows(stage)).toEqual([]);
  });

  it("a repository that the App is not installed on", async () => {
    const { stage } = await setReportStage();
    const elsewhere = stage.github.createRepository(stage.github.user("maria"), "own", { files: { "README.md": "" } });
    const { run, report } = aFailedRun({ github: stage.github, api: elsewhere });
    const answer = await send(stage, run, report);
    expect(answer).toMatchObject({
      status: 403,
      body: { code: "not_installed", found: expect.stringContaining("maria/own") },
    });
  });
});

it("while GitHub's keys cannot be had nothing is taken, and the workflow is told when to come again", async () => {
  const { stage, run, report } = await setReportStage();
  stage.github.faults.failNext({ path: /jwks$/ }, { kind: "answer", status: 503 });
  const answer = await send(stage, run, report);
  expect(answer).toMatchObject({ status: 503, body: { code: "keys_unavailable" } });
  expect(answer.headers.get("retry-after")).toBe("30");
  stage.pass(1 / 60);
  expect((await send(stage, run, report)).status).toBe(201);
});

it("a token that was forged is refused, and nothing is kept", async () => {
  const { stage, run, report } = await setReportStage();
  const answer = await send(stage, run, report, { forged: "other_key" });
  expect(answer).toMatchObject({ status: 401, body: { code: "token_refused" } });
  expect(await rows(stage)).toEqual([]);
});

it("a repository may hand over so many in an hour, and goes on after it", async () => {
  const { stage, run, report } = await setReportStage();
  await stage.database.query(
    `insert into failure_reports (repository_id, installation_id, run_id, run_attempt, digest, claims, report, received_at)
      select $1, 1, 1, 1, n::text, '{}', '{}', now() - interval '30 minutes' from generate_series(1, 300) n`,
    [stage.api.id],
  );
  const answer = await send(stage, run, report);
  expect(answer).toMatchObject({ status: 429, body: { code: "too_many" } });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(1_700);
  stage.pass(31 / 60);
  expect((await send(stage, run, report)).status).toBe(201);
});

it("without an address of its own Holdpoint takes none, and says how to mend it", async () => {
  const stage = await setStage();
  const { run, report } = aFailedRun(stage);
  const answer = await post(stage, JSON.stringify(report), { token: stage.github.oidc.mint(run, stage.app.url) });
  expect(answer).toMatchObject({
    status: 503,
    body: { code: "no_public_url", fix: expect.stringContaining("PUBLIC_URL") },
  });
});

it("outcomes are counted, and neither token nor report is in the metrics", async () => {
  const { stage, run, report } = await setReportStage();
  await send(stage, run, report);
  await send(stage, run, report, { forged: "none" });
  const metrics = await (await fetch(`${stage.app.url}/metrics`)).text();
  expect(metrics).toContain('holdpoint_reports_total{outcome="kept"} 1');
  expect(metrics).toContain('holdpoint_reports_total{outcome="token_refused"} 1');
});

it("a report is about a pull request's trial merge, as its workflow sees it", async () => {
  const { stage } = await setReportStage();
  const pull = await stage.github
    .as("bob")
    .openPullRequest({ title: "Start with one", files: { "src/list.ts": "export const list = [1];\n" } });
  const run = stage.github.startWorkflow(stage.api, { name: "CI", headSha: pull.head.sha, jobs: ["test"] }, "bob");
  const answer = await send(stage, run, reportOf(run));
  expect(answer.status).toBe(201);
});
