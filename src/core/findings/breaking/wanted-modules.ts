/** Which texts the detector of removed exports needs: the changed modules, their manifests, and the entry files on the way to users. */

import type { Contents } from "../../snapshot.ts";
import { namesOf, type ReadFile } from "../detector.ts";
import { folderOf, isInternal } from "../file-role.ts";
import { isModule } from "./module-exports.ts";
import { candidatesOf, joinRelative, moduleGraph } from "./module-graph.ts";
import { entryFiles, manifestsAbove, type Package, packageOf, sourcesOf } from "./public-packages.ts";

/** Files asked for on the way from one package's entries; beyond it, who reaches a name stays unknown. */
const perPackageMax = 200;

/**
 * First the texts of changed modules and the manifests around them; then, only where a name is gone, where it may have moved to, and what
 * manifests and re-exports name.
 *
 * @param losing changed modules whose patch may take an export away
 * @param hasLost whether the texts that are there show that a module lost a name
 */
export function* wantedModules(
  losing: readonly ReadFile[],
  files: readonly ReadFile[],
  contents: Contents,
  hasLost: (file: ReadFile) => boolean,
): Iterable<string> {
  const packages = new Map<string, { found: Package; modules: string[] }>();
  let isLost = false;
  for (const file of losing) {
    const path = file.status === "renamed" ? (file.previousPath ?? file.path) : file.path;
    yield* namesOf(file);
    yield* manifestsAbove(path);
    if (!hasLost(file)) continue;
    isLost = true;
    const found = packageOf(path, contents.base);
    if (typeof found === "string" || found.manifest.isPrivate) continue;
    const known = packages.get(found.folder);
    if (known) known.modules.push(path);
    else packages.set(found.folder, { found, modules: [path] });
  }
  if (!isLost) return;
  for (const file of files) {
    if (isModule(file.path) && file.leftOut === null && !isInternal(file.path)) yield* namesOf(file);
  }
  for (const { found, modules } of packages.values()) {
    const isAlike = alike(found.folder, modules);
    let count = 0;
    for (const path of wayOf(found, contents)) {
      if (isAlike(path) && count++ < perPackageMax) yield path;
    }
  }
}

function* wayOf(found: Package, contents: Contents): Iterable<string> {
  for (const [entry, targets] of found.manifest.entries) {
    if (entry.startsWith("bin:")) continue;
    const files = new Set(
      targets.filter((target) => !target.includes("*")).flatMap((target) => sourcesOf(found.folder, target)),
    );
    // What was found needs no other candidate.
    if (![...files].some((path) => typeof contents.base.get(path) === "string")) yield* files;
  }
  yield* followed(entryFiles(found, contents.base).files, contents);
}

/** Entries are written as the modules are: in the same language, and below `src/` when those are. */
function alike(folder: string, modules: readonly string[]): (path: string) => boolean {
  const source = folder === "" ? "src/" : `${folder}/src/`;
  const isBelowSource = modules.every((path) => path.startsWith(source));
  const isTyped = modules.every((path) => /\.[cm]?tsx?$/.test(path));
  const language = isTyped ? /\.(ts|tsx|mts)$/ : /\.[cm]?[jt]sx?$/;
  return (path) => language.test(path) && !path.endsWith(".d.ts") && (!isBelowSource || path.startsWith(source));
}

/** Modules that entries hand on with `export *`, as far as the texts are there. */
function* followed(entries: readonly string[], contents: Contents): Iterable<string> {
  const graph = moduleGraph(contents.base);
  const open = [...entries];
  const seen = new Set(open);
  for (let path = open.pop(); path !== undefined && seen.size < 500; path = open.pop()) {
    const exports = graph.exportsOf(path);
    if (typeof exports === "string") continue;
    for (const request of exports.stars) {
      const target = joinRelative(folderOf(path), request);
      if (target === null) continue;
      const known = graph.resolve(path, request);
      if (known === null) yield* candidatesOf(target);
      else if (!seen.has(known)) {
        seen.add(known);
        open.push(known);
      }
    }
  }
}
