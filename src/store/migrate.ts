/** Brings the database to the newest shape. */

import { type Kysely, sql } from "kysely";
import { Migrator } from "kysely/migration";
import type pg from "pg";
import { migrations } from "./migrations/migrations.ts";
import type { Tables } from "./tables.ts";

/** Held while migrating, so that processes starting together take turns. */
const migrationLock = 4_861_002;

/**
 * Does nothing to a database that a newer version has migrated already: while versions are changed one process after
 * another, the older ones live beside what the newer added.
 *
 * @throws when a migration fails; nothing of the failing one is kept
 */
export async function migrate(db: Kysely<Tables>, pool: pg.Pool): Promise<void> {
  const session = await pool.connect();
  try {
    await session.query("select pg_advisory_lock($1)", [migrationLock]);
    if (await isAhead(db)) return;
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  } finally {
    await session.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => {});
    session.release();
  }
}

async function isAhead(db: Kysely<Tables>): Promise<boolean> {
  const { rows: tables } = await sql<{
    exists: boolean;
  }>`select to_regclass('kysely_migration') is not null as exists`.execute(db);
  if (tables[0]?.exists !== true) return false;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.some(({ name }) => !(name in migrations));
}
