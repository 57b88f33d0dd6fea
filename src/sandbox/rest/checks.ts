/** Check runs and suites, and statuses. */
import { z } from "zod";
import { type CheckFields, createCheckRun, rerequestCheckRun, updateCheckRun } from "../actions/checks.ts";
import { notFound, Refusal } from "../actions/refusal.ts";
import { createStatus } from "../actions/statuses.ts";
import {
  annotationBody,
  checkRunBody,
  checkSuiteBody,
  combinedStatusBody,
  runsOf,
  statusBody,
} from "../bodies/check.ts";
import type { CheckRun, CheckSuite } from "../state/checks.ts";
import { CONCLUSIONS, latestRuns, RUN_STATUSES } from "../state/checks.ts";
import { statusesAt } from "../state/mergeability.ts";
import { commitAt } from "./commits.ts";
import { paginate } from "./paging.ts";
import {
  type Answer,
  actor,
  created,
  ok,
  param,
  type RestRequest,
  readBody,
  repositoryIn,
  route,
  viaApp,
} from "./request.ts";

const annotation = z.object({
  path: z.string(),
  start_line: z.number().int(),
  end_line: z.number().int(),
  start_column: z.number().int().optional(),
  end_column: z.number().int().optional(),
  annotation_level: z.enum(["notice", "warning", "failure"]),
  message: z.string().max(65_536),
  title: z.string().max(255).optional(),
  raw_details: z.string().max(65_536).optional(),
});
const runChange = z.object({
  name: z.string().min(1).optional(),
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(RUN_STATUSES).optional(),
  started_at: z.string().optional(),
  conclusion: z.enum(CONCLUSIONS).optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string().optional(),
      text: z.string().optional(),
      annotations: z.array(annotation).optional(),
    })
    .optional(),
  actions: z.array(z.object({ label: z.string(), description: z.string(), identifier: z.string() })).optional(),
});
const newOutput = z.object({ output: z.object({ title: z.string(), summary: z.string() }).optional() });
const newRun = runChange.extend({ name: z.string().min(1), head_sha: z.string() });
const newStatus = z.object({
  state: z.enum(["error", "failure", "pending", "success"]),
  target_url: z.string().nullish(),
  description: z.string().max(140).nullish(),
  context: z.string().optional(),
});

export const checkRoutes = [
  route("POST /repos/{owner}/{repo}/check-runs", "checks:write", createRun),
  route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", "checks:read", (request) =>
    ok(checkRunBody(request.world, runIn(request))),
  ),
  route("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", "checks:write", (request) => {
    const run = runIn(request);
    if (run.suite.app !== viaApp(request))
      throw new Refusal(
        403,
        `Invalid app_id \`${viaApp(request)?.id}\` - check run can only be modified by the GitHub App that created it.`,
      );
    updateCheckRun(request.world, run, fieldsOf(readBody(request, runChange)));
    return ok(checkRunBody(request.world, run));
  }),
  route("GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", "checks:read", (request) => {
    const run = runIn(request);
    return paginate(request, run.annotations, (entry) => annotationBody(request.world, run, entry));
  }),
  route("POST /repos/{owner}/{repo}/check-runs/{check_run_id}/rerequest", "checks:write", (request) => {
    rerequestCheckRun(request.world, runIn(request), actor(request));
    return created({});
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", "checks:read", (request) => {
    const repository = repositoryIn(request);
    const sha = commitAt(request, repository, param(request, "ref"));
    return listRuns(
      request,
      repository.checkRuns.filter((run) => run.suite.headSha === sha),
    );
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/check-suites", "checks:read", (request) => {
    const repository = repositoryIn(request);
    const sha = commitAt(request, repository, param(request, "ref"));
    const appId = request.query.get("app_id");
    const suites = repository.checkSuites.filter(
      (suite) => suite.headSha === sha && (appId === null || suite.app.id === Number(appId)),
    );
    return paginate(request, suites, (suite) => checkSuiteBody(request.world, suite), {
      wrap: (check_suites, total_count) => ({ total_count, check_suites }),
    });
  }),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}", "checks:read", (request) =>
    ok(checkSuiteBody(request.world, suiteIn(request))),
  ),
  route("GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs", "checks:read", (request) =>
    listRuns(request, runsOf(suiteIn(request))),
  ),
  route(
    "POST /repos/{owner}/{repo}/statuses/{sha}",
    "statuses:write",
    (request) => {
      const repository = repositoryIn(request);
      const wanted = readBody(request, newStatus);
      const fields = {
        state: wanted.state,
        description: wanted.description ?? null,
        targetUrl: wanted.target_url ?? null,
        ...(wanted.context === undefined ? {} : { context: wanted.context }),
      };
      const status = createStatus(request.world, repository, param(request, "sha"), fields, actor(request));
      return created(statusBody(request.world, repository, status));
    },
    "write",
  ),
  route("GET /repos/{owner}/{repo}/commits/{ref}/status", "statuses:read", (request) => {
    const repository = repositoryIn(request);
    const sha = commitAt(request, repository, param(request, "ref"));
    return ok(combinedStatusBody(request.world, repository, sha, statusesAt(repository, sha)));
  }),
  route("GET /repos/{owner}/{repo}/commits/{ref}/statuses", "statuses:read", (request) => {
    const repository = repositoryIn(request);
    const sha = commitAt(request, repository, param(request, "ref"));
    const statuses = repository.statuses.filter((status) => status.sha === sha).reverse();
    return paginate(request, statuses, (status) => statusBody(request.world, repository, status));
  }),
];

