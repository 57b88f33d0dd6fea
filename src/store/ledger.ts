/** The audit trail: append-only, one hash chain per repository. */

import type { Kysely, Transaction } from "kysely";
import { sql } from "kysely";
import {
  type ChainState,
  canonicalJson,
  checkChain,
  firstPreviousHash,
  hashLedgerEntry,
  type Json,
  type LedgerEntry,
} from "../core/report/ledger-hash.ts";
import type { Tables } from "./tables.ts";

export interface LedgerAddition {
  repositoryId: number;
  at: Date;
  kind: string;
  data: Json;
}

/** Appends in one transaction; appenders of one repository take turns. */
export function appendToLedger(db: Kysely<Tables>, addition: LedgerAddition): Promise<LedgerEntry> {
  return db.transaction().execute((transaction) => appendInTransaction(transaction, addition));
}

/** The same as part of a transaction; its repository's other appenders wait until that ends. */
export async function appendInTransaction(
  db: Transaction<Tables>,
  { repositoryId, at, kind, data }: LedgerAddition,
): Promise<LedgerEntry> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`ledger:${repositoryId}`}, 0))`.execute(db);
  const last = await db
    .selectFrom("ledger")
    .select(["seq", "hash"])
    .where("repository_id", "=", repositoryId)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const unhashed = {
    repositoryId,
    seq: (last?.seq ?? 0) + 1,
    at,
    kind,
    data,
    previousHash: last?.hash ?? firstPreviousHash,
  };
  const entry = { ...unhashed, hash: hashLedgerEntry(unhashed) };
  await db
    .insertInto("ledger")
    .values({
      repository_id: repositoryId,
      seq: entry.seq,
      at,
      kind,
      data: canonicalJson(data),
      previous_hash: entry.previousHash,
      hash: entry.hash,
    })
    .execute();
  return entry;
}

export interface LedgerQuery {
  repositoryId: number;
  afterSeq?: number;
  kind?: string;
  limit?: number;
}

/** In order of `seq`; at most `limit` (1,000). */
export async function listLedger(db: Kysely<Tables>, query: LedgerQuery): Promise<LedgerEntry[]> {
  let selection = db
    .selectFrom("ledger")
    .selectAll()
    .where("repository_id", "=", query.repositoryId)
    .where("seq", ">", query.afterSeq ?? 0);
  if (query.kind !== undefined) selection = selection.where("kind", "=", query.kind);
  const rows = await selection
    .orderBy("seq")
    .limit(query.limit ?? 1_000)
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    data: row.data,
    previousHash: row.previous_hash,
    hash: row.hash,
  }));
}

/** Recomputes the whole chain of a repository, a thousand entries at a time. */
export async function verifyLedger(db: Kysely<Tables>, repositoryId: number): Promise<ChainState> {
  let verified = { seq: 0, hash: firstPreviousHash };
  while (true) {
    const entries = await listLedger(db, { repositoryId, afterSeq: verified.seq });
    const state = checkChain(entries, verified);
    const last = entries.at(-1);
    if (state.kind === "broken" || last === undefined) return state;
    verified = last;
  }
}
