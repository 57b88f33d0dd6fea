/** Runs of workflows and their jobs. */
import { notFound } from "../actions/refusal.ts";
import { cancelWorkflow, rerunFailedJobs } from "../actions/reruns.ts";
import { jobBody, workflowRunBody } from "../bodies/workflow.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import { jobsOfAttempt, latestJobs } from "../state/workflows.ts";
import { iso } from "../state/world.ts";
import { paginate } from "./paging.ts";
import { type Answer, actor, created, ok, param, type RestRequest, repositoryIn, route } from "./request.ts";

export const workflowRunRoutes = [
  route("GET /repos/{owner}/{repo}/actions/runs", "actions:read", listRuns),
  route("GET /repos/{owner}/{repo}/actions/runs/{run_id}", "actions:read", (request) =>
    ok(workflowRunBody(request.world, workflowRunIn(request))),
  ),
  route("GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs", "actions:read", (request) => {
    const run = workflowRunIn(request);
    const jobs = request.query.get("filter") === "all" ? run.jobs : latestJobs(run);
    return paginate(request, jobs, (job) => jobBody(request.world, run, job), {
      wrap: (listed, total_count) => ({ total_count, jobs: listed }),
    });
  }),
  route("GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs", "actions:read", (request) => {
    const run = workflowRunIn(request);
    const attempt = Number(param(request, "attempt_number"));
    if (attempt < 1 || attempt > run.attempt) throw notFound();
    return paginate(request, jobsOfAttempt(run, attempt), (job) => jobBody(request.world, run, job), {
      wrap: (listed, total_count) => ({ total_count, jobs: listed }),
    });
  }),
  route(
    "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs",
    "actions:write",
    (request) => {
      rerunFailedJobs(request.world, workflowRunIn(request), actor(request));
      return created({});
    },
    "write",
  ),
  route(
    "POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel",
    "actions:write",
    (request) => {
      cancelWorkflow(request.world, workflowRunIn(request));
      return { status: 202, body: {} };
    },
    "write",
  ),
];

export function workflowRunIn(request: RestRequest): WorkflowRun {
  const id = Number(param(request, "run_id"));
  const run = repositoryIn(request).workflowRuns.find((other) => other.id === id);
  if (run === undefined) throw notFound();
  return run;
}

/** Newest first. */
function listRuns(request: RestRequest): Answer {
  const { query } = request;
  const isWanted = (name: string, ...values: (string | null)[]) => {
    const wanted = query.get(name);
    return wanted === null || values.some((value) => value?.toLowerCase() === wanted.toLowerCase());
  };
  const runs = repositoryIn(request).workflowRuns.filter(
    (run) =>
      isWanted("head_sha", run.headSha) &&
      isWanted("branch", run.headBranch) &&
      isWanted("event", run.event) &&
      isWanted("actor", run.actor.login) &&
      isWanted("status", run.status, run.conclusion) &&
      isWanted("check_suite_id", String(run.suite.id)) &&
      isWithin(iso(run.createdAt), query.get("created")),
  );
  return paginate(request, runs.reverse(), (run) => workflowRunBody(request.world, run), {
    wrap: (workflow_runs, total_count) => ({ total_count, workflow_runs }),
  });
}

/**
 * `2026-01-05`, `>=2026-01-05T10:00:00Z`, `2026-01-05..2026-01-09`: a bound that names a day holds for all of it.
 *
 * @see https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates
 */
function isWithin(time: string, range: string | null): boolean {
  if (range === null) return true;
  const [, sign = "", bound = ""] = /^([<>]=?)?(.*)$/.exec(range) ?? [];
  const at = (edge: string) => time.slice(0, edge.length);
  const [from, to] = bound.split("..");
  if (from !== undefined && to !== undefined) return (from === "*" || at(from) >= from) && (to === "*" || at(to) <= to);
  if (sign === ">") return at(bound) > bound;
  if (sign === ">=") return at(bound) >= bound;
  if (sign === "<") return at(bound) < bound;
  return sign === "<=" ? at(bound) <= bound : at(bound) === bound;
}
