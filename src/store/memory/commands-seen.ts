/** Commands as they were when they were given: editing or deleting the comment takes nothing back. */

import { createHash } from "node:crypto";
import type { RememberedCommand } from "../../core/snapshot.ts";
import type { Queryable } from "../queryable.ts";

/** The first sight counts; a command met again changes nothing. */
export async function saveCommand(
  db: Queryable,
  repositoryId: number,
  number: number,
  { commentId, person, at, text, headSha }: RememberedCommand,
): Promise<void> {
  await db.query({
    name: "save-command",
    text: `insert into commands_seen
        (repository_id, number, comment_id, text_digest, person_id, login, person_kind, at, text, head_sha)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    values: [
      repositoryId,
      number,
      commentId,
      createHash("sha256").update(text).digest("hex"),
      person.id,
      person.login,
      person.kind,
      at,
      // As JSON, which can say NUL where PostgreSQL's text cannot.
      JSON.stringify(text),
      headSha,
    ],
  });
}
