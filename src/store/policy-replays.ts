/** What replaying the past under two policies brought, so that it is done once. */

import type { Kysely } from "kysely";
import type { PolicyReplay } from "../core/backtest/policy-replay.ts";
import type { PolicyReplayStore } from "../handlers/policy-replay-port.ts";
import type { Tables } from "./tables.ts";

export function createPolicyReplays(
  db: Kysely<Tables>,
): PolicyReplayStore & { prune(createdBefore: Date): Promise<number> } {
  return {
    async loadReplay(repositoryId, key) {
      const row = await db
        .selectFrom("policy_replays")
        .select("replay")
        .where("repository_id", "=", repositoryId)
        .where("key", "=", key)
        .executeTakeFirst();
      return row === undefined ? null : (row.replay as PolicyReplay);
    },
    async saveReplay(repositoryId, key, replay) {
      const text = JSON.stringify(replay);
      await db
        .insertInto("policy_replays")
        .values({ repository_id: repositoryId, key, replay: text })
        .onConflict((conflict) => conflict.columns(["repository_id", "key"]).doUpdateSet({ replay: text }))
        .execute();
    },
    async prune(createdBefore) {
      const result = await db.deleteFrom("policy_replays").where("created_at", "<", createdBefore).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
