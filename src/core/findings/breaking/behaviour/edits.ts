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
  return shareOf(wordsOf(one), wordsOf(other));
}

function shareOf(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (words.size === 0 || others.size === 0) return 0;
  let shared = 0;
  for (const word of words) if (others.has(word)) shared++;
  return shared / Math.max(words.size, others.size);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.slice(0, lineCharactersMax).match(/[\p{L}\p{N}_$]+/gu) ?? []);
}

/** Added lines looked at for each removed one: those at about the same place, so that long edits cost no more than their length. */
const windowLines = 50;

/**
 * Says for each removed line of an edit which added line stands in its place: the one with the most words in common, half of them at least.
 *
 * @returns `null` for a line in whose place nothing similar stands
 */
export function replacer({ removed, added }: Edit): (line: PatchLine) => PatchLine | null {
  const words = added.map(({ text }) => wordsOf(text));
  const places = new Map(removed.map((line, at) => [line, at]));
  return (line) => {
    const own = wordsOf(line.text);
    const scaled = Math.floor(((places.get(line) ?? 0) / Math.max(1, removed.length)) * added.length);
    const start = Math.max(0, Math.min(scaled - windowLines / 2, added.length - windowLines));
    let best: PatchLine | null = null;
    let most = 0.5;
    for (let at = start; at < Math.min(added.length, start + windowLines); at++) {
      const other = added[at];
      const share = shareOf(own, words[at] ?? new Set());
      if (other === undefined || share < most || trimmed(other) === trimmed(line) || (share === most && best !== null))
        continue;
      best = other;
      most = share;
    }
    return best;
  };
}
