/** Workflows deploy: a job that names an environment waits for whomever the environment asks, then runs and ends. */
import type { Account } from "../state/accounts.ts";
import type { Deployment, DeploymentState } from "../state/deployments.ts";
import { deploymentsOf, isHeld, latestStatus } from "../state/deployments.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { createDeployment, setDeploymentStatus } from "./deployments.ts";
import { environmentNamed } from "./environments.ts";
import { askFor, isProtected, release } from "./protection.ts";
import { Refusal } from "./refusal.ts";
import { finishWorkflow, openRun, startJob } from "./workflows.ts";

export interface DeployOptions {
  environment: string;
  /** Tip of the ref when left out. */
  sha?: string;
  /** A branch; the default branch when left out. */
  ref?: string;
  /** What set the workflow off; `push` when left out. */
  event?: string;
  /** Name of the workflow. */
  workflow?: string;
  /** Name of the job that deploys. */
  job?: string;
}

export function deploy(world: World, repository: Repository, options: DeployOptions, by: Account): WorkflowRun {
  const ref = options.ref ?? repository.defaultBranch;
  const sha = options.sha ?? branchSha(repository, ref);
  if (sha === undefined) throw new Refusal(422, `No ref found for: ${ref}`);
  const workflow = { name: options.workflow ?? "Deploy", headSha: sha, event: options.event ?? "push", branch: ref };
  const run = openRun(world, repository, workflow, by);
  startDeployment(world, run, options.environment, options.job ?? "deploy");
  return run;
}

export function startDeployment(world: World, run: WorkflowRun, name: string, jobName: string): Deployment {
  const environment = environmentNamed(world, run.repository, name);
  const mustWait = isProtected(environment);
  if (mustWait) run.status = "waiting";
  const job = startJob(world, run, jobName, "queued");
  const fields = { environment: name, sha: run.headSha, ref: run.headBranch, job: { run, job } };
  const deployment = createDeployment(world, run.repository, fields, run.triggeringActor);
  if (mustWait) askFor(world, deployment, environment);
  else release(world, deployment);
  return deployment;
}

/**
 * The job that deploys ends, and its run with it.
 *
 * @throws {Error} while the deployment is still held back
 */
export function finishDeployment(world: World, run: WorkflowRun, outcome: "success" | "failure"): void {
  const open = deploymentsOf(run).filter((deployment) => !isEnded(deployment));
  if (open.length === 0) throw new Error(`run ${run.id} deploys nothing any more`);
  for (const deployment of open) {
    if (isHeld(deployment)) throw new Error(`the deployment to ${deployment.environment} is still held back`);
    setDeploymentStatus(world, deployment, outcome, deployment.creator);
  }
  finishWorkflow(world, run, outcome);
}

/** What a run that was called off leaves of its deployments. */
export function abandonDeployments(world: World, run: WorkflowRun): void {
  for (const deployment of deploymentsOf(run)) {
    if (!isEnded(deployment)) setDeploymentStatus(world, deployment, "error", deployment.creator, "Canceled");
  }
}

const ENDS: readonly DeploymentState[] = ["success", "failure", "error", "inactive"];

function isEnded(deployment: Deployment): boolean {
  const status = latestStatus(deployment);
  return status !== undefined && ENDS.includes(status.state);
}
