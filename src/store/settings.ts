/** Values that Holdpoint keeps for itself between starts, such as how far a sweep has come. */

import type { Kysely } from "kysely";
import type { Json } from "../core/report/ledger-hash.ts";
import type { Tables } from "./tables.ts";

export async function readSetting(db: Kysely<Tables>, key: string): Promise<Json> {
  const row = await db.selectFrom("settings").select("value").where("key", "=", key).executeTakeFirst();
  return row?.value ?? null;
}

export async function saveSetting(db: Kysely<Tables>, key: string, value: Json): Promise<void> {
  const text = JSON.stringify(value);
  await db
    .insertInto("settings")
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value: text, updated_at: new Date() }))
    .execute();
}
