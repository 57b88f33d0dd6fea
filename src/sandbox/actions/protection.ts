/** Whoever an environment asks is asked, answers, and thereby lets a deployment go on or fail. */
import { pullsAt } from "../bodies/check.ts";
import { deploymentBody } from "../bodies/deployment.ts";
import { pullBody } from "../bodies/pull.ts";
import { repositoryUrl } from "../bodies/repository.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { CustomRule, Deployment, Environment } from "../state/deployments.ts";
import { deploymentsOf, isHeld, mayReview } from "../state/deployments.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { installationFor } from "../state/world.ts";
import { announce } from "./announce.ts";
import { updateCheckRun } from "./checks.ts";
import { setDeploymentStatus } from "./deployments.ts";
import { findEnvironment } from "./environments.ts";
import { Refusal } from "./refusal.ts";
import { finishWorkflow, setUnderWay } from "./workflows.ts";

/** @see https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/create-custom-protection-rules */
const REPORT_CHARACTERS_MAX = 1_024;
const REPORTS_MAX = 10;

/** Whether anybody has to be asked before something goes to an environment. */
export function isProtected(environment: Environment): boolean {
  return environment.reviewers.length > 0 || rulesInForce(environment).length > 0;
}

/** Holds a deployment back and asks. */
export function askFor(world: World, deployment: Deployment, environment: Environment): void {
  if (deployment.job !== null) updateCheckRun(world, deployment.job.job.check, { status: "waiting" });
  deployment.rules = rulesInForce(environment).map((rule) => ({ rule, state: "pending", reports: [] }));
  if (environment.reviewers.length > 0) deployment.review = { state: "pending", by: null, comment: "" };
  setDeploymentStatus(world, deployment, "waiting", deployment.creator);
  for (const { rule } of deployment.rules) askApp(world, deployment, rule.app);
}

export interface RuleReport {
  environment: string;
  /** A mere report on the way when left out. */
  state?: "approved" | "rejected";
  comment?: string;
}

/**
 * An App answers for its own rule, or reports how far it is.
 *
 * @throws {Refusal} 422 where nothing waits for the App there, the comment is too long, or ten reports were given already
 */
export function reportRule(world: World, run: WorkflowRun, app: App, report: RuleReport): void {
  const comment = report.comment ?? "";
  if (comment.length > REPORT_CHARACTERS_MAX) {
    throw new Refusal(422, `Comment is too long (maximum is ${REPORT_CHARACTERS_MAX} characters)`);
  }
  const name = findEnvironment(run.repository, report.environment)?.name;
  const deployment = deploymentsOf(run).find((other) => isHeld(other) && other.environment === name);
  const request = deployment?.rules.find(({ rule, state }) => rule.app === app && state === "pending");
  if (deployment === undefined || request === undefined) {
    throw new Refusal(422, "No pending custom deployment protection rule was found for this environment.");
  }
  if (report.state === undefined && request.reports.length >= REPORTS_MAX) {
    throw new Refusal(422, "The maximum number of status reports was reached.");
  }
  request.reports.push(comment);
  if (report.state === undefined) return;
  request.state = report.state;
  settle(world, deployment, app.bot);
}

/**
 * A person reviews everything that waits for reviewers in a run.
 *
 * @throws {Refusal} 403 for who is no reviewer, and for who set the run off where the environment refuses that; 422 where nothing waits
 */
export function reviewDeployments(
  world: World,
  run: WorkflowRun,
  state: "approved" | "rejected",
  comment: string,
  by: Account,
): void {
  const waiting = deploymentsOf(run).filter((other) => isHeld(other) && other.review?.state === "pending");
  if (waiting.length === 0) throw new Refusal(422, "There are no pending deployments to review.");
  for (const { environment } of waiting) {
    const found = findEnvironment(run.repository, environment);
    if (found === undefined || !mayReview(found, run, by)) {
      throw new Refusal(403, `${by.login} may not review deployments to ${environment}.`);
    }
  }
  for (const deployment of waiting) {
    deployment.review = { state, by, comment };
    settle(world, deployment, by);
  }
}

/** The job begins, and with it the deployment. */
export function release(world: World, deployment: Deployment): void {
  const { job, creator } = deployment;
  if (job !== null) updateCheckRun(world, job.job.check, { status: "in_progress" });
  setDeploymentStatus(world, deployment, "in_progress", creator);
  if (job !== null) setUnderWay(world, job.run);
}

/** One no is enough; a yes must come from everybody asked. */
function settle(world: World, deployment: Deployment, by: Account): void {
  const answers = [...deployment.rules, ...(deployment.review === null ? [] : [deployment.review])];
  if (answers.some(({ state }) => state === "rejected")) fail(world, deployment, by);
  else if (answers.every(({ state }) => state === "approved")) release(world, deployment);
}

function fail(world: World, deployment: Deployment, by: Account): void {
  const { job, creator } = deployment;
  setDeploymentStatus(world, deployment, "failure", creator, `Rejected by ${by.login}`);
  if (job === null) return;
  updateCheckRun(world, job.job.check, { conclusion: "failure" });
  if (job.run.jobs.every(({ check }) => check.status === "completed")) finishWorkflow(world, job.run);
}

function askApp(world: World, deployment: Deployment, app: App): void {
  const { job, repository, creator, environment, sha, ref } = deployment;
  // Like every event, it has to be subscribed to: an App that is not lets the run wait for ever.
  if (job === null || !app.events.includes("deployment_protection_rule")) return;
  announce(
    world,
    "deployment_protection_rule.requested",
    { repository, sender: creator, onlyFor: app },
    {
      environment,
      event: job.run.event,
      sha,
      ref,
      deployment_callback_url: `${repositoryUrl(world, repository)}/actions/runs/${job.run.id}/deployment_protection_rule`,
      deployment: deploymentBody(world, deployment),
      pull_requests: pullsAt(repository, sha).map((pull) => pullBody(world, pull)),
    },
  );
}

/** The rule of an App that was taken off the repository asks nobody. */
function rulesInForce({ customRules, repository }: Environment): CustomRule[] {
  return customRules.filter(({ app }) => installationFor(app, repository) !== undefined);
}
