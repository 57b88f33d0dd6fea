/** What the handlers are given: everything that touches GitHub, the database, the clock or a log. */

import type { Logger } from "pino";
import type { Classification } from "../core/findings/finding.ts";
import type { Standing } from "../core/gate/standing.ts";
import type { Policy } from "../core/policy/schema.ts";
import type { CheckRunDraft } from "../core/report/check-run.ts";
import type {
  ChangedFile,
  Contents,
  Directory,
  Incomplete,
  Memory,
  Person,
  Read,
  Repository,
  Snapshot,
} from "../core/snapshot.ts";
import type { PullRequestSubject, RepositorySubject, Subject } from "../core/subject.ts";

export interface Ports {
  github: GithubPort;
  store: StorePort;
  clock: { now(): Date };
  log: Logger;
  meter: Meter;
  /** Where people read about what a check says. */
  urls: { server: string; documentation: string | null; public: string | null };
  /** Finds out what kind of change it is; large changes elsewhere than on this thread. */
  classify(input: ClassifyInput): Promise<Classification>;
}

export interface ClassifyInput {
  snapshot: Snapshot;
  contents: Contents;
  options: Policy["classification"];
}

/** What the handlers count. */
export interface Meter {
  ran(kind: string, result: "done" | "failed"): void;
  evaluated(verdict: string, seconds: number): void;
  published(conclusion: string): void;
  discarded(why: string): void;
  /** A check that was green went down on the same commit. */
  lowered(cause: string): void;
  foundForeignCheck(): void;
  redelivered(): void;
}

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
}

/** The change itself, of one base and head. */
export interface Change {
  files: ChangedFile[];
  /** The head that GitHub listed them for, where it tells: a list of another head than the reading's is stale. */
  headSha?: string | null;
  incomplete: Incomplete[];
}

export interface GithubPort {
  /** @returns `gone` when it does not exist (any more) for this installation. @throws {GithubError} when GitHub fails */
  readPullRequest(subject: PullRequestSubject, hints: ReadingHints): Promise<PullRequestReading | "gone">;
  /** The REST file list, paged until complete; more than GitHub lists (3,000) is `incomplete`, never cut in silence. */
  readChange(subject: PullRequestSubject): Promise<Change>;
  /** Text of files before and after, in one batched query; binary and over-large ones are left out. */
  readContents(subject: PullRequestSubject, shas: { base: string; head: string }, paths: string[]): Promise<Contents>;
  /** The commit against which GitHub shows a change; one request. */
  readMergeBase(subject: PullRequestSubject, shas: { base: string; head: string }): Promise<string | null>;
  /** A policy file that another one builds on: `owner/repository:path@ref`. */
  readPolicyFile(
    subject: PullRequestSubject,
    file: { owner: string; name: string; path: string; ref: string | null },
  ): Promise<Read<PolicyFile>>;
  /** Teams, organisations, permissions and code owners that the reading did not bring. */
  readDirectory(subject: PullRequestSubject, wanted: DirectoryWanted): Promise<Directory>;
  /** Forgets who people of an installation are: teams, members or permissions changed. */
  forgetDirectory(installationId: number): void;
  /** What must still be so just before success is written: head, base, draft state, state, and the policies' blobs. */
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
  /** Asks for reviews; who was already asked or cannot be asked is left out. */
  requestReviewers(subject: PullRequestSubject, people: Person[]): Promise<void>;
  comment(subject: PullRequestSubject, body: string): Promise<void>;
  react(subject: PullRequestSubject, commentId: number, reaction: "eyes" | "+1" | "-1" | "confused"): Promise<void>;
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
  policyBlobs: { repository: string | null; organization: string | null };
}

/** A change remembered per base, head and engine version, so that a later event costs one read. */
export interface RememberedChange {
  change: Change;
  classification: Classification;
  patchDigest: string | null;
}

