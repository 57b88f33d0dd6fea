/** Counts lines that only moved: a block taken away in one place and put, the same, in another. */

import type { PatchLine } from "../patch-lines.ts";

/** Shortest block that counts as moved; shorter ones are alike by chance (git's `--color-moved` asks 20 letters, about this). */
export const blockLinesMin = 4;

/** Letters and digits that a block must hold: braces and blank lines are alike everywhere. */
const blockLettersMin = 40;

/**
 * Looks for added blocks among the removed ones, over all files given; indentation may differ. Every removed line is used once, so a block
 * that was copied twice moved once.
 *
 * @param files lines of each file that counts, in the order of its patch
 * @returns how many added lines came from somewhere else in the change
 */
export function countMovedLines(files: readonly (readonly PatchLine[])[]): number {
  const removed = runs(files, "removed");
  if (removed.length === 0) return 0;
  const starts = indexBlocks(removed);
  let moved = 0;
  for (const run of runs(files, "added")) {
    for (let at = 0; at + blockLinesMin <= run.length; ) {
      const length = takeBlock(run, at, starts);
      moved += length;
      at += Math.max(length, 1);
    }
  }
  return moved;
}

interface Line {
  text: string;
  isUsed: boolean;
}

type Start = { run: Line[]; at: number };

/** Lines of one kind that follow each other. */
function runs(files: readonly (readonly PatchLine[])[], kind: "added" | "removed"): Line[][] {
  const found: Line[][] = [];
  for (const lines of files) {
    let run: Line[] = [];
    let expected = -1;
    for (const { kind: kindHere, text, line } of lines) {
      if (kindHere !== kind) continue;
      if (line !== expected) {
        run = [];
        found.push(run);
      }
      run.push({ text: text.trim(), isUsed: false });
      expected = line + 1;
    }
  }
  return found;
}

function indexBlocks(removed: Line[][]): Map<string, Start[]> {
  const starts = new Map<string, Start[]>();
  for (const run of removed) {
    for (let at = 0; at + blockLinesMin <= run.length; at++) {
      const key = keyAt(run, at);
      const known = starts.get(key);
      // Blocks repeated more often are boilerplate; the cap keeps the work linear.
      if (known === undefined) starts.set(key, [{ run, at }]);
      else if (known.length < 20) known.push({ run, at });
    }
  }
  return starts;
}

function keyAt(run: readonly Line[], at: number): string {
  let key = "";
  for (let i = at; i < at + blockLinesMin; i++) key += `${run[i]?.text}\n`;
  return key;
}

/** Uses up the longest removed block that continues as the added run does. @returns its length, 0 when there is none */
function takeBlock(run: readonly Line[], at: number, starts: ReadonlyMap<string, Start[]>): number {
  let best: { start: Start; length: number } | null = null;
  for (const start of starts.get(keyAt(run, at)) ?? []) {
    const length = commonLength(run, at, start);
    if (length >= blockLinesMin && length > (best?.length ?? 0)) best = { start, length };
  }
  if (best === null || !holdsLetters(run, at, best.length)) return 0;
  for (let i = 0; i < best.length; i++) {
    const line = best.start.run[best.start.at + i];
    if (line) line.isUsed = true;
  }
  return best.length;
}

function commonLength(run: readonly Line[], at: number, start: Start): number {
  let length = 0;
  for (;;) {
    const added = run[at + length];
    const removed = start.run[start.at + length];
    if (!added || !removed || removed.isUsed || added.text !== removed.text) return length;
    length++;
  }
}

function holdsLetters(run: readonly Line[], at: number, length: number): boolean {
  let letters = 0;
  for (let i = at; i < at + length && letters < blockLettersMin; i++) {
    letters += (run[i]?.text.match(/[\p{L}\p{N}]/gu) ?? []).length;
  }
  return letters >= blockLettersMin;
}
