/**
 * What is known of one pull request at one moment: plain values, read from GitHub, from a local clone or from a description.
 * Nothing here judges. What could not be read whole is named in `incomplete`; a missing fact is never an empty one.
 */

import type { RememberedBypass } from "./bypass/bypass.ts";
import type { CodeScanningAlert } from "./code-scanning.ts";
import type { CodeownersProblem } from "./codeowners-problem.ts";
import type { PolicyChange } from "./policy/comparison/policy-difference.ts";
import type { ReviewedDependency } from "./reviewed-dependency.ts";

/** Repository permission, weakest first. */
export const permissions = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Permission = (typeof permissions)[number];

/** Holds when `has` is at least `needed`. */
export function isAtLeast(has: Permission, needed: Permission): boolean {
  return permissions.indexOf(has) >= permissions.indexOf(needed);
}

/** A GitHub account. `id` is the identity; the login is only for reading and may be renamed. */
export interface Person {
  id: number;
  login: string;
  /**
   * `ghost`: a deleted account; it can neither hold nor release anything.
   * `unmapped`: whoever a commit in a clone names by e-mail; which account that is, nobody asked.
   */
  kind: "user" | "bot" | "ghost" | "unmapped";
}

/** Who a commit names: the account where GitHub could map the e-mail to one, else only what the commit claims. */
export interface CommitPerson {
  account: Person | null;
  name: string;
  email: string;
}

export interface Commit {
  sha: string;
  message: string;
  author: CommitPerson;
  committer: CommitPerson;
  /** From `Co-authored-by` trailers. They may exclude people, never entitle them. */
  coAuthors: CommitPerson[];
  parents: string[];
  pushedAt: Date | null;
  pushedBy: Person | null;
  /** Made by GitHub's web page or API (committer `web-flow`). */
  isViaWeb: boolean;
  signature: { isValid: boolean; signer: Person | null } | null;
}

export type FileStatus = "added" | "removed" | "modified" | "renamed" | "copied" | "type_changed";

export interface ChangedFile {
  path: string;
  /** The old name of a renamed or copied file. Rules about paths look at both names. */
  previousPath: string | null;
  status: FileStatus;
  additions: number;
  deletions: number;
  /** Unified diff hunks (`@@ …`) without file headers; `null` where there is none: binary, too large, or left out by GitHub. */
  patch: string | null;
  isBinary: boolean;
  /** Blob ids before and after, where known. */
  baseSha: string | null;
  headSha: string | null;
  /** Git file modes after the change (`100644`, `100755`, `120000` symlink, `160000` submodule), where known. */
  mode: string | null;
}

export type ReviewState = "approved" | "changes_requested" | "commented" | "dismissed";

export interface Review {
  id: number;
  user: Person;
  state: ReviewState;
  submittedAt: Date;
  /** The commit GitHub says the review is on *now*; GitHub re-points it after a rebase with an unchanged diff, so it proves nothing. */
  commitSha: string | null;
  /** The head that the review was given on, where we saw it arrive or were told. */
  headAtSubmission: string | null;
  body: string;
  isEdited: boolean;
}

export interface Comment {
  id: number;
  user: Person;
  body: string;
  createdAt: Date;
  isEdited: boolean;
  /** Who edited it last; `null` where nobody did, or GitHub does not tell. */
  editedBy: Person | null;
}

export interface Label {
  name: string;
  /** From the newest labelling event of that very name; `null` when there is none, as after a label was renamed. */
  addedBy: Person | null;
  addedAt: Date | null;
  /** The head it was put on, as its event said when it arrived. `null`: no such event arrived; left out where nobody watches for them. */
  headAtLabelling?: string | null;
}

export const checkStates = [
  "success",
  "neutral",
  "skipped",
  "failure",
  "error",
  "cancelled",
  "timed_out",
  "action_required",
  "stale",
  "pending",
] as const;
export type CheckState = (typeof checkStates)[number];

/** A check run or commit status on the head, newest of its name and source. */
export interface CheckFact {
  name: string;
  kind: "check" | "status";
  /** The app that wrote it; `null` for commit statuses of people and tokens. */
  app: { id: number; slug: string } | null;
  state: CheckState;
  completedAt: Date | null;
}

/** The newest run of one workflow file for one event on the head. */
export interface WorkflowRunFact {
  path: string;
  event: string;
  state: CheckState;
}

/** A fact that could be read, one that is known not to exist, or the reason why it could not be read. */
export type Read<T> = { kind: "read"; value: T } | { kind: "missing" } | { kind: "unreadable"; reason: string };

/** Who people are in this repository and organisation, as far as the policy in force needs to know. Keys are lower case. */
export interface Directory {
  /** Active members, child teams included; key `org/slug`. */
  teams: Record<string, Read<Person[]>>;
  /** Members of organisations; key the organisation's login. */
  organizations: Record<string, Read<Person[]>>;
  /** Effective permission by account id. Who is not listed was not asked for, which is not "none". */
  permissions: Record<number, Read<Permission>>;
  /** Owners that CODEOWNERS names per changed path; only read where a role asks for code owners. */
  codeowners: Read<Record<string, Person[]>>;
  /** What is wrong in CODEOWNERS: lines that cannot be read, owners that cannot be found. Left out where it was not read. */
  codeownersProblems?: CodeownersProblem[];
  /** Accounts that say they are busy: not asked for a review unless nobody else can. */
  busy: number[];
}

