/** Check suites, check runs and commit statuses. */
import type { Account } from "./accounts.ts";
import type { App } from "./apps.ts";
import type { Repository } from "./repository.ts";

export const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "success",
  "skipped",
  "stale",
  "timed_out",
] as const;
export type Conclusion = (typeof CONCLUSIONS)[number];

export const RUN_STATUSES = ["queued", "in_progress", "completed", "waiting", "requested", "pending"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface CheckSuite {
  id: number;
  nodeId: string;
  repository: Repository;
  app: App;
  headSha: string;
  headBranch: string | null;
  beforeSha: string | null;
  /** Who pushed the commit; null where an App opened the suite. */
  pusher: Account | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface CheckRun {
  id: number;
  nodeId: string;
  suite: CheckSuite;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: RunStatus;
  conclusion: Conclusion | null;
  startedAt: Date;
  completedAt: Date | null;
  output: { title: string | null; summary: string | null; text: string | null };
  annotations: Annotation[];
  actions: { label: string; description: string; identifier: string }[];
}

export interface Annotation {
  path: string;
  start_line: number;
  end_line: number;
  start_column: number | null;
  end_column: number | null;
  annotation_level: "notice" | "warning" | "failure";
  message: string;
  title: string | null;
  raw_details: string | null;
}

export interface CommitStatus {
  id: number;
  nodeId: string;
  sha: string;
  state: "error" | "failure" | "pending" | "success";
  context: string;
  description: string | null;
  targetUrl: string | null;
  creator: Account;
  createdAt: Date;
}

/** A suite's state follows from its runs, the newest of each name: the worst conclusion, once all are done. */
export function suiteState(all: readonly CheckRun[]): { status: RunStatus; conclusion: Conclusion | null } {
  const runs = latestRuns(all);
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed")) {
    return { status: runs.every((run) => run.status === "queued") ? "queued" : "in_progress", conclusion: null };
  }
  const found = new Set(runs.map((run) => run.conclusion));
  const worst = WORST_FIRST.find((conclusion) => found.has(conclusion)) ?? "neutral";
  return { status: "completed", conclusion: worst };
}

export const WORST_FIRST: readonly Conclusion[] = [
  "action_required",
  "timed_out",
  "failure",
  "cancelled",
  "stale",
  "success",
  "neutral",
  "skipped",
];

/** The run that counts for each name and App: the newest in the newest suite. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const latest = new Map<string, CheckRun>();
  for (const run of runs) latest.set(`${run.suite.id} ${run.name}`, run);
  return [...latest.values()];
}
