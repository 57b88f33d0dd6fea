/** Where the review of each pull request stands, as the session itself has put it. */

import type { Queryable } from "../queryable.ts";

export async function saveSession(
  db: Queryable,
  repositoryId: number,
  number: number,
  { state, data }: { state: string; data: unknown },
  now: Date,
): Promise<void> {
  await db.query({
    name: "save-session",
    text: `insert into review_sessions (repository_id, number, state, data, updated_at) values ($1, $2, $3, $4, $5)
      on conflict (repository_id, number) do update set
        state = excluded.state, data = excluded.data, updated_at = excluded.updated_at`,
    values: [repositoryId, number, state, JSON.stringify(data ?? null), now],
  });
}

/** @returns the data as it was saved, or its raw text where that is damaged: no session's data is a text. */
export function parseSessionData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
