/** GitHub as the handlers see it: what can be read and written there. */

import type { CodeScanningAlert } from "../core/code-scanning.ts";
import type { MergeMethod } from "../core/gate/verdict.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import type { ReviewedDependency } from "../core/reviewed-dependency.ts";
import type {
  ChangedFile,
  Contents,
  Directory,
  Incomplete,
  Person,
  Read,
  Repository,
  Snapshot,
} from "../core/snapshot.ts";
import type { PullRequestSubject, RepositoryRef, Subject } from "../core/subject.ts";
import type { DeploymentsPort } from "./deployment-port.ts";
import type { IssueRef, IssuesPort } from "./issues-port.ts";
import type { HistoryPort } from "./policy-replay-port.ts";

/** A text file at a commit. */
export interface PolicyFile {
  text: string;
  blobSha: string;
  /** Commit it was read at; `null` where the reading does not tell. */
  commit: string | null;
}

/** One whole reading of a pull request: everything but the changed files and their contents. */
export interface PullRequestReading {
  /** `files` is empty here and `incomplete` says nothing of files; see {@link GithubPort.readChange}. */
  snapshot: Snapshot;
  /** GitHub's own count of changed files, to hold the list against. */
  changedFilesCount: number;
  /** Where the change left the base branch, against which GitHub shows it; `null` where its history does not tell: see `readMergeBase`. */
  mergeBaseSha: string | null;
  /** `.github/checkpoints.yml` at the tip of the base branch, and the organisation's `checkpoints.yml` in its `.github` repository. */
  policies: { repository: Read<PolicyFile>; organization: Read<PolicyFile> };
  /** Check runs on the head that this App wrote, by name. */
  ownChecks: OwnCheck[];
  /** Comments in the conversation that this App wrote, oldest first. */
  ownComments: { id: number; body: string }[];
  /** Check runs and statuses that bear our name but are not ours. */
  foreignChecks: { name: string; app: string }[];
  /** When GitHub first made check suites for this head. */
  headFirstSeenAt: Date | null;
  readAt: Date;
}

export interface OwnCheck {
  id: number;
  name: string;
  externalId: string;
  status: "queued" | "in_progress" | "completed";
  conclusion: string | null;
}

/** What the reader may know beforehand, so that one request is enough. All of it is only a hint. */
export interface ReadingHints {
  /** Teams that the policy last in force named, as `org/slug`. */
  teams: string[];
  /** Organisations that it named. */
  organizations: string[];
  /** Whether it asks for checks, statuses or workflow runs of others; left out where no policy was met yet. */
  looksAtChecks?: boolean;
  /** Whether it looks at custom properties of the repository: one request more. Else they are empty. */
  properties?: boolean;
  /** The policy asks something of deployments, so that a request to deploy is looked for where its event was lost. */
  deploys?: boolean;
}

/** The change itself, of one base and head. */
export interface Change {
  files: ChangedFile[];
  /** The head that GitHub listed them for, where it tells: a list of another head than the reading's is stale. */
  headSha?: string | null;
  incomplete: Incomplete[];
}

