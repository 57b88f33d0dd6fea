/** Environments, deployments and their statuses as REST and webhooks show them. */
import type { Account } from "../state/accounts.ts";
import type { Answered, CustomRule, Deployment, DeploymentStatus, Environment } from "../state/deployments.ts";
import { isTeam, mayReview } from "../state/deployments.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";
import { accountBody, teamBody } from "./account.ts";
import { appBody } from "./app.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

export function deploymentBody(world: World, deployment: Deployment) {
  const { repository, environment, job } = deployment;
  const url = deploymentUrl(world, deployment);
  return {
    url,
    id: deployment.id,
    node_id: deployment.nodeId,
    sha: deployment.sha,
    ref: deployment.ref,
    task: "deploy",
    payload: {},
    original_environment: environment,
    environment,
    description: deployment.description,
    creator: accountBody(world, deployment.creator),
    created_at: iso(deployment.createdAt),
    updated_at: iso(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(world, repository),
    transient_environment: false,
    production_environment: false,
    performed_via_github_app: job === null ? null : appBody(world, job.run.suite.app),
  };
}

export function deploymentStatusBody(world: World, deployment: Deployment, status: DeploymentStatus) {
  const url = deploymentUrl(world, deployment);
  const { job } = deployment;
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    creator: accountBody(world, status.creator),
    description: status.description,
    environment: deployment.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    created_at: iso(status.createdAt),
    updated_at: iso(status.createdAt),
    deployment_url: url,
    repository_url: repositoryUrl(world, deployment.repository),
    performed_via_github_app: job === null ? null : appBody(world, job.run.suite.app),
  };
}

export function environmentBody(world: World, environment: Environment) {
  const { reviewers, reviewRuleId, preventsSelfReview } = environment;
  const review = {
    id: reviewRuleId,
    node_id: `GA_${reviewRuleId}`,
    type: "required_reviewers",
    prevent_self_review: preventsSelfReview,
    reviewers: reviewerBodies(world, environment),
  };
  return {
    ...shortEnvironmentBody(world, environment),
    protection_rules: reviewers.length === 0 ? [] : [review],
    deployment_branch_policy: null,
  };
}

/** Custom rules are listed apart from the built-in ones. */
export function customRuleBody(world: World, rule: CustomRule) {
  const { app } = rule;
  return {
    id: rule.id,
    node_id: rule.nodeId,
    enabled: true,
    app: { id: app.id, slug: app.slug, integration_url: `${world.apiUrl}/apps/${app.slug}`, node_id: app.nodeId },
  };
}

/** @param viewer who asks, of whom it is told whether they could approve */
export function pendingDeploymentBody(world: World, run: WorkflowRun, environment: Environment, viewer: Account) {
  const { id, node_id, name, url, html_url } = shortEnvironmentBody(world, environment);
  return {
    environment: { id, node_id, name, url, html_url },
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: mayReview(environment, run, viewer),
    reviewers: reviewerBodies(world, environment),
  };
}

/** One answer in a run's review history: a reviewer's, or an App's for its own rule. */
export function approvalBody(world: World, environment: Environment, state: Answered, by: Account, comment: string) {
  return {
    environments: [shortEnvironmentBody(world, environment)],
    state,
    user: accountBody(world, by),
    comment,
  };
}

function shortEnvironmentBody(world: World, environment: Environment) {
  const { repository, name } = environment;
  return {
    id: environment.id,
    node_id: environment.nodeId,
    name,
    url: `${repositoryUrl(world, repository)}/environments/${encodeURIComponent(name)}`,
    html_url: `${repositoryPage(world, repository)}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: iso(environment.createdAt),
    updated_at: iso(environment.updatedAt),
  };
}

function reviewerBodies(world: World, { reviewers }: Environment) {
  return reviewers.map((reviewer) =>
    isTeam(reviewer)
      ? { type: "Team", reviewer: teamBody(world, reviewer) }
      : { type: "User", reviewer: accountBody(world, reviewer) },
  );
}

function deploymentUrl(world: World, deployment: Deployment): string {
  return `${repositoryUrl(world, deployment.repository)}/deployments/${deployment.id}`;
}
