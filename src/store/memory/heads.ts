/** When each head of a pull request was first met, and what the change was there. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface SeenHead {
  repositoryId: number;
  number: number;
  headSha: string;
  baseSha: string;
  /** Digest of the pull request's own change; `null` when it could not be compared. */
  patchDigest: string | null;
  /** The same per changed path. */
  pathDigests: Record<string, string>;
  firstSeenAt: Date;
}

/** Remembers a head; what was remembered before stays, except that a digest may be filled in and an earlier time believed. */
export async function rememberHead(db: Kysely<Tables>, head: SeenHead): Promise<void> {
  await db
    .insertInto("heads")
    .values({
      repository_id: head.repositoryId,
      number: head.number,
      head_sha: head.headSha,
      base_sha: head.baseSha,
      patch_digest: head.patchDigest,
      path_digests: JSON.stringify(head.pathDigests),
      first_seen_at: head.firstSeenAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "number", "head_sha", "base_sha"]).doUpdateSet((eb) => ({
        first_seen_at: eb.fn("least", ["heads.first_seen_at", "excluded.first_seen_at"]),
        patch_digest: eb.fn.coalesce("heads.patch_digest", "excluded.patch_digest"),
        path_digests: eb
          .case()
          .when("heads.patch_digest", "is", null)
          .then(eb.ref("excluded.path_digests"))
          .else(eb.ref("heads.path_digests"))
          .end(),
      })),
    )
    .execute();
}

/** All heads of a pull request, first seen first. */
export async function listHeads(db: Kysely<Tables>, repositoryId: number, number: number): Promise<SeenHead[]> {
  const rows = await db
    .selectFrom("heads")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .orderBy("first_seen_at")
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    number: row.number,
    headSha: row.head_sha,
    baseSha: row.base_sha,
    patchDigest: row.patch_digest,
    pathDigests: row.path_digests,
    firstSeenAt: row.first_seen_at,
  }));
}
