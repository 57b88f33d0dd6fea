/** The ledger for auditors: read-only, one consistent view from the first question to the last, beside a Holdpoint that goes on writing. */

import pg from "pg";
import type { LedgerEntry } from "../core/report/ledger-hash.ts";
import { numbersForBigints } from "./database.ts";
import { reachEmbeddedDatabase } from "./embedded/reach-database.ts";
import type { Log } from "./log.ts";

export interface LedgerReader {
  /** Those with entries, by name; `name` is `owner/name` as last met, `null` where no pull request of it was met. */
  listRepositories(): Promise<{ repositoryId: number; name: string | null; entries: number }[]>;
  /** All entries of a repository in order, some thousands at a time. */
  readEntries(repositoryId: number): AsyncGenerator<LedgerEntry[]>;
  close(): Promise<void>;
}

const entriesAtOnce = 5_000;

/**
 * @throws {DatabaseStartupError} where there is no private database, or it does not run
 * @throws {Error} of `pg` when the operator's server cannot be reached
 */
export async function openLedgerReader(options: {
  databaseUrl?: string | undefined;
  dataDir: string;
  log: Log;
}): Promise<LedgerReader> {
  const { databaseUrl } = options;
  const reached = databaseUrl === undefined ? await reachEmbeddedDatabase(options) : null;
  const where = reached === null ? { connectionString: databaseUrl } : reached.connection;
  const session = new pg.Client({
    ...where,
    types: numbersForBigints,
    connectionTimeoutMillis: 10_000,
    application_name: "holdpoint audit",
  });
  session.on("error", () => {}); // The statement under way rejects; without a listener Node would end the process.
  const close = async () => {
    await session.end();
    await reached?.leave();
  };
  try {
    await session.connect();
    await session.query("begin isolation level repeatable read read only");
  } catch (error) {
    await close();
    throw error;
  }
  return { listRepositories: () => listRepositories(session), readEntries: (id) => readEntries(session, id), close };
}

async function listRepositories(session: pg.Client) {
  const { rows } = await session.query<{ repositoryId: number; name: string | null; entries: number }>(
    `select l.repository_id as "repositoryId", l.entries::int, named.name
      from (select repository_id, count(*) as entries from ledger group by repository_id) as l
      left join lateral (select p.owner || '/' || p.name as name from pull_requests p
        where p.repository_id = l.repository_id order by p.updated_at desc limit 1) as named on true
      order by named.name nulls last, l.repository_id`,
  );
  return rows;
}

async function* readEntries(session: pg.Client, repositoryId: number): AsyncGenerator<LedgerEntry[]> {
  let afterSeq = Number.MIN_SAFE_INTEGER;
  while (true) {
    const { rows } = await session.query<LedgerEntry>({
      name: "read-ledger",
      text: `select repository_id as "repositoryId", seq, at, kind, data, previous_hash as "previousHash", hash
        from ledger where repository_id = $1 and seq > $2 order by seq limit ${entriesAtOnce}`,
      values: [repositoryId, afterSeq],
    });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < entriesAtOnce) return;
    afterSeq = last.seq;
  }
}
