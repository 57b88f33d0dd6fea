/** Environments, deployments, and the answers to those that are held back. */
import { z } from "zod";
import { dispatch } from "../actions/dispatch.ts";
import { findEnvironment } from "../actions/environments.ts";
import { reportRule } from "../actions/protection.ts";
import { notFound, Refusal } from "../actions/refusal.ts";
import {
  approvalBody,
  customRuleBody,
  deploymentBody,
  deploymentStatusBody,
  environmentBody,
  pendingDeploymentBody,
} from "../bodies/deployment.ts";
import type { Deployment, Environment } from "../state/deployments.ts";
import { deploymentsOf, isHeld } from "../state/deployments.ts";
import { paginate } from "./paging.ts";
import {
  type Answer,
  actor,
  noContent,
  ok,
  param,
  type RestRequest,
  readBody,
  repositoryIn,
  route,
  viaApp,
} from "./request.ts";
import { workflowRunIn } from "./workflow-runs.ts";

const ruleReport = z.union([
  z.object({
    environment_name: z.string(),
    state: z.enum(["approved", "rejected"]),
    comment: z.string().optional(),
  }),
  z.object({ environment_name: z.string(), state: z.undefined().optional(), comment: z.string() }),
]);
const dispatchRequest = z.object({
  event_type: z.string(),
  client_payload: z.record(z.string(), z.unknown()).optional(),
});

export const deploymentRoutes = [
  route("GET /repos/{owner}/{repo}/deployments", "deployments:read", listDeployments),
  route("GET /repos/{owner}/{repo}/deployments/{deployment_id}", "deployments:read", (request) =>
    ok(deploymentBody(request.world, deploymentIn(request))),
  ),
  route("GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses", "deployments:read", (request) => {
    const deployment = deploymentIn(request);
    const newestFirst = [...deployment.statuses].reverse();
    return paginate(request, newestFirst, (status) => deploymentStatusBody(request.world, deployment, status));
  }),
  route("GET /repos/{owner}/{repo}/environments", "actions:read", (request) =>
    paginate(request, repositoryIn(request).environments, (entry) => environmentBody(request.world, entry), {
      wrap: (environments, total_count) => ({ total_count, environments }),
    }),
  ),
  route("GET /repos/{owner}/{repo}/environments/{environment_name}", "actions:read", (request) =>
    ok(environmentBody(request.world, environmentIn(request))),
  ),
  route(
    "GET /repos/{owner}/{repo}/environments/{environment_name}/deployment_protection_rules",
    "actions:read",
    (request) => {
      const rules = environmentIn(request).customRules.map((rule) => customRuleBody(request.world, rule));
      return ok({ total_count: rules.length, custom_deployment_protection_rules: rules });
    },
  ),
  route("GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments", "actions:read", listPending),
  route("GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals", "actions:read", listApprovals),
  route(
    "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
    "deployments:write",
    (request) => {
      const app = viaApp(request);
      if (app === null) throw new Refusal(403, "You must authenticate via a GitHub App.");
      const { environment_name: environment, state, comment } = readBody(request, ruleReport);
      reportRule(request.world, workflowRunIn(request), app, {
        environment,
        ...(state === undefined ? {} : { state }),
        ...(comment === undefined ? {} : { comment }),
      });
      return noContent();
    },
  ),
  route(
    "POST /repos/{owner}/{repo}/dispatches",
    "contents:write",
    (request) => {
      const { event_type, client_payload } = readBody(request, dispatchRequest);
      dispatch(request.world, repositoryIn(request), event_type, client_payload ?? {}, actor(request));
      return noContent();
    },
    "write",
  ),
];

/** Newest first. */
function listDeployments(request: RestRequest): Answer {
  const { query } = request;
  const isWanted = (name: string, value: string) => {
    const wanted = query.get(name);
    return wanted === null || wanted === "none" || wanted === value;
  };
  const found = repositoryIn(request).deployments.filter(
    ({ sha, ref, environment }) =>
      isWanted("sha", sha) &&
      isWanted("ref", ref) &&
      isWanted("task", "deploy") &&
      isWanted("environment", environment),
  );
  return paginate(request, found.reverse(), (deployment) => deploymentBody(request.world, deployment));
}

/** What waits for somebody, each environment once. */
function listPending(request: RestRequest): Answer {
  const run = workflowRunIn(request);
  const names = new Set(
    deploymentsOf(run)
      .filter(isHeld)
      .map(({ environment }) => environment),
  );
  const waiting = [...names].flatMap((name) => findEnvironment(run.repository, name) ?? []);
  return ok(waiting.map((environment) => pendingDeploymentBody(request.world, run, environment, actor(request))));
}

function listApprovals(request: RestRequest): Answer {
  const { world } = request;
  const run = workflowRunIn(request);
  const answers = deploymentsOf(run).flatMap(({ environment: name, rules, review }) => {
    const environment = findEnvironment(run.repository, name);
    if (environment === undefined) return [];
    const byApps = rules
      .filter(({ state }) => state !== "pending")
      .map(({ rule, state, reports }) => approvalBody(world, environment, state, rule.app.bot, reports.at(-1) ?? ""));
    if (review === null || review.by === null) return byApps;
    return [...byApps, approvalBody(world, environment, review.state, review.by, review.comment)];
  });
  return ok(answers);
}

function deploymentIn(request: RestRequest): Deployment {
  const id = Number(param(request, "deployment_id"));
  const deployment = repositoryIn(request).deployments.find((other) => other.id === id);
  if (deployment === undefined) throw notFound();
  return deployment;
}

function environmentIn(request: RestRequest): Environment {
  const environment = findEnvironment(repositoryIn(request), param(request, "environment_name"));
  if (environment === undefined) throw notFound();
  return environment;
}
