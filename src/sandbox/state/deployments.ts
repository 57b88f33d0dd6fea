/** Environments, what is deployed to them, and who has to say yes first. */
import type { Account, Team } from "./accounts.ts";
import { teamMembers } from "./accounts.ts";
import type { App } from "./apps.ts";
import type { Repository } from "./repository.ts";
import type { WorkflowJob, WorkflowRun } from "./workflows.ts";

export interface Environment {
  id: number;
  nodeId: string;
  repository: Repository;
  name: string;
  /** Apps that are asked, each by a webhook of its own. */
  customRules: CustomRule[];
  /** Any one of them has to approve; nobody needs to where none is named. */
  reviewers: (Account | Team)[];
  preventsSelfReview: boolean;
  /** Of the rule that names the reviewers. */
  reviewRuleId: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface CustomRule {
  id: number;
  nodeId: string;
  app: App;
}

/** What REST accepts as a status, and `waiting`, which only workflows leave behind. */
export type DeploymentState =
  | "waiting"
  | "queued"
  | "pending"
  | "in_progress"
  | "success"
  | "failure"
  | "error"
  | "inactive";

export interface Deployment {
  id: number;
  nodeId: string;
  repository: Repository;
  environment: string;
  sha: string;
  /** As it was named: a branch, a tag or a sha. */
  ref: string;
  creator: Account;
  description: string | null;
  /** Oldest first. */
  statuses: DeploymentStatus[];
  /** The job that deploys; null where no workflow does. */
  job: { run: WorkflowRun; job: WorkflowJob } | null;
  rules: RuleRequest[];
  /** Null where nobody has to review. */
  review: DeploymentReview | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface DeploymentStatus {
  id: number;
  nodeId: string;
  state: DeploymentState;
  description: string;
  creator: Account;
  logUrl: string;
  createdAt: Date;
}

export type Answered = "pending" | "approved" | "rejected";

/** One App's rule, asked about one deployment. */
export interface RuleRequest {
  rule: CustomRule;
  state: Answered;
  /** What the App had to say on the way, oldest first, and with its answer. */
  reports: string[];
}

export interface DeploymentReview {
  state: Answered;
  by: Account | null;
  comment: string;
}

export function latestStatus(deployment: Deployment): DeploymentStatus | undefined {
  return deployment.statuses.at(-1);
}

/** Held back until somebody or some App answers. */
export function isHeld(deployment: Deployment): boolean {
  return latestStatus(deployment)?.state === "waiting";
}

/** Those of all attempts of a run, oldest first. */
export function deploymentsOf(run: WorkflowRun): Deployment[] {
  return run.repository.deployments.filter(({ job }) => job?.run === run);
}

export function isTeam(reviewer: Account | Team): reviewer is Team {
  return "organisation" in reviewer;
}

/** Whether somebody is a reviewer, and not kept out for having set the run off. */
export function mayReview(environment: Environment, run: WorkflowRun, by: Account): boolean {
  if (environment.preventsSelfReview && by === run.triggeringActor) return false;
  return environment.reviewers.some((reviewer) => {
    if (!isTeam(reviewer)) return reviewer === by;
    return teamMembers(reviewer).some(({ accountId }) => accountId === by.id);
  });
}