function createRun(request: RestRequest): Answer {
  const app = viaApp(request);
  if (app === null) throw new Refusal(403, "You must authenticate via a GitHub App.");
  readBody(request, newOutput);
  const wanted = readBody(request, newRun);
  const fields = { ...fieldsOf(wanted), name: wanted.name };
  return created(
    checkRunBody(request.world, createCheckRun(request.world, repositoryIn(request), app, wanted.head_sha, fields)),
  );
}

function fieldsOf(wanted: z.infer<typeof runChange>): CheckFields {
  const { output } = wanted;
  return {
    ...(wanted.name === undefined ? {} : { name: wanted.name }),
    ...(wanted.external_id === undefined ? {} : { externalId: wanted.external_id }),
    ...(wanted.details_url === undefined ? {} : { detailsUrl: wanted.details_url }),
    ...(wanted.status === undefined ? {} : { status: wanted.status }),
    ...(wanted.conclusion === undefined ? {} : { conclusion: wanted.conclusion }),
    ...(wanted.started_at === undefined ? {} : { startedAt: new Date(wanted.started_at) }),
    ...(wanted.completed_at === undefined ? {} : { completedAt: new Date(wanted.completed_at) }),
    ...(wanted.actions === undefined ? {} : { actions: wanted.actions }),
    ...(output === undefined
      ? {}
      : {
          output: {
            ...(output.title === undefined ? {} : { title: output.title }),
            ...(output.summary === undefined ? {} : { summary: output.summary }),
            ...(output.text === undefined ? {} : { text: output.text }),
            annotations: (output.annotations ?? []).map((entry) => ({
              start_column: null,
              end_column: null,
              title: null,
              raw_details: null,
              ...entry,
            })),
          },
        }),
  };
}

/** `filter=latest`, the usual, leaves out runs that a newer one of the same name replaced in its suite. */
function listRuns(request: RestRequest, runs: readonly CheckRun[]): Answer {
  const { query } = request;
  const shown = query.get("filter") === "all" ? runs : latestRuns(runs);
  const found = shown.filter(
    (run) =>
      matches(query, "check_name", run.name) &&
      matches(query, "status", run.status) &&
      matches(query, "app_id", String(run.suite.app.id)),
  );
  return paginate(request, found, (run) => checkRunBody(request.world, run), {
    wrap: (check_runs, total_count) => ({ total_count, check_runs }),
  });
}

function matches(query: URLSearchParams, name: string, value: string): boolean {
  const wanted = query.get(name);
  return wanted === null || wanted === value;
}

function runIn(request: RestRequest): CheckRun {
  const run = repositoryIn(request).checkRuns.find(({ id }) => id === Number(param(request, "check_run_id")));
  if (run === undefined) throw notFound();
  return run;
}

function suiteIn(request: RestRequest): CheckSuite {
  const suite = repositoryIn(request).checkSuites.find(({ id }) => id === Number(param(request, "check_suite_id")));
  if (suite === undefined) throw notFound();
  return suite;
}
