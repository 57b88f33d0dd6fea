/** Texts of policy files by blob id. Only text is kept: what it means is for the policy's parser of the day. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export async function readPolicyText(db: Kysely<Tables>, blobSha: string): Promise<string | null> {
  const row = await db.selectFrom("policies").select("text").where("blob_sha", "=", blobSha).executeTakeFirst();
  return row?.text ?? null;
}

/** A text with NUL characters cannot be kept and is no policy either; it is read from GitHub each time. */
export async function savePolicyText(db: Kysely<Tables>, blobSha: string, text: string): Promise<void> {
  if (text.includes("\0")) return;
  await db
    .insertInto("policies")
    .values({ blob_sha: blobSha, text })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
