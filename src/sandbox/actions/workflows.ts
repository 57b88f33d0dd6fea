/** Workflows run, end, are run again and called off. */
import { workflowBody, workflowRunBody } from "../bodies/workflow.ts";
import type { Account } from "../state/accounts.ts";
import type { Conclusion, RunStatus } from "../state/checks.ts";
import type { Repository } from "../state/repository.ts";
import type { Workflow, WorkflowJob, WorkflowRun } from "../state/workflows.ts";
import { conclusionOf, isFailed, latestJobs } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { actionsApp } from "./apps.ts";
import { createCheckRun, updateCheckRun } from "./checks.ts";
import { Refusal } from "./refusal.ts";
import { branchAt, openSuite } from "./suites.ts";

/** @see https://docs.github.com/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs (30 days, 50 times) */
const RERUN_WITHIN_MS = 30 * 24 * 60 * 60 * 1_000;
const RERUNS_MAX = 50;

export interface WorkflowOptions {
  name: string;
  headSha: string;
  event?: string;
  /** Where the workflow is written; follows from its name when left out. */
  path?: string;
  branch?: string;
}

/** A run of GitHub Actions: a suite of its own, with one check run for each job. */
export function startWorkflow(
  world: World,
  repository: Repository,
  options: WorkflowOptions & { jobs: readonly string[] },
  by: Account,
): WorkflowRun {
  const run = openRun(world, repository, options, by);
  for (const name of options.jobs) startJob(world, run, name, "in_progress");
  setUnderWay(world, run);
  return run;
}

/** A run that has no job yet. */
export function openRun(world: World, repository: Repository, options: WorkflowOptions, by: Account): WorkflowRun {
  const branch = options.branch ?? branchAt(repository, options.headSha);
  const now = world.now();
  const run: WorkflowRun = register(world, "WorkflowRun", {
    id: 0,
    nodeId: "",
    repository,
    workflow: workflowOf(world, repository, options),
    event: options.event ?? "pull_request",
    headSha: options.headSha,
    headBranch: branch ?? repository.defaultBranch,
    status: "queued",
    conclusion: null,
    runNumber: repository.workflowRuns.length + 1,
    attempt: 1,
    actor: by,
    triggeringActor: by,
    suite: openSuite(world, repository, actionsApp(world), options.headSha, branch, null),
    jobs: [],
    createdAt: now,
    startedAt: now,
    updatedAt: now,
  });
  repository.workflowRuns.push(run);
  announceWorkflow(world, "requested", run);
  return run;
}

export function startJob(world: World, run: WorkflowRun, name: string, status: RunStatus): WorkflowJob {
  const { repository, suite, headSha } = run;
  const check = createCheckRun(world, repository, suite.app, headSha, { name, status }, suite);
  const job: WorkflowJob = { check, attempt: run.attempt, steps: [] };
  run.jobs.push(job);
  return job;
}

export function setUnderWay(world: World, run: WorkflowRun): void {
  if (run.status === "in_progress") return;
  run.status = "in_progress";
  run.updatedAt = world.now();
  announceWorkflow(world, "in_progress", run);
}

export function finishJob(world: World, run: WorkflowRun, name: string, conclusion: Conclusion): void {
  const job = latestJobs(run).find(({ check }) => check.name === name);
  if (job === undefined) throw new Error(`run ${run.id} has no job ${name}`);
  updateCheckRun(world, job.check, { conclusion });
}

/** What a job has done so far, step by step. */
export function setSteps(run: WorkflowRun, name: string, steps: WorkflowJob["steps"]): void {
  const job = latestJobs(run).find(({ check }) => check.name === name);
  if (job === undefined) throw new Error(`run ${run.id} has no job ${name}`);
  job.steps = steps;
}

/** Ends a run; jobs still under way end with it. @param conclusion follows from its jobs when left out */
export function finishWorkflow(world: World, run: WorkflowRun, conclusion?: Conclusion): void {
  if (conclusion !== undefined) {
    for (const { check } of latestJobs(run))
      if (check.status !== "completed") updateCheckRun(world, check, { conclusion });
  }
  run.status = "completed";
  run.conclusion = conclusion ?? conclusionOf(run);
  run.updatedAt = world.now();
  announceWorkflow(world, "completed", run);
}

/**
 * Opens the next attempt, in which what failed is to run again.
 *
 * @returns the jobs that failed; GitHub tells nobody that a run was requested anew
 * @throws {Refusal} 403 in GitHub's words
 */
export function openAttempt(world: World, run: WorkflowRun, by: Account): WorkflowJob[] {
  if (run.status !== "completed") throw new Refusal(403, "This workflow is already running");
  const failed = latestJobs(run).filter(isFailed);
  if (failed.length === 0 || run.attempt > RERUNS_MAX) throw new Refusal(403, "This workflow run cannot be retried");
  if (world.now().getTime() - run.createdAt.getTime() > RERUN_WITHIN_MS) {
    throw new Refusal(403, "Unable to retry this workflow run because it was created over a month ago");
  }
  run.attempt += 1;
  run.triggeringActor = by;
  run.status = "queued";
  run.conclusion = null;
  run.startedAt = world.now();
  run.updatedAt = world.now();
  return failed;
}

/** @throws {Refusal} 409 for a run that ended */
export function refuseEnded(run: WorkflowRun): void {
  if (run.status === "completed") throw new Refusal(409, "Cannot cancel a workflow run that is completed.");
}

function workflowOf(world: World, repository: Repository, { name, path }: WorkflowOptions): Workflow {
  const file = path ?? `.github/workflows/${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}.yml`;
  const known = repository.workflows.find((other) => other.path === file);
  if (known !== undefined) return known;
  const workflow = register(world, "Workflow", { id: 0, nodeId: "", name, path: file, createdAt: world.now() });
  repository.workflows.push(workflow);
  return workflow;
}

function announceWorkflow(world: World, action: "requested" | "in_progress" | "completed", run: WorkflowRun): void {
  announce(
    world,
    `workflow_run.${action}`,
    { repository: run.repository, sender: run.triggeringActor },
    { workflow_run: workflowRunBody(world, run), workflow: workflowBody(world, run) },
  );
}
