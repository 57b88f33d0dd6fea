/** The audit trail: append-only, one hash chain per repository. */

import type { Kysely } from "kysely";
import type pg from "pg";
import {
  type ChainState,
  canonicalJson,
  checkChain,
  firstPreviousHash,
  hashedTextOf,
  type Json,
  type LedgerEntry,
} from "../core/report/ledger-hash.ts";
import { inlineSql } from "./inline-sql.ts";
import type { Queryable } from "./queryable.ts";
import type { Tables } from "./tables.ts";

export interface LedgerAddition {
  repositoryId: number;
  at: Date;
  kind: string;
  data: Json;
}

/** Appends; appenders of one repository take turns. */
export async function appendToLedger(db: Queryable, addition: LedgerAddition): Promise<LedgerEntry> {
  const results: unknown = await db.query(appendStatements(addition).join(";\n"));
  const [, { rows: [linked] = [] } = {}] = results as Partial<
    pg.QueryResult<Pick<LedgerEntry, "seq" | "previousHash" | "hash">>
  >[];
  if (linked === undefined) throw new Error("The database took a ledger entry and did not say where");
  return { ...addition, ...linked };
}

/**
 * The same as statements, for one message that is a transaction or ends one: the repository's other appenders wait from
 * the first on. The entry is linked and hashed by the database, so that they need not wait for this process as well.
 */
export function appendStatements(addition: LedgerAddition): string[] {
  const { repositoryId, at, kind, data } = addition;
  const [beforeSeq, beforePrevious, end] = hashedTextOf(addition);
  return [
    inlineSql`select pg_advisory_xact_lock(hashtextextended(${`ledger:${repositoryId}`}, 0))`,
    inlineSql`insert into ledger (repository_id, seq, at, kind, data, previous_hash, hash)
      select ${repositoryId}, seq, ${at}::timestamptz, ${kind}, ${canonicalJson(data)}::json, previous, encode(sha256(
        convert_to(${beforeSeq} || seq || ${beforePrevious} || previous || ${end}, 'UTF8')), 'hex')
      from (select coalesce(max(seq), 0) + 1 as seq, coalesce(max(hash), ${firstPreviousHash}) as previous
        from (select seq, hash from ledger where repository_id = ${repositoryId} order by seq desc limit 1) as last) as link
      returning seq, previous_hash as "previousHash", hash`,
  ];
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
