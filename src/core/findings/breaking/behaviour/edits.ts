/** A file's patch as edits: lines taken away, with those that stand in their place. */

import type { ReadFile } from "../../detector.ts";
import type { PatchLine } from "../../patch-lines.ts";

export interface Edit {
  removed: PatchLine[];
  added: PatchLine[];
}

/** Lines are looked at up to here; what is longer was not written by hand. */
export const lineCharactersMax = 500;

/** Neighbouring removed and added lines, in the order of the patch; a context line or a new hunk ends an edit. */
export function editsOf(file: ReadFile): Edit[] {
  const edits: Edit[] = [];
  let edit: Edit | null = null;
  let removedNext = -1;
  let addedNext = -1;
  for (const line of file.lines) {
    if (line.kind === "context") {
      edit = null;
      continue;
    }
    const next = line.kind === "removed" ? removedNext : addedNext;
    if (edit === null || (next !== -1 && line.line !== next)) {
      edit = { removed: [], added: [] };
      edits.push(edit);
      removedNext = -1;
      addedNext = -1;
    }
    edit[line.kind].push(line);
    if (line.kind === "removed") removedNext = line.line + 1;
    else addedNext = line.line + 1;
  }
  return edits;
}

/** The line without its indentation, cut to what is looked at. */
export function trimmed({ text }: PatchLine): string {
  return text.slice(0, lineCharactersMax).trim();
}

/** Texts of all added lines of a change: what is taken away here and stands there has only moved. */
export function addedTexts(files: readonly ReadFile[]): ReadonlySet<string> {
  const texts = new Set<string>();
  for (const { lines } of files) for (const line of lines) if (line.kind === "added") texts.add(trimmed(line));
  return texts;
}

/** How alike two lines are by their words, 0 to 1. */
export function likeness(one: string, other: string): number {
  const words = wordsOf(one);
  const others = wordsOf(other);
  if (words.size === 0 || others.size === 0) return 0;
  let shared = 0;
  for (const word of words) if (others.has(word)) shared++;
  return shared / Math.max(words.size, others.size);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.slice(0, lineCharactersMax).match(/[\p{L}\p{N}_$]+/gu) ?? []);
}
