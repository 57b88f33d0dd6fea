/** What the one comment on each pull request last said, so that one a person deleted does not come back at the next look. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export async function loadStickyState(
  db: Kysely<Tables>,
  repositoryId: number,
  number: number,
): Promise<string | null> {
  const row = await db
    .selectFrom("sticky_comments")
    .select("state")
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.state ?? null;
}

export async function saveStickyState(
  db: Kysely<Tables>,
  repositoryId: number,
  number: number,
  state: string,
): Promise<void> {
  await db
    .insertInto("sticky_comments")
    .values({ repository_id: repositoryId, number, state })
    .onConflict((conflict) => conflict.columns(["repository_id", "number"]).doUpdateSet({ state }))
    .execute();
}
