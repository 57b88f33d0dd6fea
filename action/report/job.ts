/** What GitHub tells of the job that this step stands in: its name with its matrix, when it began, and which step failed. */

import { warning } from "@actions/core";
import { z } from "zod";
import { GithubError } from "../../src/github/errors.ts";
import { connect, openClient } from "../connect.ts";
import { refusalSentence } from "../github-refusal.ts";
import type { ReportInputs } from "./inputs.ts";

export interface JobFacts {
  name: string | null;
  startedAt: string | null;
  step: { number: number | null; name: string } | null;
}

const answer = z.object({
  total_count: z.number(),
  jobs: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      status: z.string(),
      started_at: z.string().nullish(),
      runner_name: z.string().nullish(),
      steps: z.array(z.object({ name: z.string(), number: z.number(), conclusion: z.string().nullish() })).nullish(),
    }),
  ),
});
type Job = z.infer<typeof answer>["jobs"][number];

/** As many as a matrix can have, some times over. */
const pagesMax = 10;

export async function readJob(env: NodeJS.ProcessEnv, inputs: ReportInputs): Promise<JobFacts> {
  const named = inputs.step === null ? null : { number: null, name: inputs.step };
  try {
    const job = await findJob(env, inputs.jobId);
    const failed = job?.steps?.find(({ conclusion }) => conclusion === "failure" || conclusion === "timed_out");
    const step = named ?? (failed === undefined ? null : { number: failed.number, name: failed.name });
    return { name: job?.name ?? null, startedAt: timeOf(job?.started_at), step };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    if (named === null) warning(refusalSentence(error, "the jobs of this run", { actions: "read" }));
    return { name: null, startedAt: null, step: named };
  }
}

async function findJob(env: NodeJS.ProcessEnv, id: number | null): Promise<Job | null> {
  const connection = connect(env);
  const client = openClient(connection);
  const { owner, name: repo, installationId } = connection.repository;
  const run = { run_id: Number(env.GITHUB_RUN_ID), attempt_number: Number(env.GITHUB_RUN_ATTEMPT ?? 1) };
  const jobs: Job[] = [];
  for (let page = 1; page <= pagesMax; page++) {
    const { data } = await client.rest<unknown>(
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs",
      { owner, repo, ...run, per_page: 100, page },
      { installationId },
    );
    const read = answer.parse(data);
    jobs.push(...read.jobs);
    if (read.jobs.length === 0 || jobs.length >= read.total_count) break;
  }
  return ownOf(jobs, env, id);
}

/** Older runners do not tell the job's number: then it is the one under way on this runner, or of this name. */
function ownOf(jobs: readonly Job[], env: NodeJS.ProcessEnv, id: number | null): Job | null {
  const numbered = jobs.find((job) => job.id === id);
  if (numbered !== undefined) return numbered;
  const underWay = jobs.filter(({ status }) => status === "in_progress");
  const here = underWay.filter(({ runner_name }) => runner_name === env.RUNNER_NAME);
  const key = env.GITHUB_JOB ?? "";
  const named = underWay.filter(({ name }) => name === key || name.startsWith(`${key} (`));
  const [only, ...others] = here.length === 1 ? here : named;
  return only !== undefined && others.length === 0 ? only : null;
}

function timeOf(text: string | null | undefined): string | null {
  return text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
}
