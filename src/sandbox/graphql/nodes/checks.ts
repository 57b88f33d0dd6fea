/** Check suites, check runs, statuses and their sum at a commit. */

import { runsOf } from "../../bodies/check.ts";
import { repositoryPage } from "../../bodies/repository.ts";
import type { Commit } from "../../git/objects.ts";
import type { CheckRun, CheckSuite, CommitStatus } from "../../state/checks.ts";
import { latestRuns, suiteState } from "../../state/checks.ts";
import { runsAt, statusesAt } from "../../state/mergeability.ts";
import { nodeId } from "../../state/node-id.ts";
import type { Repository } from "../../state/repository.ts";
import type { WorkflowRun } from "../../state/workflows.ts";
import { iso, isoOrNull } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { requirePermission, text } from "../context.ts";
import { actorNode, appNode } from "./actor.ts";
import { refNode } from "./ref.ts";

interface CheckFilter {
  appId?: number | null;
  checkName?: string | null;
  checkType?: "ALL" | "LATEST" | null;
  status?: string | null;
}

/** The fields of a commit that tell what was checked there. */
export function checkFields(context: GraphQLContext, repository: Repository, commit: Commit): Record<string, unknown> {
  return {
    checkSuites: (args: Args) => {
      requirePermission(context, "checks:read");
      const filter = (args.filterBy ?? {}) as CheckFilter;
      const suites = repository.checkSuites.filter(
        (suite) =>
          suite.headSha === commit.sha &&
          ((filter.appId ?? null) === null || suite.app.id === filter.appId) &&
          ((filter.checkName ?? null) === null || runsOf(suite).some(({ name }) => name === filter.checkName)),
      );
      return connection("CheckSuiteConnection", "checkSuites", args, suites, (suite) => suiteNode(context, suite));
    },
    status: () => {
      requirePermission(context, "statuses:read");
      const statuses = statusesAt(repository, commit.sha);
      return statuses.length === 0 ? null : statusNode(context, repository, commit, statuses);
    },
    statusCheckRollup: () => rollupNode(context, repository, commit),
  };
}

export function suiteNode(context: GraphQLContext, suite: CheckSuite): GraphQLNode {
  const { world } = context;
  const repository = suite.repository;
  const state = suiteState(runsOf(suite));
  const workflow = repository.workflowRuns.find((run) => run.suite === suite);
  const page = `${repositoryPage(world, repository)}/commit/${suite.headSha}/checks?check_suite_id=${suite.id}`;
  return {
    __typename: "CheckSuite",
    id: suite.nodeId,
    databaseId: suite.id,
    status: state.status.toUpperCase(),
    conclusion: state.conclusion?.toUpperCase() ?? null,
    createdAt: iso(suite.createdAt),
    updatedAt: iso(suite.updatedAt),
    url: page,
    resourcePath: new URL(page).pathname,
    app: () => appNode(context, suite.app),
    creator: () => actorNode(context, suite.app.bot),
    push: () => pushNode(context, suite),
    branch: () => (suite.headBranch === null ? null : refNode(context, repository, `refs/heads/${suite.headBranch}`)),
    commit: () => context.nodes.commit(repository, world.objects.commit(suite.headSha)),
    repository: () => context.nodes.repository(repository),
    checkRuns: (args: Args) => {
      const filter = (args.filterBy ?? {}) as CheckFilter;
      const runs = filter.checkType === "ALL" ? runsOf(suite) : latestRuns(runsOf(suite));
      const found = runs.filter(
        (run) =>
          ((filter.checkName ?? null) === null || run.name === filter.checkName) &&
          ((filter.status ?? null) === null || run.status.toUpperCase() === filter.status),
      );
      return connection("CheckRunConnection", "checkRuns", args, found, (run) => runNode(context, run));
    },
    workflowRun: () => (workflow === undefined ? null : workflowRunNode(context, workflow)),
  };
}

function workflowRunNode({ world }: GraphQLContext, workflow: WorkflowRun): GraphQLNode {
  const page = repositoryPage(world, workflow.repository);
  return {
    __typename: "WorkflowRun",
    id: workflow.nodeId,
    databaseId: workflow.id,
    event: workflow.event,
    runNumber: workflow.runNumber,
    createdAt: iso(workflow.createdAt),
    updatedAt: iso(workflow.updatedAt),
    url: `${page}/actions/runs/${workflow.id}`,
    file: { __typename: "WorkflowRunFile", id: nodeId("WorkflowRunFile", workflow.id), path: workflow.workflow.path },
    workflow: {
      __typename: "Workflow",
      id: workflow.workflow.nodeId,
      databaseId: workflow.workflow.id,
      name: workflow.workflow.name,
      resourcePath: `${new URL(page).pathname}/actions/workflows/${workflow.workflow.path.split("/").at(-1)}`,
    },
  };
}

