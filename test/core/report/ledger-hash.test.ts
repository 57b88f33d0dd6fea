import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  checkChain,
  firstPreviousHash,
  hashLedgerEntry,
  type Json,
  type LedgerEntry,
} from "../../../src/core/report/ledger-hash.ts";

function aChain(length: number): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const unhashed = {
      repositoryId: 42,
      seq,
      at: new Date(Date.UTC(2026, 10, 21, 12, seq)),
      kind: "verdict",
      data: { state: "waiting", seq },
      previousHash: entries.at(-1)?.hash ?? firstPreviousHash,
    };
    entries.push({ ...unhashed, hash: hashLedgerEntry(unhashed) });
  }
  return entries;
}

describe("the hash of an entry", () => {
  it("is the SHA-256 of its published canonical form", () => {
    // printf '["holdpoint-ledger-1",42,1,"000…0","2026-11-21T12:01:00.000Z","verdict",{"seq":1,"state":"waiting"}]' | sha256sum
    expect(aChain(1)[0]?.hash).toBe("96e55899fa161883e860f92b2e9e9f18de4183448819d1576a974986ec0760f0");
  });

  it.each([
    { name: "keys in another order", one: { a: 1, b: [true, null] }, other: { b: [true, null], a: 1 }, same: true },
    { name: "another value", one: { a: 1 }, other: { a: 2 }, same: false },
    { name: "a key that moved a level", one: { a: { b: 1 } }, other: { a: 1, b: 1 }, same: false },
    { name: "number and text", one: [1], other: ["1"], same: false },
  ])("with $name → same: $same", ({ one, other, same }) => {
    expect(canonicalJson(one as Json) === canonicalJson(other as Json)).toBe(same);
  });

  it("survives a way through JSON, whatever the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = canonicalJson(value as Json);
        expect(canonicalJson(JSON.parse(once))).toBe(once);
      }),
    );
  });
});

describe("a chain", () => {
  it("is intact as it was written", () => {
    const chain = aChain(5);
    expect(checkChain(chain)).toEqual({ kind: "intact", entries: 5, lastHash: chain.at(-1)?.hash });
    expect(checkChain([])).toEqual({ kind: "intact", entries: 0, lastHash: firstPreviousHash });
  });

  const seal = (entry: LedgerEntry): LedgerEntry => ({ ...entry, hash: hashLedgerEntry(entry) });
  it.each([
    {
      name: "altered data",
      tamper: (chain: LedgerEntry[]) => chain.with(2, { ...chain[2]!, data: { state: "open" } }),
      broken: { seq: 3, why: "altered" },
    },
    {
      name: "altered data with a hash made to fit",
      tamper: (chain: LedgerEntry[]) => chain.with(2, seal({ ...chain[2]!, data: { state: "open" } })),
      broken: { seq: 4, why: "not_linked" },
    },
    {
      name: "a later time",
      tamper: (c: LedgerEntry[]) => c.with(0, { ...c[0]!, at: new Date(0) }),
      broken: { seq: 1, why: "altered" },
    },
    { name: "an entry taken out", tamper: (c: LedgerEntry[]) => c.toSpliced(1, 1), broken: { seq: 2, why: "missing" } },
    { name: "the first taken off", tamper: (c: LedgerEntry[]) => c.slice(1), broken: { seq: 1, why: "missing" } },
  ])("with $name is broken at that entry", ({ tamper, broken }) => {
    expect(checkChain(tamper(aChain(5)))).toEqual({ kind: "broken", ...broken });
  });
});
