/** Every place at which a ledger's chain does not hold, not only the first. */

import { firstPreviousHash, hashLedgerEntry, type LedgerEntry } from "../ledger-hash.ts";

/**
 * - `missing`: entries from `seq` up to the next one that is there were taken out
 * - `altered`: the entry is not what its hash was made from
 * - `not_linked`: the entry does not continue the one before it: one of the two was put there later
 * - `moved`: it stands where no entry should, a number twice or before the first
 */
export interface ChainBreak {
  seq: number;
  why: "missing" | "altered" | "not_linked" | "moved";
  /** Of the entry at which it was noticed. */
  at: Date;
  kind: string;
}

export interface ChainReport {
  entries: number;
  breaks: ChainBreak[];
  /** The newest entry: what an auditor notes down to notice later that the end was cut off. */
  last: { seq: number; hash: string; at: Date } | null;
}

/** Only so many are listed; who has changed everything need not be shown all of it. */
export const breaksMax = 100;

export interface ChainReader {
  /** @param entries those that follow the ones before, in order of `seq` */
  add(entries: readonly LedgerEntry[]): void;
  report(): ChainReport;
}

/**
 * @param start what the first entry has to link to. `null`: an excerpt, which may begin anywhere.
 */
export function createChainReader(
  start: { seq: number; hash: string } | null = { seq: 0, hash: firstPreviousHash },
): ChainReader {
  let before = start;
  let entries = 0;
  let last: ChainReport["last"] = null;
  const breaks: ChainBreak[] = [];
  const note = (why: ChainBreak["why"], seq: number, { at, kind }: LedgerEntry) => {
    if (breaks.length < breaksMax) breaks.push({ seq, why, at, kind });
  };
  return {
    add(batch) {
      for (const entry of batch) {
        entries += 1;
        if (before !== null && entry.seq !== before.seq + 1) {
          if (entry.seq > before.seq) note("missing", before.seq + 1, entry);
          else note("moved", entry.seq, entry);
        } else if (before !== null && entry.previousHash !== before.hash) note("not_linked", entry.seq, entry);
        if (hashLedgerEntry(entry) !== entry.hash) note("altered", entry.seq, entry);
        before = entry;
        last = { seq: entry.seq, hash: entry.hash, at: entry.at };
      }
    },
    report: () => ({ entries, breaks, last }),
  };
}
