/** Since when a maintenance window has stood in the policy of a base branch: one that was written after its start opens nothing. */

import type { WindowMemory } from "../../handlers/exceptions-port.ts";
import { isClockSure } from "../clock-drift.ts";
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

export async function loadWindows(db: Queryable, repositoryId: number): Promise<WindowMemory> {
  const { rows } = await db.query<{ baseRef: string | null; digest: string; since: Date; databaseTime: Date }>({
    name: "load-windows",
    text: `select base_ref as "baseRef", digest, since, clock_timestamp() as "databaseTime"
      from (select 1) as one left join windows_seen on repository_id = $1 order by base_ref, since, digest`,
    values: [repositoryId],
  });
  const windows = rows.flatMap(({ baseRef, digest, since }) => (baseRef === null ? [] : [{ baseRef, digest, since }]));
  return { windows, isClockSure: rows.every(({ databaseTime }) => isClockSure(databaseTime)) };
}
