/** When each head of a pull request was first met, and what the change was there. */

import type { Kysely } from "kysely";
import type { RememberedHead } from "../../core/snapshot.ts";
import type { SeenHead } from "../../handlers/store-port.ts";
import type { Tables } from "../tables.ts";

/** Remembers a head; what was remembered before stays, except that a digest may be filled in and an earlier time believed. */
export async function saveHead(
  db: Kysely<Tables>,
  repositoryId: number,
  number: number,
  head: SeenHead,
): Promise<void> {
  await db
    .insertInto("heads")
    .values({
      repository_id: repositoryId,
      number,
      head_sha: head.sha,
      base_sha: head.mergeBaseSha,
      patch_digest: head.patchDigest,
      path_digests: JSON.stringify(head.pathDigests),
      first_seen_at: head.firstSeenAt,
      met_at: head.metAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "number", "head_sha", "base_sha"]).doUpdateSet((eb) => ({
        first_seen_at: eb.fn("least", ["heads.first_seen_at", "excluded.first_seen_at"]),
        met_at: eb.fn("greatest", ["heads.met_at", "excluded.met_at"]),
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

/**
 * The heads of a pull request by commit, over all bases it was met on.
 * Where the change differed from base to base, its digest is not known: then no approval is kept for its sake.
 *
 * @param met in the order in which they were met
 */
export function joinHeads(met: readonly SeenHead[]): Record<string, RememberedHead> {
  const heads: Record<string, RememberedHead> = {};
  for (const { sha, mergeBaseSha, metAt, ...head } of met) {
    const known = heads[sha];
    const change = { mergeBaseSha, patchDigest: head.patchDigest, metAt };
    if (known === undefined) heads[sha] = { ...head, changes: [change] };
    else heads[sha] = { ...commonTo(known, head), changes: [...(known.changes ?? []), change] };
  }
  return heads;
}

/** What was the same on both bases. */
function commonTo(one: RememberedHead, other: RememberedHead): Omit<RememberedHead, "changes"> {
  const paths = new Set([...Object.keys(one.pathDigests), ...Object.keys(other.pathDigests)]);
  const agreed = [...paths].map((path) => {
    const [a, b] = [one.pathDigests[path], other.pathDigests[path]];
    return [path, a !== undefined && a === b ? a : null] as const;
  });
  return {
    patchDigest: one.patchDigest === other.patchDigest ? one.patchDigest : null,
    pathDigests: Object.fromEntries(agreed),
    firstSeenAt: one.firstSeenAt < other.firstSeenAt ? one.firstSeenAt : other.firstSeenAt,
  };
}
