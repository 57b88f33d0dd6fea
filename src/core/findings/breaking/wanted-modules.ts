/** Which texts the detector of removed exports needs: the changed modules, their manifests, and the entry files on the way to users. */

import type { Contents } from "../../snapshot.ts";
import { namesOf, type ReadFile } from "../detector.ts";
import { folderOf, isInternal } from "../file-role.ts";
import { isModule } from "./module-exports.ts";
import { candidatesOf, joinRelative, moduleGraph } from "./module-graph.ts";
import { entryFiles, manifestsAbove, type Package, packageOf, sourcesOf } from "./public-packages.ts";

/** First the changed files and what stands around them; then what the manifests and re-exports that came name. */
export function* wantedModules(
  losing: readonly ReadFile[],
  files: readonly ReadFile[],
  contents: Contents,
): Iterable<string> {
  if (losing.length === 0) return;
  // Where a name moved to is seen in the other changed modules.
  for (const file of files) {
    if (isModule(file.path) && file.leftOut === null && !isInternal(file.path)) yield* namesOf(file);
  }
  const folders = new Map<string, Package>();
  for (const file of losing) {
    const path = file.status === "renamed" ? (file.previousPath ?? file.path) : file.path;
    yield* namesOf(file);
    yield* manifestsAbove(path);
    const found = packageOf(path, contents.base);
    if (typeof found !== "string" && !found.manifest.isPrivate) folders.set(found.folder, found);
  }
  for (const found of folders.values()) {
    for (const [entry, targets] of found.manifest.entries) {
      if (entry.startsWith("bin:")) continue;
      for (const target of targets) if (!target.includes("*")) yield* sourcesOf(found.folder, target);
    }
    yield* followed(entryFiles(found, contents.base).files, contents);
  }
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
