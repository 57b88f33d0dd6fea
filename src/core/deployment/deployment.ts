/** A request to deploy, and what is known of it. Plain values; nothing here judges. */

import type { Person } from "../snapshot.ts";

/** The workflow run that wants to deploy, as read from GitHub. */
export interface DeployingRun {
  id: number;
  /** From 1; running it again is another request. */
  attempt: number;
  headSha: string;
  event: string;
  isFinished: boolean;
  /** Its commit comes from another repository. */
  isFromFork: boolean;
  actor: Person | null;
  /** Who started this attempt. */
  triggeringActor: Person | null;
  url: string;
}

/**
 * A deployment of the environment, as GitHub tells it.
 *
 * - `ran`: it succeeded, whether or not another took its place since
 * - `failed`: it began, and did not succeed
 * - `stopped`: it ended before it began, as one that was rejected or called off
 */
export interface PastDeployment {
  id: number;
  sha: string;
  state: "ran" | "failed" | "stopped" | "waiting" | "under_way";
  createdAt: Date;
}

/** How two commits stand to each other; `commits` are those of the deployed one that the other lacks, oldest first. */
export type Comparison =
  | { kind: "compared"; status: "ahead" | "behind" | "diverged" | "identical"; commits: string[] }
  | { kind: "unreadable"; reason: string };

/** Where GitHub says that a commit comes from. */
export interface CommitOrigin {
  sha: string;
  headline: string;
  /** Accounts that the commit names, as far as GitHub maps them. */
  people: Person[];
  /** Merged pull requests that it is part of. */
  pulls: MergedPull[];
}

export interface MergedPull {
  number: number;
  title: string;
  baseRef: string;
  headSha: string;
  mergeSha: string | null;
  author: Person | null;
  mergedBy: Person | null;
}

/** What Holdpoint remembers of a merge. */
export interface DeployedMerge {
  number: number;
  baseRef: string;
  headSha: string;
  commitSha: string | null;
  passage: "gate" | "bypass" | "window" | "test_branch" | "around";
}

/** A review that a merge owes, or owed. */
export interface OwedReview {
  pullRequest: number;
  issue: number;
  isDone: boolean;
}

/** `/holdpoint deploy …` as it was heard: by whom, when, about which commit. */
export interface DeploymentVoice {
  commentId: number;
  /** The issue or pull request that it was said on. */
  number: number;
  kind: "approve" | "reject" | "override";
  environment: string;
  sha: string;
  /** Requests that waited when it was heard, as `<run>-<attempt>`: it counts for none that came later. */
  requests: readonly string[];
  person: Person;
  at: Date;
  text: string;
}

/** What was decided about taking the environment back, and since when. */
export interface RollbackStanding {
  issue: number;
  /** The commit whose deployment failed, or that runs and is to be taken back. */
  sha: string | null;
  openedAt: Date;
  decision: { choice: RollbackChoice; at: Date } | null;
}

export const rollbackChoices = ["proceed", "partial", "abort"] as const;
export type RollbackChoice = (typeof rollbackChoices)[number];
