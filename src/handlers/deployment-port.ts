/** Deployments as the handlers see them: what GitHub tells of a run that waits, and what is remembered of it. */

import type {
  CommitOrigin,
  Comparison,
  DeployingRun,
  DeploymentVoice,
  PastDeployment,
} from "../core/deployment/deployment.ts";
import type { Json } from "../core/report/ledger-hash.ts";
import type { Read, Repository } from "../core/snapshot.ts";
import type { DeploymentSubject, RepositoryRef } from "../core/subject.ts";
import type { PolicyFile } from "./github-port.ts";

export type RequestReading =
  | {
      kind: "read";
      run: DeployingRun;
      /** Environments that the run waits for, as GitHub writes them. */
      pending: string[];
    }
  /** The run, or the repository, is not there any more. */
  | { kind: "gone" }
  /** The App lacks a permission, or GitHub here is too old to have such requests. */
  | { kind: "refused"; needs: string };

/** One reading of an environment and of what is asked of it. */
export interface EnvironmentReading {
  repository: Repository;
  /** At the tip of the default branch: what is deployed may be anybody's commit, and cannot say what is asked of itself. */
  policies: { repository: Read<PolicyFile>; organization: Read<PolicyFile> };
  /** Newest first. */
  past: PastDeployment[];
  /** There are no older ones. */
  isWhole: boolean;
}

/** An answer as it is kept until GitHub is known to have it, with what the ledger then says. */
export interface DeploymentAnswer {
  state: "approved" | "rejected";
  kind: string;
  data: Json;
}

/** `refused`: GitHub understood and does not take it, with its reason. */
export type ReviewOutcome = { kind: "answered" } | { kind: "refused"; reason: string };

export interface DeploymentsPort {
  /** @throws {GithubError} when GitHub fails, as the others here do */
  readDeploymentRequest(subject: RepositoryRef & Pick<DeploymentSubject, "runId">): Promise<RequestReading>;
  readEnvironment(
    repository: RepositoryRef,
    environment: string,
  ): Promise<EnvironmentReading | "gone" | { kind: "refused"; needs: string }>;
  /** Commits of `head` that `base` lacks, paged until complete; what GitHub does not list whole is `unreadable`. */
  compareCommits(repository: RepositoryRef, shas: { base: string; head: string }): Promise<Comparison>;
  /** Where commits come from, in as few queries as hold them. */
  readOrigins(repository: RepositoryRef, shas: readonly string[]): Promise<CommitOrigin[]>;
  /** Releases or stops the deployment; without a state it only says how things are. */
  reviewDeployment(
    subject: DeploymentSubject,
    review: { state: "approved" | "rejected" | null; comment: string },
  ): Promise<ReviewOutcome>;
  /** What GitHub has as our answer to this attempt, found by the mark in its words; `null` where it has none. */
  readDeploymentAnswer(subject: DeploymentSubject, mark: string): Promise<"approved" | "rejected" | null>;
  /** Runs that wait to deploy, with the environments that they wait for; `refused` where the App may not list them. */
  listWaitingRuns(
    repository: RepositoryRef,
  ): Promise<{ runId: number; environments: string[] }[] | { kind: "refused"; needs: string }>;
}

/** One attempt of one run that wants to deploy to one environment. */
export interface RequestKey {
  repositoryId: number;
  runId: number;
  attempt: number;
  environment: string;
}

export interface KeptRequest extends RepositoryRef, RequestKey {
  sha: string;
  state: "waiting" | "approved" | "rejected" | "closed";
  requestedAt: Date;
  /** An answer that was begun: whether GitHub got it is found out by looking. */
  answering: DeploymentAnswer | null;
  /** The last one said what has this digest. */
  reports: { count: number; lastAt: Date | null; digest: string | null };
  /** What was found at the last look, for the issue that tells of it; `null` before the first. */
  view: Json;
}

export interface DeploymentStore {
  /**
   * One that is kept already stays as it is, unless it was closed: GitHub shows it again. Earlier attempts of the run are over. What is new is told
   * in the ledger, in the same transaction.
   */
  keepRequest(request: RepositoryRef & RequestKey & { sha: string }, data: Json): Promise<KeptRequest>;
  /** Oldest first. */
  listWaitingRequests(query?: { repositoryId?: number; environment?: string; runId?: number }): Promise<KeptRequest[]>;
  /** Commits that were released to the environment, newest first, as many as are of use. */
  listReleased(repositoryId: number, environment: string): Promise<string[]>;
  saveRequestView(key: RequestKey, view: Json): Promise<void>;
  /** Counts a report before it is sent. @returns whether it may be sent: it says something new, and there are some left */
  claimReport(key: RequestKey, report: { digest: string; count: number; at: Date }): Promise<boolean>;
  beginAnswer(key: RequestKey, answer: DeploymentAnswer): Promise<void>;
  /** GitHub did not take it, for certain. */
  dropAnswer(key: RequestKey): Promise<void>;
  /** The first end counts, and is told in the ledger in the same transaction. @returns whether it was this one */
  settleRequest(
    key: RequestKey,
    end: { state: "approved" | "rejected" | "closed"; kind: string; data: Json },
  ): Promise<boolean>;
  /** What was said once is not said twice. */
  saveVoice(repositoryId: number, voice: DeploymentVoice): Promise<void>;
  listVoices(repositoryId: number, environment: string, sha: string): Promise<DeploymentVoice[]>;
  /** Checkpoints that a pull request satisfied when it was merged. */
  saveSatisfied(repositoryId: number, number: number, checkpoints: readonly string[]): Promise<void>;
  listSatisfied(repositoryId: number, numbers: readonly number[]): Promise<ReadonlyMap<number, string[]>>;
  /** Repositories whose policy asks something of deployments, or that asked for one of late. */
  listDeploying(since: Date): Promise<RepositoryRef[]>;
}
