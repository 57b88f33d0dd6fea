/** A described pull request as the facts that the judgement takes. */

import { createHash } from "node:crypto";
import type { CheckFact, Contents, Label, Memory, Repository, Review, Snapshot, WorkflowRunFact } from "../snapshot.ts";
import { type AccountConflict, type Accounts, assignAccounts } from "./accounts.ts";
import { bypassesOf } from "./described-bypasses.ts";
import { commitsOf } from "./described-commits.ts";
import { describedContents, describedFiles } from "./described-files.ts";
import { memoryOf } from "./described-memory.ts";
import { directoryOf, everybody } from "./described-people.ts";
import { timeOf } from "./described-time.ts";
import type { Description } from "./schema.ts";

export interface DescribedFacts {
  snapshot: Snapshot;
  memory: Memory;
  contents: Contents;
  now: Date;
}

/** What a description leaves to the caller. */
export interface DescribingOptions {
  /** Used where the description says no `now`. */
  now: Date;
  /** Digest of the change on its head, by which approvals survive a push that changed nothing; `null` where it cannot be told. */
  patchDigest?: ((snapshot: Snapshot) => string | null) | undefined;
  /** Teams and organisations that the policy may ask about: those that are not described do not exist. */
  teams?: readonly string[];
  organizations?: readonly string[];
  /** Maintenance windows of the policy, and what each is recognised by. */
  windows?: readonly { name: string; digest: string }[];
}

export function describeToSnapshot(
  description: Description,
  options: DescribingOptions,
): { kind: "described"; facts: DescribedFacts } | { kind: "conflicting"; conflicts: AccountConflict[] } {
  const { accounts, conflicts } = assignAccounts(everybody(description));
  if (conflicts.length > 0) return { kind: "conflicting", conflicts };
  const now = description.now === undefined ? options.now : new Date(description.now);
  const repository = repositoryOf(description);
  const headRef = branchOf(description.head, "head");
  const lastSha = description.commits?.at(-1)?.sha;
  const head = headRef.isShaKnown || lastSha === undefined ? headRef : { ...headRef, sha: lastSha };
  const { ref, sha } = branchOf(description.base, "base");
  const snapshot: Snapshot = {
    repository,
    number: description.number ?? null,
    title: description.title ?? "",
    body: description.body ?? "",
    state: description.state ?? "open",
    isDraft: description.draft ?? false,
    isFork: description.fork ?? false,
    author: accounts.of(description.author),
    createdAt: timeOf(description.created_at),
    base: { ref, sha },
    head: { ref: head.ref, sha: head.sha },
    labels: labelsOf(description, accounts),
    files: describedFiles(description.files ?? []),
    commits: commitsOf(description, head.sha, accounts),
    reviews: reviewsOf(description, accounts, now, head.sha),
    comments: (description.comments ?? []).map((comment, index) => ({
      id: comment.id ?? 1_000_000 + index,
      user: accounts.of(comment.user),
      body: comment.body,
      createdAt: timeOf(comment.created_at) ?? now,
      isEdited: comment.edited ?? comment.edited_by !== undefined,
      editedBy: comment.edited_by === undefined ? null : accounts.of(comment.edited_by),
    })),
    checks: checksOf(description),
    workflowRuns: workflowRunsOf(description),
    requestedReviewers: (description.requested_reviewers ?? []).map(accounts.of),
    autoMerge: null,
    isInMergeQueue: false,
    openThreads: null,
    merged: null,
    directory: directoryOf(description, accounts, options),
    incomplete: (description.incomplete ?? []).map((part) =>
      typeof part === "string" ? { what: part, reason: `${part.replace("_", " ")} could not be read whole` } : part,
    ),
  };
  const memory = {
    ...memoryOf(description, snapshot, options.patchDigest?.(snapshot) ?? null),
    bypasses: bypassesOf(description, accounts, head.sha, now),
    merges: description.merges === undefined ? { all: 0, bypassed: 0 } : description.merges,
    windows: (options.windows ?? []).map(({ name, digest }) => ({
      baseRef: ref,
      digest,
      since: timeOf(description.windows?.[name]) ?? new Date(0),
    })),
  };
  return { kind: "described", facts: { snapshot, memory, contents: describedContents(description), now } };
}

function repositoryOf({ repository = "owner/repository" }: Description): Repository {
  const defaults = { id: 1, isPrivate: false, defaultBranch: "main", properties: {} };
  if (typeof repository === "string") {
    const [owner = "owner", name = "repository"] = repository.split("/");
    return { ...defaults, owner, name };
  }
  const properties = Object.entries(repository.properties ?? {}).map(([key, value]) => [key, [value].flat()] as const);
  return {
    id: repository.id ?? defaults.id,
    owner: repository.owner,
    name: repository.name,
    isPrivate: repository.private ?? defaults.isPrivate,
    defaultBranch: repository.default_branch ?? defaults.defaultBranch,
    properties: Object.fromEntries(properties),
  };
}

/** A branch without a commit gets a made-up one that is always the same. */
function branchOf(
  branch: Description["base"],
  side: "base" | "head",
): { ref: string; sha: string; isShaKnown: boolean } {
  const { ref, sha } = typeof branch === "string" ? { ref: branch, sha: undefined } : branch;
  if (sha !== undefined) return { ref, sha, isShaKnown: true };
  if (/^[0-9a-f]{40}$/.test(ref)) return { ref, sha: ref, isShaKnown: true };
  return { ref, sha: createHash("sha1").update(`${side}:${ref}`).digest("hex"), isShaKnown: false };
}

function labelsOf({ labels = [], author, created_at }: Description, accounts: Accounts): Label[] {
  return labels.map((label) => {
    // A bare name was there from the start, put on by the author: the least that a label can mean.
    const full =
      typeof label === "string"
        ? { name: label, added_by: author, added_at: created_at, head_at_labelling: undefined }
        : label;
    return {
      name: full.name,
      addedBy: full.added_by === undefined ? null : accounts.of(full.added_by),
      addedAt: timeOf(full.added_at),
      ...(full.head_at_labelling === undefined ? {} : { headAtLabelling: full.head_at_labelling }),
    };
  });
}

function reviewsOf({ reviews = [] }: Description, accounts: Accounts, now: Date, headSha: string): Review[] {
  return reviews.map((review, index) => ({
    id: review.id ?? 2_000_000 + index,
    user: accounts.of(review.user),
    state: review.state,
    submittedAt: timeOf(review.submitted_at) ?? now,
    commitSha: review.commit ?? headSha,
    headAtSubmission: review.head_at_submission ?? null,
    body: review.body ?? "",
    isEdited: review.edited ?? false,
  }));
}

function checksOf({ statuses = [], checks = [] }: Description): CheckFact[] {
  return (
    [
      ["status", statuses],
      ["check", checks],
    ] as const
  ).flatMap(([kind, given]) => {
    const list = Array.isArray(given)
      ? given
      : Object.entries(given).map(([name, state]) => ({ name, state, app: undefined, completed_at: undefined }));
    return list.map(({ name, state, app, completed_at }) => ({
      name,
      kind,
      app: app ?? null,
      state,
      completedAt: timeOf(completed_at),
    }));
  });
}

function workflowRunsOf({ workflow_runs = [] }: Description): WorkflowRunFact[] {
  const list = Array.isArray(workflow_runs)
    ? workflow_runs
    : Object.entries(workflow_runs).map(([path, state]) => ({ path, state, event: undefined }));
  return list.map(({ path, event, state }) => ({ path, event: event ?? "pull_request", state }));
}
