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
  const used = new Set<Grammar>(detectors.flatMap(({ grammars }) => grammars ?? []));
  const written = files.flatMap((file) => (file.leftOut === null ? namesOf(file).map(grammarOf) : []));
  await loadGrammars(written.filter((grammar): grammar is Grammar => grammar !== null && used.has(grammar)));
}
