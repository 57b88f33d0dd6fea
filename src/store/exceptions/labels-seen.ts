/** The head that a label was put on, as its event told: GitHub's timeline names none. */

import type { LabelArrival } from "../../handlers/exceptions-port.ts";
import type { Queryable } from "../queryable.ts";

/** The newest arrival of a label counts; a redelivery of an older one changes nothing. */
export async function saveLabelArrival(
  db: Queryable,
  repositoryId: number,
  number: number,
  { label, personId, headSha, at }: LabelArrival,
): Promise<void> {
  await db.query({
    name: "save-label-arrival",
    text: `insert into labels_seen as seen (repository_id, number, label, person_id, head_sha, at)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (repository_id, number, label) do update set person_id = excluded.person_id,
        head_sha = excluded.head_sha, at = excluded.at where seen.at < excluded.at`,
    values: [repositoryId, number, label, personId, headSha, at],
  });
}
