/** Reports of workflows for tests: one that is right, and a run to hand it over. */

import type { RunReport } from "../../src/core/failures/run-report.ts";
import type { WorkflowClaims } from "../../src/core/failures/workflow-claims.ts";
import { checkedOut } from "../../src/sandbox/oidc/claims.ts";
import type { WorkflowRun } from "../../src/sandbox/state/workflows.ts";
import type { Stage } from "./holdpoint.ts";

export const aSha = "a".repeat(40);

/** What GitHub says of the run of {@link aReport}. */
export const theClaims: WorkflowClaims = {
  tokenId: "0d1f0a2e-token",
  expiresAt: new Date("2026-11-21T12:00:00Z"),
  ...{ repositoryId: 11, owner: "acme", name: "api", runId: 7, runAttempt: 1 },
  ...{ sha: aSha, ref: "refs/heads/main", event: "push", actorId: 5 },
  jobWorkflowRef: "acme/api/.github/workflows/ci.yml@refs/heads/main",
};

/** What a workflow hands over; only what matters is to be named. */
export function aReport(overrides: Partial<RunReport> = {}): RunReport {
  return {
    version: 1,
    repository: { id: 11, full_name: "acme/api" },
    run: { id: 7, attempt: 1, workflow: "CI" },
    job: { key: "test", name: null, status: "failure" },
    step: null,
    command: null,
    exit_code: 1,
    logs: [{ source: "test.log", lines: ["AssertionError: expected 2"], lines_left_out: 0 }],
    junit: null,
    runner: { os: "Linux", arch: "X64", name: null, environment: null, image: null, image_version: null },
    tools: {},
    commit: { sha: aSha, head_sha: null, ref: "refs/heads/main", event: "push", pull_request: null },
    started_at: null,
    finished_at: "2026-11-21T10:00:00Z",
    redacted: 0,
    ...overrides,
  };
}

/** A run on main of the stage's repository whose job failed, and a report that fits it. */
export function aFailedRun({ github, api }: Pick<Stage, "github" | "api">): { run: WorkflowRun; report: RunReport } {
  const headSha = api.refs.get("refs/heads/main") ?? "";
  const run = github.startWorkflow(
    api,
    { name: "CI", headSha, event: "push", jobs: ["test"], branch: "main" },
    "maria",
  );
  return { run, report: reportOf(run) };
}

export function reportOf(run: WorkflowRun, overrides: Partial<RunReport> = {}): RunReport {
  const { ref, sha } = checkedOut(run);
  const { repository } = run;
  return aReport({
    repository: { id: repository.id, full_name: `${repository.owner.login}/${repository.name}` },
    run: { id: run.id, attempt: run.attempt, workflow: run.workflow.name },
    commit: { sha, head_sha: null, ref, event: run.event, pull_request: null },
    ...overrides,
  });
}
