/** Workflows, their runs and jobs as REST and webhooks show them. */
import type { WorkflowJob, WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { accountBody } from "./account.ts";
import { pullReferenceBody, pullsAt } from "./check.ts";
import { headCommitBody } from "./commit.ts";
import { repositoryBody, repositoryPage, repositoryUrl } from "./repository.ts";

export function workflowRunBody(world: World, run: WorkflowRun) {
  const repository = run.repository;
  const url = `${repositoryUrl(world, repository)}/actions/runs/${run.id}`;
  const page = `${repositoryPage(world, repository)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: run.nodeId,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.workflow.name,
    run_number: run.runNumber,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: run.workflow.id,
    check_suite_id: run.suite.id,
    check_suite_node_id: run.suite.nodeId,
    url,
    html_url: page,
    pull_requests: pullsAt(repository, run.headSha).map((pull) => pullReferenceBody(world, pull)),
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    actor: accountBody(world, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: iso(run.startedAt),
    triggering_actor: accountBody(world, run.triggeringActor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${repositoryUrl(world, repository)}/check-suites/${run.suite.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt === 1 ? null : `${url}/attempts/${run.attempt - 1}`,
    workflow_url: `${repositoryUrl(world, repository)}/actions/workflows/${run.workflow.id}`,
    head_commit: headCommitBody(world.objects.commit(run.headSha)),
    repository: repositoryBody(world, repository),
    head_repository: repositoryBody(world, repository),
  };
}

/** The workflow that a run belongs to, as `workflow_run` events carry it. */
export function workflowBody(world: World, run: WorkflowRun) {
  const { workflow, repository } = run;
  const page = repositoryPage(world, repository);
  return {
    id: workflow.id,
    node_id: workflow.nodeId,
    name: workflow.name,
    path: workflow.path,
    state: "active",
    created_at: iso(workflow.createdAt),
    updated_at: iso(workflow.createdAt),
    url: `${repositoryUrl(world, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${page}/blob/${run.headBranch}/${workflow.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}

export function jobBody(world: World, run: WorkflowRun, { check, attempt, steps }: WorkflowJob) {
  const url = repositoryUrl(world, run.repository);
  const hasRunner = check.status === "in_progress" || check.status === "completed";
  return {
    id: check.id,
    run_id: run.id,
    workflow_name: run.workflow.name,
    head_branch: run.headBranch,
    run_url: `${url}/actions/runs/${run.id}`,
    run_attempt: attempt,
    node_id: check.nodeId,
    head_sha: run.headSha,
    url: `${url}/actions/jobs/${check.id}`,
    html_url: `${repositoryPage(world, run.repository)}/actions/runs/${run.id}/job/${check.id}`,
    status: check.status,
    conclusion: check.conclusion,
    created_at: iso(check.startedAt),
    started_at: iso(check.startedAt),
    completed_at: isoOrNull(check.completedAt),
    name: check.name,
    steps: steps.map(({ name, status, conclusion }, index) => ({
      ...{ name, status, conclusion, number: index + 1 },
      started_at: iso(check.startedAt),
      completed_at: conclusion === null ? null : iso(check.startedAt),
    })),
    check_run_url: `${url}/check-runs/${check.id}`,
    labels: ["ubuntu-latest"],
    runner_id: hasRunner ? 1 : null,
    runner_name: hasRunner ? "GitHub Actions 1" : null,
    runner_group_id: hasRunner ? 1 : null,
    runner_group_name: hasRunner ? "GitHub Actions" : null,
  };
}
