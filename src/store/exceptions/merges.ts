/** Merged pull requests, each with how its gate stood: for the budget of bypasses and for deployments. */

import type { KnownMerge } from "../../handlers/exceptions-port.ts";
import type { Queryable } from "../queryable.ts";

/** Known ones are replaced: a later look may know more. */
export async function saveMerge(db: Queryable, merge: KnownMerge): Promise<void> {
  await db.query({
    name: "save-merge",
    text: `insert into merges (repository_id, number, base_ref, head_sha, commit_sha, merged_at, merged_by, standing,
        passage, bypass_id)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      on conflict (repository_id, number) do update set base_ref = excluded.base_ref, head_sha = excluded.head_sha,
        commit_sha = excluded.commit_sha, merged_at = excluded.merged_at, merged_by = excluded.merged_by,
        standing = excluded.standing, passage = excluded.passage, bypass_id = excluded.bypass_id`,
    values: [
      merge.repositoryId,
      merge.number,
      merge.baseRef,
      merge.headSha,
      merge.commitSha,
      merge.mergedAt,
      merge.mergedBy,
      merge.standing,
      merge.passage,
      merge.bypassId,
    ],
  });
}

/** What was let through without the gate having been open, by a bypass or by nobody's leave, out of all. */
export async function countMerges(
  db: Queryable,
  repositoryId: number,
  since: Date,
): Promise<{ all: number; bypassed: number }> {
  const { rows } = await db.query<{ all: number; bypassed: number }>({
    name: "count-merges",
    text: `select count(*)::int as all, (count(*) filter (where passage in ('bypass', 'around')))::int as bypassed
      from merges where repository_id = $1 and merged_at >= $2`,
    values: [repositoryId, since],
  });
  return rows[0] ?? { all: 0, bypassed: 0 };
}

const columns = `repository_id as "repositoryId", number, base_ref as "baseRef", head_sha as "headSha",
  commit_sha as "commitSha", merged_at as "mergedAt", merged_by as "mergedBy", standing, passage, bypass_id as "bypassId"`;

export async function listWindowMerges(
  db: Queryable,
  { repositoryId, baseRef, from, to }: { repositoryId: number; baseRef: string; from: Date; to: Date },
): Promise<KnownMerge[]> {
  const { rows } = await db.query<KnownMerge>({
    name: "list-window-merges",
    text: `select ${columns} from merges where repository_id = $1 and merged_at >= $3 and merged_at < $4
        and base_ref = $2 and passage = 'window' order by merged_at, number`,
    values: [repositoryId, baseRef, from, to],
  });
  return rows;
}

export async function loadMerges(
  db: Queryable,
  repositoryId: number,
  commitShas: readonly string[],
): Promise<KnownMerge[]> {
  const { rows } = await db.query<KnownMerge>({
    name: "load-merges",
    text: `select ${columns} from merges where repository_id = $1 and (commit_sha = any($2) or head_sha = any($2)) order by merged_at`,
    values: [repositoryId, commitShas],
  });
  return rows;
}
