/** Forgets what was remembered of pull requests that are over. */

import type { Queryable } from "../queryable.ts";

const tables = [
  { table: "requirements_asked", at: "asked_at" },
  { table: "reviewers_asked", at: "asked_at" },
  { table: "commands_seen", at: "at" },
  { table: "review_sessions", at: "updated_at" },
  { table: "labels_seen", at: "at" },
];

/** Of pull requests that were closed before, and of those that are not known. @returns how many rows */
export async function pruneReviewLoop(db: Queryable, closedBefore: Date): Promise<number> {
  let pruned = 0;
  for (const { table, at } of tables) {
    const { rowCount } = await db.query(
      `delete from ${table} t where t.${at} < $1 and not exists (
        select from pull_requests p where p.repository_id = t.repository_id and p.number = t.number
          and (p.state = 'open' or p.updated_at >= $1))`,
      [closedBefore],
    );
    pruned += rowCount ?? 0;
  }
  return pruned;
}
