/** What is looked at to tell what became of a change: every commit that came onto the branch, and which lines it brought or took. */

import { isSource } from "../findings/file-role.ts";
import type { ChangedFile } from "../snapshot.ts";

export interface LaterChange {
  /** As of a `HistoricChange`; of a commit that is none, the first letters of its name. */
  id: string;
  /** Every commit that it is: the one on the branch, and those that it merged. */
  commitShas: readonly string[];
  title: string;
  /** The whole message, or the description where there is one. */
  message: string;
  at: Date;
  touched: TouchedLines;
}

/** By path of a source file: digests of lines that were brought and taken, those that say too little left out. */
export type TouchedLines = ReadonlyMap<string, { added: readonly number[]; removed: readonly number[] }>;

export const noLines: TouchedLines = new Map();

/** A shorter line may stand anywhere: a bracket, a `return`. */
const lineMin = 12;

/** So many lines of one change are kept: enough to find a fix of it, and little to hold. */
const linesMax = 3_000;

export function touchedLines(files: readonly ChangedFile[]): TouchedLines {
  const touched = new Map<string, { added: number[]; removed: number[] }>();
  let left = linesMax;
  for (const { path, previousPath, patch } of files) {
    if (!isSource(path)) continue;
    const lines = { added: [] as number[], removed: [] as number[] };
    for (const line of patch?.split("\n") ?? []) {
      const side = line.startsWith("+") ? lines.added : line.startsWith("-") ? lines.removed : null;
      const text = line.slice(1).trim();
      if (side === null || text.length < lineMin || left === 0) continue;
      side.push(digest(text));
      left -= 1;
    }
    touched.set(path, lines);
    // Lines that were taken from a renamed file stood under its old name.
    if (previousPath !== null && previousPath !== path)
      touched.set(previousPath, { added: [], removed: lines.removed });
  }
  return touched;
}

/** FNV-1a, 32 bits: two lines of one file that meet by chance are rare enough for a hint. */
function digest(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