export interface Repository {
  id: number;
  owner: string;
  name: string;
  isPrivate: boolean;
  defaultBranch: string;
  /** Custom properties of the repository. */
  properties: Record<string, string[]>;
}

/** Something that could not be read whole; while it stands, the gate cannot open by approvals. */
export interface Incomplete {
  /** Which part: `files` beyond 3,000, `commits` beyond 250, … */
  what:
    | "files"
    | "commits"
    | "reviews"
    | "comments"
    | "labels"
    | "checks"
    | "workflow_runs"
    | "teams"
    | "permissions"
    | "contents";
  reason: string;
}

export interface Snapshot {
  repository: Repository;
  /** `null` for a local range that is no pull request. */
  number: number | null;
  title: string;
  body: string;
  state: "open" | "closed" | "merged";
  isDraft: boolean;
  isFork: boolean;
  author: Person;
  createdAt: Date | null;
  base: { ref: string; sha: string };
  head: { ref: string; sha: string };
  labels: Label[];
  files: ChangedFile[];
  commits: Commit[];
  reviews: Review[];
  comments: Comment[];
  checks: CheckFact[];
  workflowRuns: WorkflowRunFact[];
  requestedReviewers: Person[];
  /** GitHub's own auto-merge, where somebody armed it; it would merge as soon as every required check is green. */
  autoMerge: { enabledBy: Person | null } | null;
  isInMergeQueue: boolean;
  /** Review conversations that nobody resolved; `null` where they were not counted. */
  openThreads: number | null;
  /** What came of it; `null` while it is not merged. */
  merged: { at: Date; by: Person | null; commitSha: string | null } | null;
  directory: Directory;
  incomplete: Incomplete[];
  /** GitHub's dependency review of the change; left out where nobody asked: no manifest or lock file changed, or there is no GitHub. */
  dependencyReview?: Read<ReviewedDependency[]>;
  /** Open alerts of code scanning in changed files; left out where nobody asked: no scan has ended on the head, or there is no GitHub. */
  codeScanning?: Read<CodeScanningAlert[]>;
  /** What the change does to the policy itself; left out where it leaves it alone, or nobody compared. */
  policyChange?: PolicyChange;
}

/** Text of files before and after; a path maps to `null` where the file does not exist on that side. Absent paths were not fetched. */
export interface Contents {
  base: ReadonlyMap<string, string | null>;
  head: ReadonlyMap<string, string | null>;
}

/** A head of the pull request that was met before. */
export interface RememberedHead {
  /** Digest of the pull request's own change there; `null`: it could not be compared. */
  patchDigest: string | null;
  /** The same by changed path, old names of renamed files included; `null` where a file's change could not be told. */
  pathDigests: Record<string, string | null>;
  firstSeenAt: Date;
  /**
   * The change at this head, by the commit where it left the base branch, oldest first: taken to another base, the same head may bring
   * more along. Left out where it was met as one change only.
   */
  changes?: { mergeBaseSha: string; patchDigest: string | null; metAt: Date }[];
}

/** Somebody who was asked for a review, by Holdpoint or by hand. */
export interface AskedReviewer {
  personId: number;
  login: string;
  /** When last, and on which head. Asking again only follows a reaction, so that pushes do not restart it. */
  askedAt: Date;
  headSha: string;
  /** Still asked; else the review was given, or the request taken back. */
  isAwaited: boolean;
}

/** A command that was seen when it was given: editing or deleting its comment takes nothing back. */
export interface RememberedCommand {
  commentId: number;
  person: Person;
  at: Date;
  /** The line after `/holdpoint`, e.g. `hold waiting for legal`. */
  text: string;
  headSha: string;
}

/** A maintenance window as it stands in the policy of a base branch. */
export interface SeenWindow {
  baseRef: string;
  /** Of the window as it is written; another text is another window. */
  digest: string;
  since: Date;
}

/** What Holdpoint remembers beyond what GitHub can tell; losing it may only make the gate stricter. */
export interface Memory {
  heads: Record<string, RememberedHead>;
  /** When people were first asked for what a requirement waits for, by its id: where its `timeout:` starts. */
  askedAt: Record<string, Date>;
  reviewers: AskedReviewer[];
  commands: RememberedCommand[];
  /** Reviews that are asked for and not given yet in the other pull requests of the installation, by account id: how busy people are. */
  load: Record<number, number>;
  /** Bypasses of this pull request, oldest first, those refused for want of an issue and those that ended included. */
  bypasses: RememberedBypass[];
  /** Merges of the repository within the budget's period; `null` where nobody counted, which is no room for another bypass. */
  merges: { all: number; bypassed: number } | null;
  /** Maintenance windows of the repository's base branches, each since when its policy has had it without a break. */
  windows: SeenWindow[];
}

export const emptyMemory: Memory = {
  heads: {},
  askedAt: {},
  reviewers: [],
  commands: [],
  load: {},
  bypasses: [],
  merges: null,
  windows: [],
};
