/** Which files the detectors want to see whole. */

import type { Contents, Snapshot } from "../snapshot.ts";
import type { ClassificationOptions } from "./detector.ts";
import { detectors } from "./index.ts";
import { readFiles } from "./read-files.ts";

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
export function wantedContents(
  snapshot: Snapshot,
  options: ClassificationOptions,
  contents: Contents = nothing,
): string[] {
  const files = readFiles(snapshot, options, contents);
  const wanted = new Set<string>();
  for (const detector of detectors) {
    for (const path of detector.contents?.(files, options, contents) ?? []) {
      if (wanted.size >= wantedMax) break;
      if (!contents.base.has(path) || !contents.head.has(path)) wanted.add(path);
    }
  }
  return [...wanted].sort();
}
