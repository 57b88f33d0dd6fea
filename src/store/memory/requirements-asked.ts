/** When people were first asked for what a requirement waits for: where its time starts. */

import type { Queryable } from "../queryable.ts";

/** Keeps the moments that are not known yet; of two the earlier one stays. */
export async function saveAskedAt(
  db: Queryable,
  repositoryId: number,
  number: number,
  askedAt: Record<string, Date>,
): Promise<void> {
  // PostgreSQL's text cannot hold NUL; such an id is not remembered, and its time starts anew at each look.
  const rows = Object.entries(askedAt).filter(([id]) => !id.includes("\0"));
  if (rows.length === 0) return;
  await db.query({
    name: "save-asked-at",
    text: `insert into requirements_asked as r (repository_id, number, requirement_id, asked_at)
      select $1, $2, id, at from unnest($3::text[], $4::timestamptz[]) as asked(id, at) order by id
      on conflict (repository_id, number, requirement_id) do update set asked_at = excluded.asked_at
      where excluded.asked_at < r.asked_at`,
    values: [repositoryId, number, rows.map(([id]) => id), rows.map(([, at]) => at)],
  });
}
