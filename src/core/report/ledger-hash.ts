/** The hash chain of the ledger: each entry's hash covers the entry and the hash before it. Pure. */

import { createHash } from "node:crypto";

/** A value that survives JSON unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface LedgerEntry {
  repositoryId: number;
  /** From 1, without gaps, per repository. */
  seq: number;
  at: Date;
  /** What happened, e.g. `verdict`, `bypass_granted`. */
  kind: string;
  data: Json;
  /** Hash of the entry before; `firstPreviousHash` for the first. */
  previousHash: string;
  hash: string;
}

export const firstPreviousHash = "0".repeat(64);

/** SHA-256, in hexadecimal, over a canonical form that names its version, so that it can be computed by anyone from an export. */
export function hashLedgerEntry(entry: Omit<LedgerEntry, "hash">): string {
  const [beforeSeq, beforePrevious, end] = hashedTextOf(entry);
  const text = `${beforeSeq}${entry.seq}${beforePrevious}${entry.previousHash}${end}`;
  return createHash("sha256").update(text).digest("hex");
}

/** The canonical form that is hashed: what stands before `seq`, between it and `previousHash`, and after that. */
export function hashedTextOf(
  entry: Pick<LedgerEntry, "repositoryId" | "at" | "kind" | "data">,
): readonly [string, string, string] {
  const { repositoryId, at, kind, data } = entry;
  const rest = canonicalJson([at.toISOString(), kind, data]).slice(1);
  return [`["holdpoint-ledger-1",${repositoryId},`, ',"', `",${rest}`];
}

export type ChainState =
  | { kind: "intact"; entries: number; lastHash: string }
  | { kind: "broken"; seq: number; why: "missing" | "altered" | "not_linked" };

/**
 * Follows the chain of one repository from `start`.
 *
 * @param entries in order of `seq`
 * @param start what the first of `entries` has to link to; by default the beginning of the chain
 */
export function checkChain(
  entries: Iterable<LedgerEntry>,
  start: { seq: number; hash: string } = { seq: 0, hash: firstPreviousHash },
): ChainState {
  let last = start;
  for (const entry of entries) {
    if (entry.seq !== last.seq + 1) return { kind: "broken", seq: last.seq + 1, why: "missing" };
    if (entry.previousHash !== last.hash) return { kind: "broken", seq: entry.seq, why: "not_linked" };
    if (hashLedgerEntry(entry) !== entry.hash) return { kind: "broken", seq: entry.seq, why: "altered" };
    last = entry;
  }
  return { kind: "intact", entries: last.seq, lastHash: last.hash };
}

/** JSON with the keys of objects in code-unit order and no white space: equal values have equal texts. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const member = value[key];
      return member === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(member)}`];
    });
  return `{${members.join(",")}}`;
}
