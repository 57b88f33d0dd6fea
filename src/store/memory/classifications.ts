/** Classifications by range and engine version, so that a review event need not read the files again. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface ClassificationKey {
  repositoryId: number;
  baseSha: string;
  headSha: string;
  /** A new version of the detectors judges anew. */
  engineVersion: string;
}

/** `null` when it was not judged yet. The caller knows the type, since it belongs to the engine version. */
export async function readClassification<T>(db: Kysely<Tables>, key: ClassificationKey): Promise<T | null> {
  const row = await db
    .selectFrom("classifications")
    .select("classification")
    .where("repository_id", "=", key.repositoryId)
    .where("base_sha", "=", key.baseSha)
    .where("head_sha", "=", key.headSha)
    .where("engine_version", "=", key.engineVersion)
    .executeTakeFirst();
  return row === undefined ? null : (row.classification as T);
}

export async function saveClassification(
  db: Kysely<Tables>,
  key: ClassificationKey,
  classification: unknown,
): Promise<void> {
  await db
    .insertInto("classifications")
    .values({
      repository_id: key.repositoryId,
      base_sha: key.baseSha,
      head_sha: key.headSha,
      engine_version: key.engineVersion,
      classification: JSON.stringify(classification),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Forgets what was judged before `createdBefore`; it can be judged again. */
export async function pruneClassifications(db: Kysely<Tables>, createdBefore: Date): Promise<number> {
  const result = await db.deleteFrom("classifications").where("created_at", "<", createdBefore).executeTakeFirst();
  return Number(result.numDeletedRows);
}
