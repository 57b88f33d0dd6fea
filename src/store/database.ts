/** Opens the database, the operator's or Holdpoint's own, with the pools that keep its users from starving each other. */

import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded/embedded-database.ts";
import type { Log } from "./log.ts";
import { migrate } from "./migrate.ts";
import type { Tables } from "./tables.ts";

export interface Database {
  db: Kysely<Tables>;
  /** The workers' and the web page's connections; `db` runs on them. */
  pool: pg.Pool;
  /** A few connections of their own for taking deliveries in, so that busy workers cannot delay the answer to GitHub. */
  ingestPool: pg.Pool;
  /** Connections of their own that may wait for GitHub while they hold a head's lock. */
  publishPool: pg.Pool;
  /** A connection outside the pools, to listen on. */
  newSession(): pg.Client;
  /** No other process can work on this database: it is the embedded one. */
  isSoleOwner: boolean;
  /** Resolves when the database is gone for good and the process should end; never for an operator's server. */
  failed: Promise<Error>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgres://…`; without it the embedded database in `dataDir` is used. */
  databaseUrl?: string | undefined;
  dataDir: string;
  log: Log;
}

/**
 * @throws {DatabaseStartupError} when the embedded database cannot run
 * @throws {Error} of `pg` when the operator's server cannot be reached
 */
export async function openDatabase({ databaseUrl, dataDir, log }: DatabaseOptions): Promise<Database> {
  const embedded = databaseUrl === undefined ? await startEmbeddedDatabase({ dataDir, log }) : null;
  const pools = openPools(embedded === null ? { connectionString: databaseUrl } : embedded.connection, log);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pools.pool }) });
  try {
    await migrate(db, pools.pool);
  } catch (error) {
    await closeAll(pools, embedded);
    throw error;
  }
  return {
    db,
    pool: pools.pool,
    ingestPool: pools.ingestPool,
    publishPool: pools.publishPool,
    newSession: pools.newSession,
    isSoleOwner: embedded !== null,
    failed: embedded?.failed ?? new Promise<Error>(() => {}),
    close: () => closeAll(pools, embedded),
  };
}

type Pools = Pick<Database, "pool" | "ingestPool" | "publishPool" | "newSession">;

function openPools(where: pg.ClientConfig, log: Log): Pools {
  const base: pg.PoolConfig = { ...where, types: numbersForBigints, connectionTimeoutMillis: 5_000, keepAlive: true };
  const open = (name: string, own: pg.PoolConfig): pg.Pool => {
    const pool = new pg.Pool({ ...base, ...own, application_name: `holdpoint ${name}` });
    // An idle connection that breaks is replaced at the next use; without a listener Node would end the process.
    pool.on("error", (error) => log.warn({ err: error, pool: name }, "A database connection was lost"));
    return pool;
  };
  return {
    pool: open("work", { max: 10, statement_timeout: 30_000 }),
    // GitHub waits 10 s for the answer; a refusal that arrives in time is redelivered.
    ingestPool: open("ingest", { max: 4, statement_timeout: 8_000 }),
    publishPool: open("publish", {
      max: 16,
      // One that waits behind slow answers of GitHub is not stuck; a process that was stopped for a minute is.
      connectionTimeoutMillis: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    }),
    newSession: () => new pg.Client({ ...base, application_name: "holdpoint bell" }),
  };
}

async function closeAll(pools: Pools, embedded: EmbeddedDatabase | null): Promise<void> {
  await Promise.all([pools.pool.end(), pools.ingestPool.end(), pools.publishPool.end()]);
  await embedded?.stop();
}

const bigint = 20;

/** GitHub's ids and our counters are far below 2^53; as strings they would never equal the numbers in payloads. */
export const numbersForBigints: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === bigint ? Number : pg.types.getTypeParser(oid, format)),
};