function pushNode(context: GraphQLContext, { pusher, headSha, beforeSha }: CheckSuite): GraphQLNode | null {
  if (pusher === null) return null;
  return { __typename: "Push", nextSha: headSha, previousSha: beforeSha, pusher: () => actorNode(context, pusher) };
}

export function runNode(context: GraphQLContext, run: CheckRun): GraphQLNode {
  const repository = run.suite.repository;
  const page = `${repositoryPage(context.world, repository)}/runs/${run.id}`;
  return {
    __typename: "CheckRun",
    id: run.nodeId,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: iso(run.startedAt),
    completedAt: isoOrNull(run.completedAt),
    externalId: run.externalId,
    detailsUrl: run.detailsUrl ?? page,
    permalink: page,
    url: page,
    resourcePath: new URL(page).pathname,
    title: run.output.title,
    summary: run.output.summary,
    text: run.output.text,
    checkSuite: () => suiteNode(context, run.suite),
    repository: () => context.nodes.repository(repository),
    isRequired: (args: Args) => isRequired(repository, run.name, run.suite.app.id, args),
    annotations: (args: Args) =>
      connection("CheckAnnotationConnection", "annotations", args, run.annotations, (annotation) => ({
        __typename: "CheckAnnotation",
        path: annotation.path,
        message: annotation.message,
        title: annotation.title,
        rawDetails: annotation.raw_details,
        annotationLevel: annotation.annotation_level.toUpperCase(),
        blobUrl: `${repositoryPage(context.world, repository)}/blob/${run.suite.headSha}/${annotation.path}`,
        databaseId: null,
        location: {
          __typename: "CheckAnnotationSpan",
          start: {
            __typename: "CheckAnnotationPosition",
            line: annotation.start_line,
            column: annotation.start_column,
          },
          end: { __typename: "CheckAnnotationPosition", line: annotation.end_line, column: annotation.end_column },
        },
      })),
  };
}

function statusContextNode(context: GraphQLContext, repository: Repository, status: CommitStatus): GraphQLNode {
  return {
    __typename: "StatusContext",
    id: status.nodeId,
    context: status.context,
    state: status.state.toUpperCase(),
    description: status.description,
    targetUrl: status.targetUrl,
    createdAt: iso(status.createdAt),
    creator: () => actorNode(context, status.creator),
    commit: () => context.nodes.commit(repository, context.world.objects.commit(status.sha)),
    isRequired: (args: Args) => isRequired(repository, status.context, null, args),
  };
}

function statusNode(
  context: GraphQLContext,
  repository: Repository,
  commit: Commit,
  statuses: CommitStatus[],
): GraphQLNode {
  const render = (status: CommitStatus) => statusContextNode(context, repository, status);
  return {
    __typename: "Status",
    id: nodeId("Status", commit.sha),
    state: rollupState([], statuses),
    contexts: statuses.map(render),
    context: (args: Args) => {
      const found = statuses.find((status) => status.context === text(args, "name"));
      return found === undefined ? null : render(found);
    },
    commit: () => context.nodes.commit(repository, commit),
  };
}

function rollupNode(context: GraphQLContext, repository: Repository, commit: Commit): GraphQLNode | null {
  requirePermission(context, "checks:read");
  const runs = runsAt(repository, commit.sha);
  const statuses = statusesAt(repository, commit.sha);
  if (runs.length + statuses.length === 0) return null;
  return {
    __typename: "StatusCheckRollup",
    id: nodeId("StatusCheckRollup", commit.sha),
    state: rollupState(runs, statuses),
    commit: () => context.nodes.commit(repository, commit),
    contexts: (args: Args) =>
      connection<CheckRun | CommitStatus>(
        "StatusCheckRollupContextConnection",
        "contexts",
        args,
        [...runs, ...statuses],
        (item) => ("suite" in item ? runNode(context, item) : statusContextNode(context, repository, item)),
        { extra: { checkRunCount: runs.length, statusContextCount: statuses.length } },
      ),
  };
}

/** Skipped and neutral runs do not stand in the way. */
function rollupState(runs: readonly CheckRun[], statuses: readonly CommitStatus[]): string {
  if (statuses.some(({ state }) => state === "error")) return "ERROR";
  const isGood = new Set(["success", "neutral", "skipped"]);
  const hasFailed =
    runs.some(({ conclusion }) => conclusion !== null && !isGood.has(conclusion)) ||
    statuses.some(({ state }) => state === "failure");
  if (hasFailed) return "FAILURE";
  const isWaiting =
    runs.some(({ conclusion }) => conclusion === null) || statuses.some(({ state }) => state === "pending");
  return isWaiting ? "PENDING" : "SUCCESS";
}

function isRequired(repository: Repository, name: string, appId: number | null, args: Args): boolean {
  const pull = repository.pulls.get(Number(args.pullRequestNumber));
  const rule = pull === undefined ? undefined : repository.protections.get(pull.base.ref);
  return (
    rule?.requiredChecks.some((check) => check.context === name && (check.appId === null || check.appId === appId)) ??
    false
  );
}
