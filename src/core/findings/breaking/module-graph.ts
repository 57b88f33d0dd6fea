/** Follows re-exports over the texts that were fetched, on one side of the change. */

import { folderOf } from "../file-role.ts";
import { type ModuleExports, readModuleExports } from "./module-exports.ts";

/** One side of the change: text by path; `null`: not there; absent: not fetched. */
export type Side = ReadonlyMap<string, string | null>;

export interface Surface {
  names: Set<string>;
  /** False when a module on the way was not fetched or not parsed: the names are a part only. */
  isWhole: boolean;
}

export interface ModuleGraph {
  exportsOf: (path: string) => ModuleExports | "absent" | "unparsable" | "unknown";
  surfaceOf: (path: string) => Surface;
  /** The file that a relative import leads to; `null` outside of the repository or where it cannot be told. */
  resolve: (from: string, request: string) => string | null;
}

/** Depth of re-exports followed; real chains have three or four. */
const depthMax = 20;

export function moduleGraph(side: Side): ModuleGraph {
  const known = new Map<string, ModuleExports | "absent" | "unparsable" | "unknown">();
  const exportsOf: ModuleGraph["exportsOf"] = (path) => {
    let found = known.get(path);
    if (found === undefined) {
      const text = side.get(path);
      if (text === undefined) found = "unknown";
      else found = text === null ? "absent" : (readModuleExports(path, text) ?? "unparsable");
      known.set(path, found);
    }
    return found;
  };
  const resolve: ModuleGraph["resolve"] = (from, request) => {
    const target = joinRelative(folderOf(from), request);
    return target === null ? null : (candidatesOf(target).find((path) => typeof side.get(path) === "string") ?? null);
  };
  const surfaceOf = (path: string) => {
    const surface: Surface = { names: new Set(), isWhole: true };
    collect(path, surface, new Set(), 0, true);
    return surface;
  };
  function collect(path: string, surface: Surface, visited: Set<string>, depth: number, isEntry: boolean): void {
    if (visited.has(path)) return;
    visited.add(path);
    const exports = exportsOf(path);
    if (typeof exports === "string" || depth > depthMax) {
      surface.isWhole = false;
      return;
    }
    for (const name of exports.names.keys()) if (isEntry || name !== "default") surface.names.add(name);
    for (const request of exports.stars) {
      const target = resolve(path, request);
      if (target !== null) collect(target, surface, visited, depth + 1, false);
      else if (request.startsWith(".")) surface.isWhole = false;
      else surface.names.add(`* from ${request}`);
    }
  }
  return { exportsOf, surfaceOf, resolve };
}

/** @returns `null` for what is not relative or leads out of the repository */
export function joinRelative(folder: string, request: string): string | null {
  if (!/^\.\.?(\/|$)/.test(request)) return null;
  const segments = folder === "" ? [] : folder.split("/");
  for (const part of request.split("/")) {
    if (part === "..") {
      if (segments.pop() === undefined) return null;
    } else if (part !== "." && part !== "") segments.push(part);
  }
  return segments.join("/");
}

const extensions = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "d.ts"];

/** Files that an import without or with an extension may mean: TypeScript writes `./a.js` for `./a.ts`. */
export function candidatesOf(target: string): string[] {
  const stem = target.replace(/(\.d)?\.([cm]?[jt]sx?)$/, "");
  const withExtension = (path: string) => extensions.map((extension) => `${path}.${extension}`);
  if (stem !== target) return [target, ...withExtension(stem)];
  return [...withExtension(target), ...withExtension(target === "" ? "index" : `${target}/index`), target];
}
