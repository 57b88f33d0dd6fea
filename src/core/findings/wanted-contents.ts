/** Which files the detectors want to see whole. */

import type { Contents, Snapshot } from "../snapshot.ts";
import { type ClassificationOptions, namesOf, type ReadFile } from "./detector.ts";
import { detectors } from "./index.ts";
import { readFiles } from "./read-files.ts";
import { type Grammar, grammarOf } from "./syntax/grammars.ts";
import { loadGrammars } from "./syntax/read-tree.ts";

const nothing: Contents = { base: new Map(), head: new Map() };

/** Most paths asked for in one go; what is beyond is named as not analysed. */
export const wantedMax = 4000;

/**
 * Paths to fetch on both sides before {@link classify}. Called again with what came, it names the files that only those texts point to
 * (entry points of packages, re-exported modules), until it names none; stopping earlier costs precision, never safety.
 *
 * @param contents what is there already; at first nothing
 * @returns paths that are not in `contents` yet, sorted, without doubles
 */
export async function wantedContents(
  snapshot: Snapshot,
  options: ClassificationOptions,
  contents: Contents = nothing,
): Promise<string[]> {
  const files = readFiles(snapshot, options, contents);
  await loadGrammarsFor(files);
  const wanted = new Set<string>();
  for (const detector of detectors) {
    for (const path of detector.contents?.(files, options, contents) ?? []) {
      if (wanted.size >= wantedMax) break;
      if (!contents.base.has(path) || !contents.head.has(path)) wanted.add(path);
    }
  }
  return [...wanted].sort();
}

/** Loads what the detectors need to read these files as trees. */
export async function loadGrammarsFor(files: readonly ReadFile[]): Promise<void> {
  const needed = new Set<Grammar>();
  const written = files.filter(({ leftOut }) => leftOut === null);
  for (const { grammars = [], parses } of detectors) {
    if (grammars.every((grammar) => needed.has(grammar))) continue;
    for (const file of written) {
      const open = namesOf(file).map(grammarOf).filter(isNeeded(grammars, needed));
      if (open.length > 0 && (parses?.(file) ?? true)) for (const grammar of open) needed.add(grammar);
    }
  }
  await loadGrammars(needed);
}

function isNeeded(
  grammars: readonly Grammar[],
  known: ReadonlySet<Grammar>,
): (grammar: Grammar | null) => grammar is Grammar {
  return (grammar): grammar is Grammar => grammar !== null && grammars.includes(grammar) && !known.has(grammar);
}