export interface GithubPort extends IssuesPort, DeploymentsPort, HistoryPort {
  /** @returns `gone` when it does not exist (any more) for this installation. @throws {GithubError} when GitHub fails */
  readPullRequest(subject: PullRequestSubject, hints: ReadingHints): Promise<PullRequestReading | "gone">;
  /** The REST file list, paged until complete; more than GitHub lists (3,000) is `incomplete`, never cut in silence. */
  readChange(subject: PullRequestSubject): Promise<Change>;
  /** Text of files before and after, in one batched query; binary and over-large ones are left out. */
  readContents(subject: PullRequestSubject, shas: { base: string; head: string }, paths: string[]): Promise<Contents>;
  /** GitHub's dependency review of a range; one request. `missing` or `unreadable`: this repository has none, or keeps it from us. */
  readDependencyReview(
    subject: PullRequestSubject,
    shas: { base: string; head: string },
  ): Promise<Read<ReviewedDependency[]>>;
  /** Open alerts of code scanning at the pull request, in files of these paths; two requests where there are any, else one. */
  readCodeScanningAlerts(
    subject: PullRequestSubject,
    where: { baseRef: string; paths: ReadonlySet<string> },
  ): Promise<Read<CodeScanningAlert[]>>;
  /** The commit against which GitHub shows a change; one request. */
  readMergeBase(subject: PullRequestSubject, shas: { base: string; head: string }): Promise<string | null>;
  /** A policy file that another one builds on: `owner/repository:path@ref`. */
  readPolicyFile(
    subject: RepositoryRef,
    file: { owner: string; name: string; path: string; ref: string | null },
  ): Promise<Read<PolicyFile>>;
  /** Teams, organisations, permissions and code owners that the reading did not bring. */
  readDirectory(subject: PullRequestSubject, wanted: DirectoryWanted): Promise<Directory>;
  /** Forgets who people of an installation are: teams, members or permissions changed. */
  forgetDirectory(installationId: number): void;
  /** What must still be so just before success is written: head, base, draft state, state, labels, and the policies' blobs. */
  readGuard(subject: PullRequestSubject): Promise<PullRequestGuard>;
  readRepository(repository: { installationId: number; owner: string; name: string }): Promise<Repository | "gone">;
  listOpenPullRequests(repository: Subject & { kind: "repository" }): Promise<PullRequestSubject[]>;
  listPullRequestsOfCommit(subject: Subject & { kind: "commit" }): Promise<PullRequestSubject[]>;
  listPullRequestsOfMergeGroup(subject: Subject & { kind: "merge_group" }): Promise<Read<PullRequestSubject[]>>;
  listRepositories(installationId: number): Promise<{ repositoryId: number; owner: string; name: string }[]>;
  /** Creates the check run, or updates the one with this id; annotations beyond 50 go in further requests. @returns its id */
  writeCheck(
    subject: { installationId: number; owner: string; name: string },
    id: number | null,
    draft: CheckRunDraft,
  ): Promise<number>;
  /** Asks for reviews, also of whole teams (`org/slug`); who was already asked or cannot be asked is left out. */
  requestReviewers(subject: PullRequestSubject, people: Person[], teams?: string[]): Promise<void>;
  /** @returns the new comment's id */
  comment(subject: IssueRef, body: string): Promise<number>;
  /** A comment that bears a marker and is written once; where it may stand already, it is looked for first. */
  commentOnce(
    subject: { installationId: number; owner: string; name: string; number: number },
    comment: MarkedComment,
  ): Promise<{ kind: "sent" } | { kind: "refused" | "failed"; reason: string; retryAt?: Date | null }>;
  /** Rewrites a comment of ours; one that was deleted meanwhile is `gone`. */
  editComment(subject: IssueRef, commentId: number, body: string): Promise<"edited" | "gone">;
  /** Answers a comment in the conversation with a sign; one that was deleted meanwhile is `gone`. */
  react(
    subject: RepositoryRef,
    commentId: number,
    reaction: "eyes" | "+1" | "-1" | "confused",
  ): Promise<"reacted" | "gone">;
  /** Merges this head and no other, through the merge queue where the branch has one, or by GitHub's auto-merge while checks still run. */
  merge(subject: PullRequestSubject, wanted: MergeWanted): Promise<MergeOutcome>;
  /** Takes GitHub's own auto-merge off; nothing happens where it is not armed. `refused`: the App may not, and it stays armed. */
  disarmAutoMerge(subject: PullRequestSubject): Promise<"off" | "refused">;
  /** Brings the base branch into the head, if the head is still this one. */
  updateBranch(subject: PullRequestSubject, headSha: string): Promise<"updated" | "refused">;
  /** A branch at a commit of the repository or one of its forks. */
  createBranch(
    subject: PullRequestSubject,
    branch: { name: string; sha: string },
  ): Promise<"created" | "exists" | "refused">;
  /**
   * An issue in the pull request's repository. `marker` stands hidden in its body: where an open or closed issue of ours bears it already, that
   * one is returned, so that asking twice files one.
   */
  createIssue(subject: RepositoryRef, issue: NewIssue): Promise<{ number: number; url: string } | "refused">;
  /** Writes a text file on a branch in one commit; nothing where it says the same already. */
  writeFile(
    subject: PullRequestSubject,
    file: { branch: string; path: string; text: string; message: string },
  ): Promise<"written" | "unchanged" | "refused">;
}

export interface MarkedComment {
  /** With the marker in it. */
  body: string;
  marker: string;
  /** Comments of ours from this moment on are searched for the marker; `null`: it cannot have been written. */
  soughtSince: Date | null;
}

export interface MergeWanted {
  headSha: string;
  method: MergeMethod;
  /** Of the commit that is made, below its title; left out: GitHub's own. A rebase makes none. */
  message?: string;
}

export type MergeOutcome =
  | { kind: "merged"; sha: string }
  /** In the merge queue, or GitHub merges once its own conditions hold. */
  | { kind: "queued" | "armed" }
  /** The head moved, or the pull request cannot be merged as it is: why, as GitHub says it. */
  | { kind: "refused"; reason: string };

export interface NewIssue {
  title: string;
  body: string;
  labels: string[];
  assignees: string[];
  /** Letters, digits, `:`, `/`, `#` and `-`. */
  marker: string;
}

export interface DirectoryWanted {
  teams: string[];
  organizations: string[];
  /** People whose effective permission is needed. */
  permissionsOf: Person[];
  /** Whether CODEOWNERS has to be read for the changed paths. */
  codeownersOf: string[] | null;
  /** Ask GitHub itself, whatever was read a moment ago: for those about to open the gate. */
  fresh?: boolean;
}

export interface PullRequestGuard {
  headSha: string;
  baseRef: string;
  baseSha: string;
  isDraft: boolean;
  state: Snapshot["state"];
  labels: string[];
  policyBlobs: { repository: string | null; organization: string | null };
}

/** The App's own view of GitHub: its deliveries and where it is installed. */
export interface AppPort {
  /** Deliveries newer than `since` that no attempt of has reached us. */
  listFailedDeliveries(since: Date): Promise<{ id: number; guid: string }[]>;
  redeliver(id: number): Promise<void>;
  listInstallations(): Promise<number[]>;
  /** Where the App may see a repository; `null` where it is not installed or suspended. Known for a minute. */
  findInstallation(repository: { owner: string; name: string }): Promise<number | null>;
}
