/** Which package a file belongs to, and through which files others reach it. */

import { matchesAny } from "../../policy/patterns.ts";
import { type ClassificationOptions, namesOf, type ReadFile } from "../detector.ts";
import { folderOf } from "../file-role.ts";
import { type PackageManifest, readPackageManifest } from "../package-manifest.ts";
import { candidatesOf, joinRelative, type Side } from "./module-graph.ts";

/** Folders deeper than this are not asked for manifests. */
const depthMax = 6;

export interface Package {
  /** Empty at the root. */
  folder: string;
  manifest: PackageManifest;
}

/** The nearest package around a file on one side; `unknown` while a manifest on the way was not fetched or is broken, `none` when there is none. */
export function packageOf(path: string, side: Side): Package | "unknown" | "none" {
  for (const folder of foldersAbove(path)) {
    const text = side.get(join(folder, "package.json"));
    if (text === null) continue;
    const manifest = text === undefined ? null : readPackageManifest(text);
    return manifest === null ? "unknown" : { folder, manifest };
  }
  return "none";
}

/** Manifests that may be the nearest one of a file. */
export function manifestsAbove(path: string): string[] {
  return foldersAbove(path).map((folder) => join(folder, "package.json"));
}

/** From the file's own folder up to the root. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) folders.push(folder);
  folders.push("");
  return folders.slice(-depthMax - 1);
}

/** Folders that builds write to; what they hold is made from the sources. */
const built = /^(dist|lib|build|out|output|esm|cjs|es|types|typings|umd|bundle)\//;

/**
 * Source files that an entry of a manifest may be built from: `./dist/index.js` → `src/index.ts` and so on, nearest first.
 *
 * @param target as written in package.json
 */
export function sourcesOf(folder: string, target: string): string[] {
  const relative = joinRelative("", target.startsWith(".") ? target : `./${target}`);
  if (relative === null) return [];
  const stems = [relative];
  if (built.test(relative)) {
    let rest = relative;
    while (built.test(rest)) rest = rest.slice(rest.indexOf("/") + 1);
    stems.push(`src/${rest}`, `source/${rest}`, rest);
  }
  return stems.flatMap((stem) => candidatesOf(join(folder, stem)));
}

/** Of these, folders whose modules mirror the sources: hand-written declarations in `types/` do not. */
const builtModules = /^(dist|lib|build|out|output|esm|cjs|es|umd|bundle)\//;

/** Entry files of a package that were fetched, and whether every entry led to one. */
export function entryFiles({ folder, manifest }: Package, side: Side): { files: string[]; isWhole: boolean } {
  const files = new Set<string>();
  let isWhole = manifest.entries.size > 0;
  for (const [entry, targets] of manifest.entries) {
    if (entry.startsWith("bin:")) continue;
    const modules = targets.filter((target) => /\.[cm]?[jt]sx?$|^[^.]*$|\/[^.]*$/.test(target));
    if (modules.length === 0) continue;
    if (modules.some((target) => target.includes("*"))) {
      isWhole = false;
      continue;
    }
    const found = modules.map((target) => sourcesOf(folder, target).find((path) => typeof side.get(path) === "string"));
    const file = found.find((path) => path !== undefined);
    if (file === undefined) isWhole = false;
    else files.add(file);
  }
  return { files: [...files], isWhole };
}

/** Holds when a pattern entry such as `./*` → `./dist/*.js` leads to the file. */
export function isPatternEntry({ folder, manifest }: Package, path: string): boolean {
  for (const [entry, targets] of manifest.entries) {
    if (entry.startsWith("bin:")) continue;
    for (const target of targets) {
      const star = target.indexOf("*");
      if (star === -1) continue;
      const before = join(folder, target.slice(0, star).replace(/^\.\//, ""));
      const source = join(folder, target.slice(0, star).replace(/^\.\//, "").replace(builtModules, "src/"));
      if (path.startsWith(before) || path.startsWith(source)) return true;
    }
  }
  return false;
}

/** Holds for files that the policy calls public, under either name. */
export function isPublicByPolicy(file: ReadFile, options: ClassificationOptions): boolean {
  const globs = options?.breaking_change?.public;
  return globs !== undefined && namesOf(file).some((path) => matchesAny(globs, path));
}

function join(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
