/** Keeps Markdown within GitHub's limits: the least important is left out first, and what was left out is said. */

import { thousands } from "./telling.ts";

/** Longest summary and text of a check run, in bytes (GitHub counts 65,535 characters; bytes are the safer reading). */
export const markdownBytesMax = 65_535;

export interface Block {
  text: string;
  /** The lowest goes first; blocks of importance 0 or less never go, so they must be small. */
  expendable: number;
  /** What is said when it is left out, in the plural: `rows about met requirements`. */
  name: string;
}

/**
 * @param blocks in the order they are shown
 * @returns the blocks joined as they are; with a closing line where some were left out
 */
export function fitBytes(blocks: readonly Block[], maxBytes = markdownBytesMax): string {
  const sizes = blocks.map((block) => byteLength(block.text));
  const leftOut = new Set<number>();
  let total = sizes.reduce((sum, size) => sum + size, 0);
  // Later blocks of the same importance go first.
  const candidates = blocks
    .map((block, index) => ({ index, expendable: block.expendable }))
    .filter((candidate) => candidate.expendable > 0)
    .sort((a, b) => b.expendable - a.expendable || b.index - a.index);
  for (const { index } of candidates) {
    if (total + (leftOut.size > 0 ? noteBytes : 0) <= maxBytes) break;
    leftOut.add(index);
    total -= sizes[index] ?? 0;
  }
  const kept = blocks.filter((_, index) => !leftOut.has(index)).map((block) => block.text);
  return cutBytes(kept.join("") + note(blocks, leftOut), maxBytes);
}

// Room for the closing line: a handful of names with their counts.
const noteBytes = 600;

function note(blocks: readonly Block[], leftOut: ReadonlySet<number>): string {
  if (leftOut.size === 0) return "";
  const counts = new Map<string, number>();
  for (const index of leftOut) {
    const name = blocks[index]?.name ?? "";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].map(([name, amount]) => `${thousands(amount)} ${name}`);
  return `\n\nLeft out, because GitHub shows no more than ${thousands(markdownBytesMax)} bytes: ${names.slice(0, 8).join(", ")}.\n`;
}

export function byteLength(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** The last resort, where even what never goes is too long. */
export function cutBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  const bytes = Buffer.from(text, "utf8").subarray(0, maxBytes - 3);
  return `${bytes.toString("utf8").replace(/\ufffd+$/, "")}…`;
}
