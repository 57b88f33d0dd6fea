/** Which texts tell who can reach a changed symbol: manifests, entry files, and the modules on the way from them. */

import type { ReadFile } from "../../detector.ts";
import { basePath } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { ReachInput } from "../api/api-language.ts";
import { mayBeReviewed, settingsPaths } from "./api-extractor.ts";
import { graphsOf } from "./export-reach.ts";
import { candidatesOf, joinRelative, type ModuleGraph } from "./module-graph.ts";
import {
  entryFiles,
  join,
  manifestsAbove,
  moduleEntries,
  type Package,
  packageOf,
  sourcesOf,
} from "./public-packages.ts";

/** Files asked for on the way from one package's entries; beyond it, who reaches a name stays unknown. */
const perPackageMax = 300;

/** First the manifests around changed modules; then, only where one offers less or other things, what manifests and re-exports name. */
export function* wantedModules(
  changed: readonly ReadFile[],
  input: ReachInput,
  hasChanges: (file: ReadFile) => boolean,
): Iterable<string> {
  const { base } = input.contents;
  const packages = new Map<string, { found: Package; modules: string[] }>();
  for (const file of changed) {
    if (file.status === "added") continue;
    const path = basePath(file);
    yield* manifestsAbove(path);
    if (!hasChanges(file)) continue;
    const found = packageOf(path, base);
    if (typeof found === "string" || found.manifest.isPrivate) continue;
    const known = packages.get(found.folder);
    if (known) known.modules.push(path);
    else packages.set(found.folder, { found, modules: [path] });
  }
  if (packages.size === 0) return;
  const graph = graphsOf(input.contents).base;
  for (const { found, modules } of packages.values()) {
    if (mayBeReviewed(found.manifest)) yield* settingsPaths(found.folder);
    const isAlike = alike(found.folder, modules);
    const asked = new Set<string>();
    const way = [...wayOf(found, input, graph, modules, isAlike), ...barrelsOf(found, modules)];
    for (const path of way) if (!base.has(path) && asked.size < perPackageMax) asked.add(path);
    yield* asked;
  }
}

/** The likeliest file of every entry first: a package may have a hundred of them. */
function wayOf(
  found: Package,
  { contents: { base } }: ReachInput,
  graph: ModuleGraph,
  modules: readonly string[],
  isAlike: (path: string) => boolean,
): string[] {
  const { files } = entryFiles(found, base);
  const perEntry: string[][] = [];
  for (const [entry, targets] of moduleEntries(found)) {
    // What was found needs no other candidate.
    if (files.has(entry)) continue;
    const sources = targets.flatMap((target) => (target.includes("*") ? [] : sourcesOf(found.folder, entry, target)));
    const written = targets.map((target) => join(found.folder, target.replace(/^\.\//, ""))).filter(isKept);
    perEntry.push([...new Set([...sources.filter(isAlike), ...written])]);
  }
  perEntry.sort((a, b) => nearness(b, modules) - nearness(a, modules));
  const longest = Math.max(0, ...perEntry.map((candidates) => candidates.length));
  const ranked = Array.from({ length: longest }, (_, rank) => perEntry.flatMap((candidates) => candidates[rank] ?? []));
  return [...followed([...files.values()], graph), ...ranked.flat()];
}

/** Some entries are no build's, and kept beside the sources. */
function isKept(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path) && !/(^|\/)(dist|build|out|output|esm|cjs|es|umd|bundle)\//.test(path);
}

/** How many folders the nearest candidate shares with a changed module. */
function nearness(candidates: readonly string[], modules: readonly string[]): number {
  let most = 0;
  for (const path of modules.slice(0, 20)) {
    for (const candidate of candidates) {
      const other = candidate.split("/");
      const shared = path.split("/").findIndex((folder, at) => folder !== other[at]);
      most = Math.max(most, shared);
    }
  }
  return most;
}

/** Folders often have an `index` that hands on what is in them; asking early saves a round. */
function* barrelsOf({ folder }: Package, modules: readonly string[]): Iterable<string> {
  for (const path of modules) {
    const extension = /\.\w{1,4}$/.exec(path)?.[0] ?? ".ts";
    for (let at = folderOf(path); at.length > folder.length; at = folderOf(at)) yield join(at, `index${extension}`);
  }
}

/** Entries are written as the modules are: in the same language, and below `src/` when those are. */
function alike(folder: string, modules: readonly string[]): (path: string) => boolean {
  const source = join(folder, "src/");
  const isBelowSource = modules.every((path) => path.startsWith(source));
  const isTyped = modules.every((path) => /\.[cm]?tsx?$/.test(path));
  const language = isTyped ? /\.(ts|tsx|mts)$/ : /\.[cm]?[jt]sx?$/;
  const isDeclared = modules.some((path) => path.endsWith(".d.ts"));
  return (path) =>
    language.test(path) && (isDeclared || !path.endsWith(".d.ts")) && (!isBelowSource || path.startsWith(source));
}

/** Modules that entries hand on, as far as the texts are there. */
function* followed(entries: readonly string[], graph: ModuleGraph): Iterable<string> {
  const open = [...entries];
  const seen = new Set(open);
  for (let path = open.pop(); path !== undefined && seen.size < 500; path = open.pop()) {
    const module = graph.moduleAt(path);
    if (typeof module === "string") continue;
    const requests = new Set([...module.stars, ...[...module.from.values()].map((origin) => origin.module)]);
    for (const request of requests) {
      const known = graph.resolve(path, request);
      const target = joinRelative(folderOf(path), request);
      if (known === null) yield* target === null ? [] : candidatesOf(target);
      else if (!seen.has(known)) {
        seen.add(known);
        open.push(known);
      }
    }
  }
}
