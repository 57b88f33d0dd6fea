/** What a review was given on, noted when it arrived: GitHub re-points approvals after a rebase. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

/**
 * Remembers, by review id, the head each review arrived on. The first arrival counts; a later one, as from a
 * redelivery after a push, changes nothing.
 */
export async function saveReviewHeads(
  db: Kysely<Tables>,
  repositoryId: number,
  number: number,
  heads: Record<number, string>,
  arrivedAt: Date,
): Promise<void> {
  const rows = Object.entries(heads).map(([reviewId, headSha]) => ({
    review_id: Number(reviewId),
    repository_id: repositoryId,
    number,
    head_sha: headSha,
    arrived_at: arrivedAt,
  }));
  if (rows.length === 0) return;
  await db
    .insertInto("reviews_seen")
    .values(rows)
    .onConflict((conflict) => conflict.column("review_id").doNothing())
    .execute();
}
