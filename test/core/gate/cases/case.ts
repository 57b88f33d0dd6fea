/** What one row of the case table is: a policy, a described pull request, and the verdict that must come of them. */

import type { DescriptionInput } from "../../../../src/core/description/schema.ts";

export interface Case {
  /** A sentence. */
  name: string;
  /** YAML; default: one approval of a peer. */
  policy?: string;
  /** Laid over an ordinary pull request of maria's. */
  pr?: Partial<DescriptionInput>;
  state: "approved" | "bypassed" | "waiting" | "must_change" | "error";
  /** Where the policy only observes; default: as the state says. */
  isOpen?: boolean;
  /** Logins whose approval counts somewhere, in any order. */
  counts?: string[];
  /** Why others' approvals do not. */
  drops?: Record<string, string>;
  /** By what those that count were kept. */
  kept?: Record<string, string>;
  /** Reason codes that must be among those told. */
  codes?: string[];
  fastest?: string[];
  /** Words that must stand in the answer. */
  says?: string[];
  /** What came of each bypass, as `state` or `state:why`. */
  bypasses?: string[];
  /** What policy-bot does in the same case, where it differs; of bypasses, which it has not, what the strongest peer does. */
  peer?: string;
}

export const onePeer = "approval_workflows: { review: { approver: peer, approvals: 1 } }\n";

/** A policy with one workflow of one peer and these options. */
export function withOptions(options: string, approvals = 1): string {
  return `approvals: { ${options} }\napproval_workflows: { review: { approver: peer, approvals: ${approvals} } }\n`;
}

/** Of the day of the judgement, which is at 16:00. */
export function at(time: string): string {
  return `2026-11-20T${time}:00Z`;
}

export const ordinary: DescriptionInput = {
  author: "maria",
  base: { ref: "main", sha: "base1" },
  head: { ref: "feature", sha: "h2" },
  repository: "acme/api",
  created_at: at("08:00"),
  now: at("16:00"),
  files: [{ path: "src/a.ts", base: "export const a = 1;\n", head: "export const a = 2;\n" }],
  permissions: {
    maria: "write",
    sam: "write",
    ida: "write",
    otto: "write",
    mona: "maintain",
    lena: "admin",
    tess: "triage",
    rita: "read",
  },
};

type Review = NonNullable<DescriptionInput["reviews"]>[number];
type Comment = NonNullable<DescriptionInput["comments"]>[number];
type Commit = NonNullable<DescriptionInput["commits"]>[number];

/** An approving review on this head, an hour ago. */
export function review(user: Review["user"], more: Partial<Review> = {}): Review {
  return { user, state: "approved", submitted_at: at("15:00"), head_at_submission: "h2", ...more };
}

export function objection(user: Review["user"], more: Partial<Review> = {}): Review {
  return review(user, { state: "changes_requested", ...more });
}

export function comment(user: Comment["user"], body: string, more: Partial<Comment> = {}): Comment {
  return { user, body, created_at: at("15:00"), ...more };
}

/** The head's commit, by its author alone. */
export function commit(by: string, more: Partial<Commit> = {}): Commit {
  return { sha: "h2", author: by, ...more };
}

/** Heads of before and of now; what was approved before 12:00 was approved on the first. */
export function pushed(earlier: { same_change?: boolean; same_paths?: string[] } = {}): DescriptionInput["heads"] {
  return [
    { sha: "h1", first_seen_at: at("09:00"), ...earlier },
    { sha: "h2", first_seen_at: at("12:00") },
  ];
}

export const onFirst = { submitted_at: at("10:00"), head_at_submission: "h1" };
