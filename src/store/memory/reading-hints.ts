/** What the next reading of a repository will probably need, so that one request is enough. Only hints. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

/** `null` when the repository was never read. */
export async function loadHints<T>(db: Kysely<Tables>, repositoryId: number): Promise<T | null> {
  const row = await db
    .selectFrom("reading_hints")
    .select("hints")
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row === undefined ? null : (row.hints as T);
}

export async function saveHints(db: Kysely<Tables>, repositoryId: number, hints: unknown): Promise<void> {
  const text = JSON.stringify(hints);
  await db
    .insertInto("reading_hints")
    .values({ repository_id: repositoryId, hints: text })
    .onConflict((conflict) => conflict.column("repository_id").doUpdateSet({ hints: text }))
    .execute();
}
