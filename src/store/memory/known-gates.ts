/** Base branches that had a policy: one that lost it stays shut until it is taken off on purpose. */

import type { Kysely } from "kysely";
import type { Tables } from "../tables.ts";

export interface KnownGate {
  repositoryId: number;
  baseRef: string;
  /** Blob id of the policy last in force. */
  policySha: string;
  seenAt: Date;
}

export async function rememberGate(db: Kysely<Tables>, gate: KnownGate): Promise<void> {
  await db
    .insertInto("known_gates")
    .values({
      repository_id: gate.repositoryId,
      base_ref: gate.baseRef,
      policy_sha: gate.policySha,
      seen_at: gate.seenAt,
    })
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "base_ref"]).doUpdateSet({ policy_sha: gate.policySha, seen_at: gate.seenAt }),
    )
    .execute();
}

/** All gates of a repository: a renamed base branch must not slip through by its new name. */
export async function listGates(db: Kysely<Tables>, repositoryId: number): Promise<KnownGate[]> {
  const rows = await db
    .selectFrom("known_gates")
    .selectAll()
    .where("repository_id", "=", repositoryId)
    .orderBy("base_ref")
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    baseRef: row.base_ref,
    policySha: row.policy_sha,
    seenAt: row.seen_at,
  }));
}

/** Takes a gate off on purpose. The caller has asked who may, and writes it to the ledger. */
export async function forgetGate(db: Kysely<Tables>, repositoryId: number, baseRef: string): Promise<boolean> {
  const result = await db
    .deleteFrom("known_gates")
    .where("repository_id", "=", repositoryId)
    .where("base_ref", "=", baseRef)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
