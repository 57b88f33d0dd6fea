/** Brings the database to the newest shape. */

import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import { migrations } from "./migrations/migrations.ts";
import type { Tables } from "./tables.ts";

/** Held while migrating, so that processes starting together take turns. */
const migrationLock = 4_861_002;

/** @throws when a migration fails; nothing of the failing one is kept */
export async function migrate(db: Kysely<Tables>, pool: pg.Pool): Promise<void> {
  const session = await pool.connect();
  try {
    await session.query("select pg_advisory_lock($1)", [migrationLock]);
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    await session.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => {});
    session.release();
  }
}
