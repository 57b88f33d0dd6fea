/** Puts a report together from what the runner tells and what was collected. */

import type { JunitSummary, LogTail, RunReport } from "../../src/core/failures/run-report.ts";
import { ActionError } from "../action-error.ts";
import type { RunnerEvent } from "../event.ts";
import type { ReportInputs } from "./inputs.ts";
import type { JobFacts } from "./job.ts";
import { toolsOf } from "./tools.ts";

interface Collected {
  env: NodeJS.ProcessEnv;
  event: RunnerEvent;
  inputs: ReportInputs;
  job: JobFacts;
  logs: LogTail[];
  junit: JunitSummary | null;
  now: Date;
}

/** @throws {ActionError} where the runner does not say which run this is */
export function runFacts({ env, event, inputs, job, logs, junit, now }: Collected): RunReport {
  const text = (name: string) => env[name] || null;
  const pull = pullRequestIn(event);
  return {
    version: 1,
    repository: { id: numberOf(env, "GITHUB_REPOSITORY_ID"), full_name: textOf(env, "GITHUB_REPOSITORY") },
    run: {
      id: numberOf(env, "GITHUB_RUN_ID"),
      attempt: numberOf(env, "GITHUB_RUN_ATTEMPT"),
      workflow: textOf(env, "GITHUB_WORKFLOW"),
    },
    job: { key: textOf(env, "GITHUB_JOB"), name: job.name, status: inputs.status },
    step: job.step,
    command: inputs.command,
    exit_code: inputs.exitCode,
    logs,
    junit,
    runner: {
      os: text("RUNNER_OS"),
      arch: text("RUNNER_ARCH"),
      name: text("RUNNER_NAME"),
      environment: text("RUNNER_ENVIRONMENT"),
      image: text("ImageOS"),
      image_version: text("ImageVersion"),
    },
    tools: toolsOf(env),
    commit: {
      sha: textOf(env, "GITHUB_SHA"),
      head_sha: pull.headSha,
      ref: textOf(env, "GITHUB_REF"),
      event: event.name,
      pull_request: pull.number,
    },
    started_at: job.startedAt,
    finished_at: now.toISOString(),
    redacted: 0,
  };
}

function pullRequestIn({ payload }: RunnerEvent): { number: number | null; headSha: string | null } {
  const { pull_request: pull } = payload as { pull_request?: { number?: unknown; head?: { sha?: unknown } } };
  const number = typeof pull?.number === "number" && Number.isSafeInteger(pull.number) ? pull.number : null;
  const sha = typeof pull?.head?.sha === "string" ? pull.head.sha : "";
  return { number, headSha: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : null };
}

function textOf(env: NodeJS.ProcessEnv, name: string): string {
  const text = env[name];
  if (text) return text;
  throw new ActionError(`${name} is not set. Run this action as a step of a workflow on GitHub.`);
}

function numberOf(env: NodeJS.ProcessEnv, name: string): number {
  const number = Number(textOf(env, name));
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new ActionError(`${name} is no number. Run this action as a step of a workflow on GitHub.`);
}
