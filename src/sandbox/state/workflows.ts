/** Workflows, their runs and the jobs of those. */
import type { Account } from "./accounts.ts";
import type { CheckRun, CheckSuite, Conclusion, RunStatus } from "./checks.ts";
import { WORST_FIRST } from "./checks.ts";
import type { Repository } from "./repository.ts";

export interface Workflow {
  id: number;
  nodeId: string;
  name: string;
  path: string;
  createdAt: Date;
}

export interface WorkflowRun {
  id: number;
  nodeId: string;
  repository: Repository;
  workflow: Workflow;
  event: string;
  headSha: string;
  headBranch: string;
  status: RunStatus;
  conclusion: Conclusion | null;
  runNumber: number;
  attempt: number;
  /** Who set off the first attempt. */
  actor: Account;
  /** Who set off this one. */
  triggeringActor: Account;
  suite: CheckSuite;
  /** Of all attempts, oldest first. */
  jobs: WorkflowJob[];
  createdAt: Date;
  /** Of the present attempt. */
  startedAt: Date;
  updatedAt: Date;
}

/** A job is shown as a check run, and bears its id. */
export interface WorkflowJob {
  check: CheckRun;
  attempt: number;
  steps: WorkflowStep[];
}

export interface WorkflowStep {
  name: string;
  status: RunStatus;
  conclusion: Conclusion | null;
}

/** The newest of each name: what an attempt did not run again stands as it ended before. */
export function latestJobs(run: WorkflowRun): WorkflowJob[] {
  return [...new Map(run.jobs.map((job) => [job.check.name, job])).values()];
}

/** As they stood in one attempt. */
export function jobsOfAttempt(run: WorkflowRun, attempt: number): WorkflowJob[] {
  return latestJobs({ ...run, jobs: run.jobs.filter((job) => job.attempt <= attempt) });
}

export function isFailed({ check }: WorkflowJob): boolean {
  return check.conclusion !== null && !["success", "neutral", "skipped"].includes(check.conclusion);
}

/** What a run ends with: the worst that one of its jobs did. */
export function conclusionOf(run: WorkflowRun): Conclusion {
  const found = new Set(latestJobs(run).map(({ check }) => check.conclusion));
  return WORST_FIRST.find((conclusion) => found.has(conclusion)) ?? "success";
}