export interface StorePort {
  loadHints(repositoryId: number): Promise<ReadingHints>;
  saveHints(repositoryId: number, hints: ReadingHints): Promise<void>;
  loadChange(key: ChangeKey): Promise<RememberedChange | null>;
  saveChange(key: ChangeKey, remembered: RememberedChange): Promise<void>;
  /** Heads of a pull request met so far. */
  loadHeads(repositoryId: number, number: number): Promise<Memory["heads"]>;
  saveHead(
    repositoryId: number,
    number: number,
    head: { sha: string; baseSha: string; patchDigest: string | null; firstSeenAt: Date },
  ): Promise<void>;
  /** Head that each review was given on, by review id, as its submission said. */
  loadReviewHeads(repositoryId: number, number: number): Promise<Record<number, string>>;
  /** Base branches of this repository that ever had a policy: losing it must not open the gate. */
  listGates(repositoryId: number): Promise<string[]>;
  saveGate(repositoryId: number, baseRef: string): Promise<void>;
  /** Takes all gates of a repository off, after Holdpoint was. */
  forgetGates(repositoryId: number): Promise<void>;
  loadPullRequest(repositoryId: number, number: number): Promise<KnownPullRequest | null>;
  /** A closed one no longer weighs on others that share its commit. */
  savePullRequest(pr: KnownPullRequest): Promise<void>;
  /** Those that are open. */
  listPullRequests(query: {
    repositoryId?: number;
    installationId?: number;
    headSha?: string;
    baseRef?: string;
  }): Promise<KnownPullRequest[]>;
  /** Verdicts of pull requests on this commit and check name, so that the worst can win. */
  loadSiblings(
    repositoryId: number,
    headSha: string,
    checkName: string,
  ): Promise<{ number: number; standing: Standing }[]>;
  /**
   * Writes a check under the lock of (repository, head): refuses a stale holder, calls `write` only when the digest differs from what was
   * last written, and records verdict and ledger entry in the same transaction.
   */
  publishCheck(publication: Publication): Promise<"written" | "unchanged" | "fenced">;
  enqueue(subjects: Subject[]): Promise<void>;
}

/** A pull request as it was when last looked at. */
export interface KnownPullRequest {
  installationId: number;
  repositoryId: number;
  owner: string;
  name: string;
  number: number;
  state: "open" | "closed";
  baseRef: string;
  headSha: string;
}

export interface ChangeKey {
  repositoryId: number;
  baseSha: string;
  headSha: string;
  engineVersion: string;
}

export interface Publication {
  subject: Subject;
  repositoryId: number;
  /** `null` for a merge group. */
  number: number | null;
  headSha: string;
  checkName: string;
  /** Grows with every run of the subject; a write with an older one is refused. */
  fence: number;
  /** Digest of what would be written. */
  digest: string;
  /** What the ledger keeps of it; `state` is the pull request's own verdict, also where a worse one of a sibling is shown. */
  record: { state: Standing; inputsDigest: string; engineVersion: string; summary: string };
  /** Check run known for it, if any. */
  knownId: number | null;
  /** Called under the lock. @returns the check run's id. Throwing leaves nothing recorded. */
  write(id: number | null): Promise<number>;
}

/** What a handler is told about the run it is in. */
export interface Run {
  /** From 1; counts failures since the last success. */
  attempt: number;
  fence: number;
  /** Aborted when the subject was lost to another process or this one stops. */
  signal: AbortSignal;
}

/** What a run leaves behind: the next moment at which time alone could change the answer. */
export interface RunResult {
  wakeAt?: Date | null;
}

/** The App's own view of GitHub: its deliveries and where it is installed. */
export interface AppPort {
  /** Deliveries newer than `since` that no attempt of has reached us. */
  listFailedDeliveries(since: Date): Promise<{ id: number; guid: string }[]>;
  redeliver(id: number): Promise<void>;
  listInstallations(): Promise<number[]>;
}

export interface SweepStore {
  listGatedRepositories(): Promise<RepositorySubject[]>;
  /** Ids of deliveries that were kept already, among those given. */
  listKept(guids: readonly string[]): Promise<ReadonlySet<string>>;
  readMark(key: string): Promise<string | null>;
  saveMark(key: string, value: string): Promise<void>;
  /** Takes away what is of no use any more. */
  prune(): Promise<void>;
}
