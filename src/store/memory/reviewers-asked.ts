/** Whom Holdpoint asked for a review, and whether it still waits for it. */

import type { AskedReviewer } from "../../core/snapshot.ts";
import type { Queryable } from "../queryable.ts";

/** @param reviewers all that are waited for; whoever is missing stays known, but is waited for no more */
export async function saveReviewers(
  db: Queryable,
  repositoryId: number,
  number: number,
  reviewers: readonly AskedReviewer[],
  now: Date,
): Promise<void> {
  await db.query({
    name: "save-reviewers",
    text: `with asked as (
        select distinct on ("personId") * from json_to_recordset($3::json)
          as r("personId" bigint, login text, "askedAt" timestamptz, "headSha" text)
        order by "personId", "askedAt"),
      no_more as (
        update reviewers_asked set off_at = $4
        where repository_id = $1 and number = $2 and off_at is null
          and not exists (select from asked where "personId" = person_id))
      insert into reviewers_asked (repository_id, number, person_id, login, asked_at, head_sha)
      select $1, $2, "personId", login, "askedAt", "headSha" from asked
      on conflict (repository_id, number, person_id) do update set
        login = excluded.login, head_sha = excluded.head_sha, off_at = null, asked_at = excluded.asked_at`,
    values: [repositoryId, number, JSON.stringify(reviewers), now],
  });
}
