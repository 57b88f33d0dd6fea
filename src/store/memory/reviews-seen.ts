/** What a review was given on, noted when it arrived: GitHub re-points approvals after a rebase. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface SeenReview {
  reviewId: number;
  repositoryId: number;
  number: number;
  headSha: string;
  baseSha: string;
  patchDigest: string | null;
  arrivedAt: Date;
}

/** Remembers the first arrival; a later one, as from a redelivery after a push, changes nothing. */
export async function rememberReview(db: Kysely<Tables>, review: SeenReview): Promise<void> {
  await db
    .insertInto("reviews_seen")
    .values({
      review_id: review.reviewId,
      repository_id: review.repositoryId,
      number: review.number,
      head_sha: review.headSha,
      base_sha: review.baseSha,
      patch_digest: review.patchDigest,
      arrived_at: review.arrivedAt,
    })
    .onConflict((conflict) => conflict.column("review_id").doNothing())
    .execute();
}

export async function listReviewsSeen(db: Kysely<Tables>, repositoryId: number, number: number): Promise<SeenReview[]> {
  const rows = await db
    .selectFrom("reviews_seen")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("arrived_at")
    .execute();
  return rows.map((row) => ({
    reviewId: row.review_id,
    repositoryId: row.repository_id,
    number: row.number,
    headSha: row.head_sha,
    baseSha: row.base_sha,
    patchDigest: row.patch_digest,
    arrivedAt: row.arrived_at,
  }));
}
