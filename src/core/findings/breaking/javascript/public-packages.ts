/** Which package a file belongs to, and through which files others reach it. */

import { folderOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import { type PackageManifest, readPackageManifest } from "../../package-manifest.ts";
import { plainPath } from "../../types-versions.ts";
import { reviewedModule } from "./api-extractor.ts";
import { candidatesOf, joinRelative, type Side } from "./module-graph.ts";

/** Folders deeper than this are not asked for manifests. */
const depthMax = 6;

export interface Package {
  /** Empty at the root. */
  folder: string;
  manifest: PackageManifest;
  /** The module whose interface API Extractor reviews, from the package's folder: it is an entry, whatever leads to it; `null` for none. */
  reviewed: string | null;
}

/** The name under which that module stands among the entry points. */
const reviewedEntry = "./ (API Extractor)";

/**
 * The nearest package around a file on one side; `unknown` while a manifest on the way was not fetched or is broken, `none` when there is
 * none. Manifests that only say how the files of a folder are read are passed over.
 */
export function packageOf(path: string, side: Side): Package | "unknown" | "none" {
  for (const folder of foldersAbove(path)) {
    const text = side.get(join(folder, "package.json"));
    if (text === null) continue;
    const manifest = text === undefined ? null : readPackageManifest(text);
    if (manifest === null) return "unknown";
    if (manifest.name !== null || manifest.isPrivate || manifest.hasEntryFields || folder === "") {
      return { folder, manifest, reviewed: reviewedModule(folder, side) };
    }
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
const built = /^(dist|lib|build|out|output|esm|cjs|es|types|typings|umd|bundle|npm|pkg|\.output)\//;

/**
 * Source files that an entry of a manifest may be built from: `./dist/index.js` → `src/index.ts` and so on, nearest first; last what builders
 * take by convention: `./sub` → `src/sub.ts`, `src/sub/index.ts`.
 *
 * @param target as written in package.json
 */
export function sourcesOf(folder: string, entry: string, target: string): string[] {
  const relative = joinRelative("", target.startsWith(".") ? target : `./${target}`);
  if (relative === null) return [];
  const stems = [relative];
  if (built.test(relative)) {
    let rest = relative;
    while (built.test(rest)) rest = rest.slice(rest.indexOf("/") + 1);
    stems.push(`src/${rest}`, `source/${rest}`, rest);
    const name = entry === "." ? "index" : entry.replace(/^\.\//, "");
    if (name.replace(/\/index$/, "") !== rest.replace(/(\.d)?\.\w{1,4}$/, "")) stems.push(`src/${name}`);
  }
  return [...new Set(stems.flatMap((stem) => candidatesOf(join(folder, stem))))];
}

/** Entry points that lead to modules, each with the targets written for it; a package that names none is loaded by its `index.js`. */
export function moduleEntries({ manifest, reviewed }: Package): Map<string, string[]> {
  const entries = new Map<string, string[]>();
  for (const [entry, targets] of manifest.entries) {
    const modules = targets.filter((target) => /\.[cm]?[jt]sx?$|^[^.]*$|\/[^.]*$/.test(target));
    if (!entry.startsWith("bin:") && modules.length > 0) entries.set(entry, modules);
  }
  for (const [entry, targets] of typesEntries(manifest)) {
    if (!entry.includes("*")) entries.set(entry, [...(entries.get(entry) ?? []), ...targets]);
  }
  if (reviewed !== null) entries.set(reviewedEntry, [reviewed]);
  return entries;
}

/**
 * Where `typesVersions` leads, first targets only: the others are for versions and files that are not there. With `exports`, what it does
 * not list is no entry, whatever has types.
 */
function* typesEntries({ typesVersions, entries, hasExports }: PackageManifest): Iterable<[string, string[]]> {
  const keys = new Set(typesVersions.flatMap(({ paths }) => [...paths.keys()]));
  for (const key of keys) {
    const entry = `./${plainPath(key)}`;
    const isMain = (entries.get(".") ?? []).some((target) => plainPath(target) === plainPath(key));
    if (hasExports && !entries.has(entry)) continue;
    const targets = typesVersions.flatMap(({ paths }) => paths.get(key)?.slice(0, 1) ?? []);
    yield [isMain ? "." : entry, [...new Set(targets)]];
  }
}

/** The file that each entry point is made from, and the entry points for which none was fetched. */
export function entryFiles(found: Package, side: Side): { files: Map<string, string>; missing: string[] } {
  const files = new Map<string, string>();
  const missing: string[] = [];
  for (const [entry, targets] of moduleEntries(found)) {
    if (targets.every((target) => target.includes("*"))) continue;
    const sources = targets.flatMap((target) => (target.includes("*") ? [] : sourcesOf(found.folder, entry, target)));
    // Declarations beside a program say what it offers; a program alone says it itself.
    const file = sources.find((path) => typeof side.get(path) === "string");
    if (file === undefined) missing.push(entry);
    else files.set(entry, file);
    // Hand-written declarations beside the program promise things of their own.
    const isDeclared = (path: string) => /\.d\.[cm]?ts$/.test(path) && typeof side.get(path) === "string";
    const declared = file?.match(/\.[cm]?js$/) ? sources.find(isDeclared) : undefined;
    if (declared !== undefined) files.set(`${entry} declared`, declared);
  }
  return { files, missing };
}

/** Of the folders above, those whose modules mirror the sources: hand-written declarations in `types/` do not. */
const builtModules = /^(dist|lib|build|out|output|esm|cjs|es|umd|bundle)\//;

/** The end of a file's name that says nothing of the module: `a.d.ts` and `a.js` are one. */
const moduleEnding = /(\.d)?\.[cm]?[jt]sx?$/;

/**
 * Whether a pattern entry such as `./*` → `./dist/*.js` leads to the file. Folders below the one that it names, and entries that open what a
 * build made, are promised by nobody: `unknown`.
 */
export function patternReach({ folder, manifest }: Package, path: string): Reach | null {
  if (folder !== "" && !path.startsWith(`${folder}/`)) return null;
  const stem = path.replace(moduleEnding, "");
  let reach: Reach | null = null;
  for (const [entry, targets] of [...manifest.entries, ...typesEntries(manifest)]) {
    if (entry.startsWith("bin:")) continue;
    for (const target of targets) {
      const [before, after] = target.replace(/^\.\//, "").split("*");
      if (before === undefined || after === undefined || !/^(\/[^/]*)?$|\.[cm]?[jt]sx?$/.test(after)) continue;
      const starts = [before, before.replace(builtModules, "src/"), before.replace(builtModules, "")];
      for (const [at, start] of starts.entries()) {
        const matched =
          at === 2 && start === "" ? null : matchOf(stem, join(folder, start), after.replace(moduleEnding, ""));
        if (matched === null) continue;
        // That types of every path are looked for elsewhere promises none of them.
        const isPromise = entry !== "./*" || manifest.entries.has(entry);
        if (isPromise && !matched.includes("/") && !built.test(plainPath(entry))) return "public";
        reach = "unknown";
      }
    }
  }
  return reach;
}

/** What the star stands for. */
function matchOf(stem: string, start: string, ending: string): string | null {
  const isMatch = stem.startsWith(start) && stem.endsWith(ending) && stem.length > start.length + ending.length;
  return isMatch ? stem.slice(start.length, stem.length - ending.length).replace(/\/index$/, "") : null;
}

export function join(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}
