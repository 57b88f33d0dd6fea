/** Deployments and how they stand. */
import { checkRunBody } from "../bodies/check.ts";
import { deploymentBody, deploymentStatusBody } from "../bodies/deployment.ts";
import { repositoryPage } from "../bodies/repository.ts";
import { workflowBody, workflowRunBody } from "../bodies/workflow.ts";
import type { Account } from "../state/accounts.ts";
import type { Deployment, DeploymentState, DeploymentStatus } from "../state/deployments.ts";
import { latestStatus } from "../state/deployments.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { environmentNamed } from "./environments.ts";
import { Refusal } from "./refusal.ts";

export interface DeploymentFields {
  environment: string;
  sha: string;
  ref: string;
  description?: string | null;
  /** Where a workflow deploys. */
  job?: Deployment["job"];
}

/** @throws {Refusal} 422 for a commit nobody has */
export function createDeployment(
  world: World,
  repository: Repository,
  fields: DeploymentFields,
  by: Account,
): Deployment {
  if (world.objects.findCommit(fields.sha) === undefined) throw new Refusal(422, `No ref found for: ${fields.ref}`);
  const deployment: Deployment = register(world, "Deployment", {
    id: 0,
    nodeId: "",
    repository,
    environment: environmentNamed(world, repository, fields.environment).name,
    sha: fields.sha,
    ref: fields.ref,
    creator: by,
    description: fields.description ?? null,
    statuses: [],
    job: fields.job ?? null,
    rules: [],
    review: null,
    createdAt: world.now(),
    updatedAt: world.now(),
  });
  repository.deployments.push(deployment);
  announce(world, "deployment.created", { repository, sender: by }, detailsOf(world, deployment));
  return deployment;
}

/** A success puts out of use what stood in the environment before. */
export function setDeploymentStatus(
  world: World,
  deployment: Deployment,
  state: DeploymentState,
  by: Account,
  description = "",
): DeploymentStatus {
  const { repository, job } = deployment;
  const page = repositoryPage(world, repository);
  const status: DeploymentStatus = register(world, "DeploymentStatus", {
    id: 0,
    nodeId: "",
    state,
    description,
    creator: by,
    logUrl: job === null ? `${page}/deployments` : `${page}/actions/runs/${job.run.id}/job/${job.job.check.id}`,
    createdAt: world.now(),
  });
  deployment.statuses.push(status);
  deployment.updatedAt = world.now();
  announce(
    world,
    "deployment_status.created",
    { repository, sender: by },
    {
      ...detailsOf(world, deployment),
      deployment_status: deploymentStatusBody(world, deployment, status),
      ...(job === null ? {} : { check_run: checkRunBody(world, job.job.check) }),
    },
  );
  if (state === "success") retirePredecessors(world, deployment, by);
  return status;
}

function retirePredecessors(world: World, deployment: Deployment, by: Account): void {
  for (const other of deployment.repository.deployments) {
    const isBefore = other !== deployment && other.environment === deployment.environment;
    if (isBefore && latestStatus(other)?.state === "success") setDeploymentStatus(world, other, "inactive", by);
  }
}

function detailsOf(world: World, deployment: Deployment) {
  const run = deployment.job?.run;
  return {
    deployment: deploymentBody(world, deployment),
    workflow: run === undefined ? null : workflowBody(world, run),
    workflow_run: run === undefined ? null : workflowRunBody(world, run),
  };
}
