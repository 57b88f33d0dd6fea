/** Which file imports which, as far as the texts are there: JavaScript, TypeScript and Python, imports that run when the file is loaded. */

import { importTargets } from "./layers.ts";

/** One side of the change: text by path; `null`: not there; absent: not fetched. */
export type Side = ReadonlyMap<string, string | null>;

/** Longest text looked at, and most imports of one file. */
const charactersMax = 300_000;
const importsMax = 200;

/** Holds for files whose imports can be told. */
export function hasImports(path: string): boolean {
  return /\.([cm]?[jt]sx?|pyi?)$/.test(path) && !path.endsWith(".d.ts");
}

/** A line that imports when the file is loaded. Indented ones stand in functions or below `TYPE_CHECKING`; types import nothing. */
export function isLoadingImport(text: string): boolean {
  return /^(?:import|export|from|\}|const|let|var)\b|^\}/.test(text) && !/^(?:import|export)\s+type\b/.test(text);
}

/** Paths that the import on a line most likely leads to, few enough to ask for: in the language of the file that imports. */
export function likelyTargets(path: string, text: string): string[] {
  if (!isLoadingImport(text)) return [];
  const all = importTargets(path, text);
  if (/\.pyi?$/.test(path)) return all.filter((target) => target.endsWith(".py")).slice(0, 4);
  if (!/["'`]\.{1,2}\//.test(text)) return [];
  const isTyped = /\.[cm]?tsx?$/.test(path);
  const extension = path.slice(path.lastIndexOf("."));
  return all
    .filter((target) => target.endsWith(extension) || (isTyped ? /\.tsx?$/.test(target) : /\.jsx?$/.test(target)))
    .filter((target) => !target.endsWith(".d.ts"))
    .slice(0, 4);
}

/** Files that a file imports, of those that are there. */
export function importsOf(path: string, side: Side): string[] {
  const text = side.get(path);
  if (typeof text !== "string" || text.length > charactersMax) return [];
  const found = new Set<string>();
  for (const line of text.split("\n")) {
    if (found.size >= importsMax) break;
    const target = likelyTargets(path, line).find((one) => typeof side.get(one) === "string");
    if (target !== undefined && target !== path) found.add(target);
  }
  return [...found];
}

/** Imports that were not fetched, of files that were. */
export function* unknownImports(path: string, side: Side): Iterable<string> {
  const text = side.get(path);
  if (typeof text !== "string" || text.length > charactersMax) return;
  for (const line of text.split("\n")) {
    const targets = likelyTargets(path, line);
    if (targets.some((target) => typeof side.get(target) === "string")) continue;
    for (const target of targets) if (!side.has(target)) yield target;
  }
}

/** Files visited in the search for one way; longer ways are nobody's mistake of today. */
const visitedMax = 2000;

/** @returns the shortest way from one file to another along imports, both included; `null` where there is none among the known files */
export function wayBetween(from: string, to: string, side: Side): string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  const open = [from];
  for (let path = open.shift(); path !== undefined && cameFrom.size < visitedMax; path = open.shift()) {
    for (const next of importsOf(path, side)) {
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, path);
      if (next === to) return wayTo(to, cameFrom);
      open.push(next);
    }
  }
  return null;
}

function wayTo(end: string, cameFrom: ReadonlyMap<string, string | null>): string[] {
  const way: string[] = [];
  for (let path: string | null = end; path !== null; path = cameFrom.get(path) ?? null) way.unshift(path);
  return way;
}
