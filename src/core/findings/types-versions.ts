/**
 * `typesVersions` of a package.json: paths that TypeScript looks up elsewhere, by its own version.
 *
 * @see https://www.typescriptlang.org/docs/handbook/declaration-files/publishing.html#version-selection-with-typesversions
 */

import { Range, SemVer, satisfies, validRange } from "semver";
import { recordOf } from "./record-of.ts";

/** Path within the package, without `./` and perhaps with a `*`, and the files looked for in its place, the first one first. */
export type TypesPaths = ReadonlyMap<string, readonly string[]>;

/** In the order in which TypeScript tries them: the first range that its version lies in counts, and no other. */
export type TypesVersions = readonly { range: string; paths: TypesPaths }[];

/** Longest range looked at. */
const rangeCharactersMax = 100;

/** @returns what can be understood of it; empty for anything else */
export function readTypesVersions(value: unknown): TypesVersions {
  return Object.entries(recordOf(value)).flatMap(([range, mapped]) => {
    if (range.length > rangeCharactersMax || validRange(range) === null) return [];
    const paths = new Map<string, readonly string[]>();
    for (const [key, targets] of Object.entries(recordOf(mapped))) {
      const files = (Array.isArray(targets) ? targets : []).filter((one) => typeof one === "string");
      if (files.length > 0 && key.split("*").length <= 2) paths.set(plainPath(key), files);
    }
    return [{ range, paths }];
  });
}

/** A path as `typesVersions` has it: without `./`. */
export const plainPath = (path: string) => path.replace(/^\.\//, "");

/**
 * Files that stand for a path, as TypeScript takes them: the key that is the path itself, else the pattern with the longest beginning.
 *
 * @param path may be a pattern itself: then the one that takes in all of it counts
 * @returns `null` where no key takes the path in
 */
export function typesTargets(paths: TypesPaths, path: string): readonly string[] | null {
  const own = paths.get(path);
  if (own !== undefined) return own;
  let best: { start: string; matched: string; targets: readonly string[] } | null = null;
  for (const [key, targets] of paths) {
    const [start, end] = key.split("*");
    if (start === undefined || end === undefined || path.length < start.length + end.length) continue;
    if (!path.startsWith(start) || !path.endsWith(end) || (best && best.start.length >= start.length)) continue;
    best = { start, matched: path.slice(start.length, path.length - end.length), targets };
  }
  const matched = best?.matched ?? "";
  return best?.targets.map((target) => target.replace("*", () => matched)) ?? null;
}

/** The first range that a version of TypeScript lies in; `null`: it goes by the other fields alone. */
export function typesAt(all: TypesVersions, version: string): TypesVersions[number] | null {
  return all.find(({ range }) => satisfies(version, range, { includePrerelease: true })) ?? null;
}

/** Versions of TypeScript that tell the ranges apart: each one named, what comes right before and after it, and one beyond all. */
export function tellingVersions(all: TypesVersions): string[] {
  const versions = new Set<string>(["999.0.0"]);
  for (const { range } of all) {
    for (const { semver } of new Range(range).set.flat()) {
      // What stands for "any" names no version.
      if (!(semver instanceof SemVer) || typeof semver.major !== "number") continue;
      const { major, minor, patch } = semver;
      versions.add(`${major}.${minor}.${patch}`).add(`${major}.${minor}.${patch + 1}`);
      if (patch > 0) versions.add(`${major}.${minor}.${patch - 1}`);
      else if (minor > 0) versions.add(`${major}.${minor - 1}.999`);
      else if (major > 0) versions.add(`${major - 1}.999.999`);
    }
  }
  return [...versions];
}
