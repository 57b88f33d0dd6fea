/** A ledger of any length, chained and hashed as the database does it. */

import { firstPreviousHash, hashLedgerEntry } from "../../src/core/report/ledger-hash.ts";

const entriesAtOnce = 10_000;

export async function fillLedger(
  query: (text: string, values: unknown[]) => Promise<unknown>,
  { repositoryId, entries, from }: { repositoryId: number; entries: number; from: Date },
): Promise<void> {
  let previousHash = firstPreviousHash;
  for (let begin = 1; begin <= entries; begin += entriesAtOnce) {
    const seqs: number[] = [];
    const ats: Date[] = [];
    const texts: string[] = [];
    const previous: string[] = [];
    const hashes: string[] = [];
    for (let seq = begin; seq < begin + entriesAtOnce && seq <= entries; seq += 1) {
      const at = new Date(from.getTime() + seq * 1000);
      const data = { number: seq % 500, state: "waiting", headSha: "a".repeat(40), summary: `Waiting for peer ${seq}` };
      const hash = hashLedgerEntry({ repositoryId, seq, at, kind: "verdict", data, previousHash });
      seqs.push(seq);
      ats.push(at);
      texts.push(JSON.stringify(data));
      previous.push(previousHash);
      hashes.push(hash);
      previousHash = hash;
    }
    await query(
      `insert into ledger (repository_id, seq, at, kind, data, previous_hash, hash)
        select $1, seq, at, 'verdict', data::json, previous, hash
        from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[]) as e(seq, at, data, previous, hash)`,
      [repositoryId, seqs, ats, texts, previous, hashes],
    );
  }
}

/** What the ledger's own triggers refuse, done by somebody who owns the database. */
export async function tamper(query: (text: string) => Promise<unknown>, statement: string): Promise<void> {
  await query("alter table ledger disable trigger all");
  await query(statement);
  await query("alter table ledger enable trigger all");
}
