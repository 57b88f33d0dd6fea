/** How the database is: reachable, of which shape, and what waits in it. Read-only, beside a Holdpoint that goes on. */

import pg from "pg";
import { numbersForBigints } from "./database.ts";
import { reachEmbeddedDatabase } from "./embedded/reach-database.ts";
import { type DeadLetter, listDeadLetters, type QueueDepth, readQueueDepth } from "./jobs/dead-letters.ts";
import type { Log } from "./log.ts";
import { migrations } from "./migrations/migrations.ts";

export interface DatabaseHealth {
  /** Of PostgreSQL, e.g. `18.1`. */
  version: string;
  /** Steps of this version that were not taken yet. */
  missing: string[];
  /** Steps that only a newer version knows. */
  unknown: string[];
  /** `null` while there are no tables. */
  depth: QueueDepth | null;
  /** The newest few. */
  deadLetters: DeadLetter[];
}

const shownMax = 5;

/**
 * @throws {DatabaseStartupError} where there is no private database, or it does not run
 * @throws {Error} of `pg` when the operator's server cannot be reached
 */
export async function readDatabaseHealth(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  log: Log;
}): Promise<DatabaseHealth> {
  const { databaseUrl } = options;
  const reached = databaseUrl === undefined ? await reachEmbeddedDatabase(options) : null;
  const where = reached === null ? { connectionString: databaseUrl } : reached.connection;
  const session = new pg.Client({
    ...where,
    types: numbersForBigints,
    connectionTimeoutMillis: 10_000,
    application_name: "holdpoint doctor",
  });
  session.on("error", () => {}); // The statement under way rejects; without a listener Node would end the process.
  try {
    await session.connect();
    await session.query("begin read only");
    return await readHealth(session);
  } finally {
    await session.end();
    await reached?.leave();
  }
}

async function readHealth(session: pg.Client): Promise<DatabaseHealth> {
  const { rows: shown } = await session.query<{ server_version: string }>("show server_version");
  const { rows: tables } = await session.query<{ exists: boolean }>(
    "select to_regclass('kysely_migration') is not null as exists",
  );
  const isMigrated = tables[0]?.exists === true;
  const { rows } = isMigrated
    ? await session.query<{ name: string }>("select name from kysely_migration")
    : { rows: [] };
  const taken = new Set(rows.map(({ name }) => name));
  return {
    version: shown[0]?.server_version.split(" ")[0] ?? "",
    missing: Object.keys(migrations).filter((name) => !taken.has(name)),
    unknown: [...taken].filter((name) => !Object.hasOwn(migrations, name)),
    depth: isMigrated ? await readQueueDepth(session, 0) : null,
    deadLetters: isMigrated ? await listDeadLetters(session, shownMax) : [],
  };
}
