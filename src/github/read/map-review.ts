/** GraphQL review → {@link Review}. */

import type { Permission, Read, Review, ReviewState } from "../../core/snapshot.ts";
import { hasGaps, idOf, nodesOf } from "./connection.ts";
import { personOf, type RawActor } from "./map-person.ts";

export const reviewFields = `
fragment ReviewFields on PullRequestReview {
  fullDatabaseId
  author { ...ActorFields }
  authorCanPushToRepository
  state
  submittedAt
  commit { oid }
  body
  lastEditedAt
}`;

export interface RawReview {
  fullDatabaseId: string | number | null;
  author: RawActor | null;
  authorCanPushToRepository: boolean;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED" | "PENDING";
  submittedAt: string | null;
  commit: { oid: string } | null;
  body: string;
  lastEditedAt: string | null;
}

const states: Record<RawReview["state"], ReviewState | null> = {
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes_requested",
  COMMENTED: "commented",
  DISMISSED: "dismissed",
  PENDING: null, // not given yet, seen by its author alone
};

/** Maps the reviews, oldest first, leaving out those not given yet. */
export function mapReviews(raw: readonly RawReview[]): Review[] {
  return raw.flatMap((review) => {
    const state = states[review.state];
    if (state === null || review.submittedAt === null) return [];
    const id = idOf(review.fullDatabaseId);
    return [
      {
        id,
        user: personOf(review.author, id),
        state,
        submittedAt: new Date(review.submittedAt),
        commitSha: review.commit?.oid ?? null,
        headAtSubmission: null, // GitHub re-points the commit; what it was then, only memory knows
        body: review.body,
        isEdited: review.lastEditedAt !== null,
      },
    ];
  });
}

/** @returns how many conversations nobody resolved; `null` where there are more of them than one page brings */
export function countOpenThreads(threads: {
  totalCount: number;
  nodes: ({ isResolved: boolean } | null)[] | null;
}): number | null {
  const known = nodesOf(threads);
  if (hasGaps(threads) || threads.totalCount !== known.length) return null;
  return known.filter(({ isResolved }) => !isResolved).length;
}

/** What the reviews tell of permissions now: at least `write`, or at most `read`. A closer look replaces it. */
export function permissionsOfReviewers(raw: readonly RawReview[]): Record<number, Read<Permission>> {
  const permissions: Record<number, Read<Permission>> = {};
  for (const review of raw) {
    const person = personOf(review.author, idOf(review.fullDatabaseId));
    if (person.kind === "ghost") continue;
    permissions[person.id] = { kind: "read", value: review.authorCanPushToRepository ? "write" : "read" };
  }
  return permissions;
}
