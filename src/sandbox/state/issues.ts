/** Issues, pull requests and what people say and do in them. */
import type { Account, Team } from "./accounts.ts";
import type { App } from "./apps.ts";
import type { Repository } from "./repository.ts";

export interface Label {
  id: number;
  nodeId: string;
  name: string;
  color: string;
  description: string | null;
  isDefault: boolean;
}

export interface Issue {
  kind: "issue" | "pull";
  id: number;
  nodeId: string;
  number: number;
  repository: Repository;
  title: string;
  body: string | null;
  author: Account;
  state: "open" | "closed";
  stateReason: CloseReason | "reopened" | null;
  labels: Set<Label>;
  assignees: Set<Account>;
  comments: IssueComment[];
  events: IssueEvent[];
  isLocked: boolean;
  createdAt: Date;
  updatedAt: Date;
  closedAt: Date | null;
  closedBy: Account | null;
  viaApp: App | null;
}

export type CloseReason = "completed" | "not_planned" | "duplicate";

export interface PullRequest extends Issue {
  kind: "pull";
  /** The pull request's own id; `id` is that of its issue side. */
  pullId: number;
  base: { repository: Repository; ref: string; sha: string };
  head: { repository: Repository; ref: string; sha: string };
  isDraft: boolean;
  mergedAt: Date | null;
  mergedBy: Account | null;
  mergeCommitSha: string | null;
  /** What a rebase wrote onto the base, oldest first. */
  landed: string[];
  reviews: Review[];
  requestedReviewers: Set<Account>;
  requestedTeams: Set<Team>;
  autoMerge: AutoMerge | null;
  isQueued: boolean;
  /** Heads that were, oldest first. */
  formerHeads: string[];
}

export type MergeMethod = "merge" | "squash" | "rebase";

export interface AutoMerge {
  enabledBy: Account;
  method: MergeMethod;
  enabledAt: Date;
  /** What the merge commit will say; null for GitHub's own words. */
  title: string | null;
  message: string | null;
}

export interface Review {
  id: number;
  nodeId: string;
  author: Account;
  body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  /** Where GitHub says the review stands; it may move with the head (see `carryReviews`). */
  commitSha: string;
  submittedAt: Date;
  editedAt: Date | null;
  editor: Account | null;
  comments: ReviewComment[];
}

export interface ReviewComment {
  id: number;
  nodeId: string;
  author: Account;
  path: string;
  line: number;
  body: string;
  createdAt: Date;
  resolvedBy: Account | null;
}

export interface IssueComment {
  id: number;
  nodeId: string;
  issue: Issue;
  author: Account;
  body: string;
  createdAt: Date;
  updatedAt: Date;
  editor: Account | null;
  viaApp: App | null;
  reactions: Reaction[];
}

/** Said under a commit rather than under an issue. */
export interface CommitComment {
  id: number;
  nodeId: string;
  sha: string;
  author: Account;
  body: string;
  createdAt: Date;
}

/** An issue that left its repository: deleted, or moved to where it is found now. */
export type Departure = { kind: "deleted" } | { kind: "transferred"; to: Issue };

export const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;

export interface Reaction {
  id: number;
  nodeId: string;
  content: (typeof REACTIONS)[number];
  by: Account;
  createdAt: Date;
}

/** One line of an issue's timeline. */
export interface IssueEvent {
  id: number;
  nodeId: string;
  event: IssueEventName;
  actor: Account;
  createdAt: Date;
  viaApp: App | null;
  label?: Label;
  /** Names as they stood then: a label may be renamed since. */
  labelName?: string;
  commitSha?: string;
  beforeSha?: string;
  reviewer?: Account;
  assignee?: Account;
  /** The pull request whose merge closed an issue. */
  closingPull?: PullRequest;
  /** Of an issue that was closed or reopened. */
  stateReason?: Issue["stateReason"];
  /** Where a transferred issue was before. */
  cameFrom?: Repository;
  team?: Team;
  review?: Review;
  dismissalMessage?: string | null;
  reviewStateBefore?: Review["state"];
  renamedFrom?: string;
  renamedTo?: string;
}

export type IssueEventName =
  | "assigned"
  | "unassigned"
  | "transferred"
  | "labeled"
  | "unlabeled"
  | "closed"
  | "reopened"
  | "merged"
  | "renamed"
  | "base_ref_changed"
  | "head_ref_force_pushed"
  | "convert_to_draft"
  | "ready_for_review"
  | "review_requested"
  | "review_request_removed"
  | "review_dismissed";

export function isPull(issue: Issue): issue is PullRequest {
  return issue.kind === "pull";
}

/** The sandbox's threads hold one comment each. */
export function threadId(comment: ReviewComment): string {
  return `${comment.nodeId}_thread`;
}

export function isMerged(pull: PullRequest): boolean {
  return pull.mergedAt !== null;
}
