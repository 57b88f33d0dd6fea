/** Since when a maintenance window has stood in the policy of a base branch: one that was written after its start opens nothing. */

import type { Queryable } from "../queryable.ts";

/** Makes the windows of a base branch those given; what was there before keeps its time, what is missing is forgotten. */
export async function saveWindows(
  db: Queryable,
  repositoryId: number,
  baseRef: string,
  digests: readonly string[],
  at: Date,
): Promise<void> {
  await db.query({
    name: "save-windows",
    text: `with gone as (
        delete from windows_seen where repository_id = $1 and base_ref = $2 and not (digest = any($3)))
      insert into windows_seen (repository_id, base_ref, digest, since)
      select $1, $2, digest, $4 from unnest($3::text[]) as given(digest) on conflict do nothing`,
    values: [repositoryId, baseRef, digests, at],
  });
}
