/** GraphQL check suites and statuses of the head → {@link CheckFact}s, {@link WorkflowRunFact}s, and the runs that are our own. */

import type { CheckFact, CheckState, WorkflowRunFact } from "../../core/snapshot.ts";
import type { OwnCheck } from "../../handlers/github-port.ts";
import { type Connection, dateOrNull, nodesOf } from "./connection.ts";
import type { RawActor } from "./map-person.ts";

export const runFields = "fragment RunFields on CheckRun { databaseId name status conclusion completedAt externalId }";

export const checkFields = `
fragment SuiteFields on CheckSuite {
  id
  databaseId
  createdAt
  status
  conclusion
  app { databaseId slug }
  workflowRun { event file { path } workflow { resourcePath } }
  checkRuns(first: 50, filterBy: { checkType: LATEST }) { nodes { ...RunFields } pageInfo { ...PageFields } }
}
fragment StatusFields on Status { contexts { context state createdAt creator { ...ActorFields } } }
${runFields}`;

export interface RawSuite {
  id: string;
  databaseId: number | null;
  createdAt: string;
  status: string;
  conclusion: string | null;
  app: { databaseId: number | null; slug: string } | null;
  workflowRun: { event: string; file: { path: string } | null; workflow: { resourcePath: string } } | null;
  checkRuns: Connection<RawRun> | null;
}

export interface RawRun {
  databaseId: number | null;
  name: string;
  status: string;
  conclusion: string | null;
  completedAt: string | null;
  externalId: string | null;
}

export interface RawStatus {
  contexts: { context: string; state: string; createdAt: string; creator: RawActor | null }[];
}

export interface HeadChecks {
  checks: CheckFact[];
  workflowRuns: WorkflowRunFact[];
  ownChecks: OwnCheck[];
  foreignChecks: { name: string; app: string }[];
  firstSeenAt: Date | null;
}

/** @param appId the App's own id: its runs are our answer, not facts to judge by; `null` where no App asks */
export function mapChecks(suites: readonly RawSuite[], status: RawStatus | null, appId: number | null): HeadChecks {
  const isOwn = ({ app }: RawSuite) => appId !== null && app?.databaseId === appId;
  const own = suites.filter(isOwn);
  const others = suites.filter((suite) => !isOwn(suite)).sort(oldestFirst);
  const statuses = status?.contexts ?? [];
  return {
    checks: [...checkFactsOf(others), ...statuses.map(statusFactOf)],
    workflowRuns: workflowRunsOf(others),
    ownChecks: own.flatMap((suite) => nodesOf(suite.checkRuns).flatMap(ownCheckOf)),
    foreignChecks: [
      ...others.flatMap((suite) =>
        nodesOf(suite.checkRuns).map(({ name }) => ({ name, app: suite.app?.slug ?? "an unknown app" })),
      ),
      ...statuses.map(({ context, creator }) => ({ name: context, app: creator?.login ?? "an unknown account" })),
    ].filter(({ name }) => /^holdpoint\b/i.test(name)),
    firstSeenAt: suites.length === 0 ? null : new Date(Math.min(...suites.map((suite) => Date.parse(suite.createdAt)))),
  };
}

function oldestFirst(one: RawSuite, other: RawSuite): number {
  return Date.parse(one.createdAt) - Date.parse(other.createdAt) || (one.databaseId ?? 0) - (other.databaseId ?? 0);
}

/**
 * The newest run of each name and source. One workflow answering two events is two sources: the green of a `push` must not hide the
 * red of a `pull_request`.
 */
function checkFactsOf(suites: readonly RawSuite[]): CheckFact[] {
  const newest = new Map<string, CheckFact>();
  for (const suite of suites) {
    for (const run of nodesOf(suite.checkRuns).sort((one, other) => (one.databaseId ?? 0) - (other.databaseId ?? 0))) {
      newest.set(JSON.stringify([sourceOf(suite), run.name]), {
        name: run.name,
        kind: "check",
        app: suite.app && { id: suite.app.databaseId ?? 0, slug: suite.app.slug },
        state: stateOf(run.status, run.conclusion),
        completedAt: dateOrNull(run.completedAt),
      });
    }
  }
  return [...newest.values()];
}

function sourceOf(suite: RawSuite): unknown[] {
  return [suite.app?.databaseId ?? null, workflowPathOf(suite), suite.workflowRun?.event ?? null];
}

function workflowRunsOf(suites: readonly RawSuite[]): WorkflowRunFact[] {
  const newest = new Map<string, WorkflowRunFact>();
  for (const suite of suites) {
    const path = workflowPathOf(suite);
    if (path === null || suite.workflowRun === null) continue;
    const { event } = suite.workflowRun;
    newest.set(`${event} ${path}`, { path, event, state: stateOf(suite.status, suite.conclusion) });
  }
  return [...newest.values()];
}

/** `.github/workflows/ci.yml`; a run whose file is gone still names it in the address of its workflow. */
function workflowPathOf({ workflowRun }: RawSuite): string | null {
  if (!workflowRun) return null;
  if (workflowRun.file) return workflowRun.file.path;
  const name = /\/actions\/workflows\/([^/?]+)$/.exec(workflowRun.workflow.resourcePath)?.[1];
  return name ? `.github/workflows/${name}` : null;
}

function ownCheckOf(run: RawRun): OwnCheck[] {
  if (run.databaseId === null) return [];
  const status = run.status === "COMPLETED" ? "completed" : run.status === "IN_PROGRESS" ? "in_progress" : "queued";
  const conclusion = run.conclusion?.toLowerCase() ?? null;
  return [{ id: run.databaseId, name: run.name, externalId: run.externalId ?? "", status, conclusion }];
}

function statusFactOf(status: RawStatus["contexts"][number]): CheckFact {
  const states: Record<string, CheckState> = { SUCCESS: "success", FAILURE: "failure", ERROR: "error" };
  const state = states[status.state] ?? "pending";
  return {
    name: status.context,
    kind: "status",
    app: null,
    state,
    completedAt: state === "pending" ? null : new Date(status.createdAt),
  };
}

const conclusions: Record<string, CheckState> = {
  SUCCESS: "success",
  NEUTRAL: "neutral",
  SKIPPED: "skipped",
  FAILURE: "failure",
  STARTUP_FAILURE: "failure",
  CANCELLED: "cancelled",
  TIMED_OUT: "timed_out",
  ACTION_REQUIRED: "action_required",
  STALE: "stale",
};

/** What is not known to have ended well has not: an unknown conclusion reads as an error. */
function stateOf(status: string, conclusion: string | null): CheckState {
  if (status !== "COMPLETED") return "pending";
  return conclusions[conclusion ?? ""] ?? "error";
}
