import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createChainReader } from "../../../src/core/report/audit/chain-breaks.ts";
import { firstPreviousHash, hashLedgerEntry, type LedgerEntry } from "../../../src/core/report/ledger-hash.ts";

function aChain(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previousHash = entries.at(-1)?.hash ?? firstPreviousHash;
    const entry = {
      repositoryId: 7,
      seq,
      at: new Date(1_700_000_000_000 + seq * 1000),
      kind: "verdict",
      data: { seq },
      previousHash,
    };
    entries.push({ ...entry, hash: hashLedgerEntry(entry) });
  }
  return entries;
}

function breaksOf(entries: readonly LedgerEntry[], start?: { seq: number; hash: string } | null) {
  const reader = createChainReader(start);
  reader.add(entries);
  return reader.report().breaks.map(({ seq, why }) => `${seq} ${why}`);
}

const changed = (entries: LedgerEntry[], seq: number, change: Partial<LedgerEntry>) =>
  entries.map((entry) => (entry.seq === seq ? { ...entry, ...change } : entry));

const rehashed = (entry: LedgerEntry, change: Partial<LedgerEntry>): LedgerEntry => {
  const next = { ...entry, ...change };
  return { ...next, hash: hashLedgerEntry(next) };
};

const chain = aChain(9);
const fifth = chain[4] as LedgerEntry;

describe("breaks of a chain", () => {
  it.each<[string, readonly LedgerEntry[], string[]]>([
    ["an untouched chain", chain, []],
    ["no entries at all", [], []],
    ["one byte of the data", changed(chain, 5, { data: { seq: 6 } }), ["5 altered"]],
    ["a moment", changed(chain, 5, { at: new Date(0) }), ["5 altered"]],
    [
      "an entry that was written anew with its hash",
      [...chain.slice(0, 4), rehashed(fifth, { data: null }), ...chain.slice(5)],
      ["6 not_linked"],
    ],
    ["an entry taken out", chain.filter(({ seq }) => seq !== 5), ["5 missing"]],
    ["the first entries taken out", chain.slice(3), ["1 missing"]],
    ["an entry that is there twice", [...chain.slice(0, 5), fifth, ...chain.slice(5)], ["5 moved"]],
    ["two places", changed(changed(chain, 2, { data: 0 }), 8, { kind: "merged" }), ["2 altered", "8 altered"]],
  ])("%s", (_, entries, expected) => {
    expect(breaksOf(entries)).toEqual(expected);
  });

  it("an excerpt may begin anywhere, and holds from there", () => {
    expect(breaksOf(chain.slice(3), null)).toEqual([]);
    expect(breaksOf(changed(chain, 5, { data: null }).slice(3), null)).toEqual(["5 altered"]);
  });

  it("finds any single change, and names the entry or the one after it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom("data", "kind", "hash", "previousHash"),
        (seq, key) => {
          const value = key === "data" ? { x: 1 } : key === "kind" ? "merged" : "f".repeat(64);
          const found = breaksOf(changed(chain, seq, { [key]: value }));
          expect(found.length).toBeGreaterThan(0);
          expect(found.every((one) => one.startsWith(`${seq} `) || one.startsWith(`${seq + 1} `))).toBe(true);
        },
      ),
    );
  });

  it("reads in parts what it reads as a whole", () => {
    const reader = createChainReader();
    for (const entry of chain) reader.add([entry]);
    expect(reader.report()).toEqual({
      entries: 9,
      breaks: [],
      last: { seq: 9, hash: chain[8]?.hash, at: chain[8]?.at },
    });
  });
});
