/** Short names for findings, so that people can speak of one: `F-1a2b3c`. */

import { createHash } from "node:crypto";
import type { Finding } from "./finding.ts";

const shortest = 6;

/**
 * Made of what a finding is about and not of where its lines stand, so that a push that moves it keeps its name. The second of the same
 * kind in a file is counted; names that clash by chance grow until they differ.
 */
export function withIds(findings: readonly Finding[]): Finding[] {
  const met = new Map<string, number>();
  const hashes = findings.map(({ rule, path, symbol, what }) => {
    const about = JSON.stringify([rule, path, symbol ?? what]);
    const before = met.get(about) ?? 0;
    met.set(about, before + 1);
    return createHash("sha256")
      .update(before === 0 ? about : `${about}#${before}`)
      .digest("hex");
  });
  const lengths = lengthsOf(hashes);
  return findings.map((finding, index) => ({ ...finding, id: `F-${hashes[index]?.slice(0, lengths[index])}` }));
}

/** As many characters as it takes to tell each from all the others. */
function lengthsOf(hashes: readonly string[]): number[] {
  const lengths = hashes.map(() => shortest);
  for (let isClear = false; !isClear; ) {
    isClear = true;
    const groups = Map.groupBy(hashes.keys(), (index) => hashes[index]?.slice(0, lengths[index]));
    for (const group of groups.values()) {
      if (group.length < 2) continue;
      isClear = false;
      for (const index of group) lengths[index] = (lengths[index] ?? shortest) + 1;
    }
  }
  return lengths;
}

/** @returns the id as findings bear it, for one that somebody typed; `null` where it cannot be one */
export function parseFindingId(text: string): string | null {
  const hash = /^f-([0-9a-f]{6,64})$/i.exec(text.trim())?.[1];
  return hash === undefined ? null : `F-${hash.toLowerCase()}`;
}
