/** What a range's change was and how it was classified, so that a review event need not read the files again. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface ChangeKey {
  repositoryId: number;
  baseSha: string;
  headSha: string;
  /** A new version of the detectors judges anew. */
  engineVersion: string;
}

/** `null` when it was not judged yet. The caller knows the type, since it belongs to the engine version. */
export async function loadChange<T>(db: Kysely<Tables>, key: ChangeKey): Promise<T | null> {
  const row = await db
    .selectFrom("remembered_changes")
    .select("remembered")
    .where("repository_id", "=", key.repositoryId)
    .where("base_sha", "=", key.baseSha)
    .where("head_sha", "=", key.headSha)
    .where("engine_version", "=", key.engineVersion)
    .executeTakeFirst();
  return row === undefined ? null : (row.remembered as T);
}

/** The last one saved counts: a reading that was incomplete may have been completed since. */
export async function saveChange(db: Kysely<Tables>, key: ChangeKey, remembered: unknown): Promise<void> {
  const text = JSON.stringify(remembered);
  await db
    .insertInto("remembered_changes")
    .values({
      repository_id: key.repositoryId,
      base_sha: key.baseSha,
      head_sha: key.headSha,
      engine_version: key.engineVersion,
      remembered: text,
    })
    .onConflict((conflict) =>
      conflict
        .columns(["repository_id", "base_sha", "head_sha", "engine_version"])
        .doUpdateSet({ remembered: text, created_at: new Date() }),
    )
    .execute();
}

/** Forgets what was judged before `createdBefore`; it can be judged again. */
export async function pruneChanges(db: Kysely<Tables>, createdBefore: Date): Promise<number> {
  const result = await db.deleteFrom("remembered_changes").where("created_at", "<", createdBefore).executeTakeFirst();
  return Number(result.numDeletedRows);
}
