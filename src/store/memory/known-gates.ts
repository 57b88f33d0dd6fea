/** Base branches that had a policy: one that lost it stays shut until it is taken off on purpose. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export async function wasGated(db: Kysely<Tables>, repositoryId: number, baseRef: string): Promise<boolean> {
  const row = await db
    .selectFrom("known_gates")
    .select("base_ref")
    .where("repository_id", "=", repositoryId)
    .where("base_ref", "=", baseRef)
    .executeTakeFirst();
  return row !== undefined;
}

/** @param isGated `false` takes the gate off: only after it was asked who may, and with an entry in the ledger */
export async function setGated(
  db: Kysely<Tables>,
  repositoryId: number,
  baseRef: string,
  isGated: boolean,
): Promise<void> {
  if (isGated) {
    await db
      .insertInto("known_gates")
      .values({ repository_id: repositoryId, base_ref: baseRef })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  await db
    .deleteFrom("known_gates")
    .where("repository_id", "=", repositoryId)
    .where("base_ref", "=", baseRef)
    .execute();
}

/** The gated base branches of a repository: a renamed branch must not slip through by its new name. */
export async function listGates(db: Kysely<Tables>, repositoryId: number): Promise<string[]> {
  const rows = await db
    .selectFrom("known_gates")
    .select("base_ref")
    .where("repository_id", "=", repositoryId)
    .orderBy("base_ref")
    .execute();
  return rows.map((row) => row.base_ref);
}
