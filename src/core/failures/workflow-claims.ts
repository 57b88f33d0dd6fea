/** What GitHub says of the run that a report comes from, and whether the report is about that run. */

import type { RunReport } from "./run-report.ts";

/** Taken from a workflow's token, of which the signature was checked. */
export interface WorkflowClaims {
  /** The token's own id: it is taken once. */
  tokenId: string;
  expiresAt: Date;
  repositoryId: number;
  owner: string;
  name: string;
  runId: number;
  runAttempt: number;
  sha: string;
  ref: string;
  event: string;
  /** Workflow file and ref that the job runs, e.g. `acme/api/.github/workflows/ci.yml@refs/heads/main`. */
  jobWorkflowRef: string;
  actorId: number | null;
}

export interface Mismatch {
  /** Where in the report. */
  field: string;
  found: string;
  expected: string;
}

/** @returns the first fact that the report tells otherwise than the token; names of repositories ignore case, as GitHub does */
export function mismatchOf({ repository, run, commit }: RunReport, claims: WorkflowClaims): Mismatch | null {
  const facts: [string, string | number, string | number][] = [
    ["repository.id", repository.id, claims.repositoryId],
    ["repository.full_name", repository.full_name.toLowerCase(), `${claims.owner}/${claims.name}`.toLowerCase()],
    ["run.id", run.id, claims.runId],
    ["run.attempt", run.attempt, claims.runAttempt],
    ["commit.sha", commit.sha, claims.sha],
    ["commit.ref", commit.ref, claims.ref],
    ["commit.event", commit.event, claims.event],
  ];
  const wrong = facts.find(([, found, expected]) => found !== expected);
  return wrong === undefined ? null : { field: wrong[0], found: String(wrong[1]), expected: String(wrong[2]) };
}
