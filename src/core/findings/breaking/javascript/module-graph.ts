/** Follows re-exports over the texts that were fetched, on one side of the change. */

import { folderOf } from "../../file-role.ts";
import { readKnownModule } from "./read-known-module.ts";
import type { JsModule } from "./read-module.ts";

/** One side of the change: text by path; `null`: not there; absent: not fetched. */
export type Side = ReadonlyMap<string, string | null>;

/** Where a name is declared or handed on. */
export interface Place {
  path: string;
  name: string;
}

/** Every name that can be imported from a module. */
export interface ModuleNames {
  /** Where each is met first: in the module itself, or in one whose every name it hands on. */
  places: ReadonlyMap<string, Place>;
  /** A module on the way was not there: any name may come from it. */
  isOpen: boolean;
}

export const symbolKey = ({ path, name }: Place) => `${path}#${name}`;

export interface ModuleGraph {
  moduleAt: (path: string) => JsModule | "absent" | "unparsable" | "unknown";
  namesOf: (path: string) => ModuleNames;
  /** The file that an import leads to; `null` outside of the repository or where it cannot be told. */
  resolve: (from: string, request: string) => string | null;
}

/** @param resolveOther where imports lead that lead to no file by their path: of the package itself by its name, of what it builds */
export function moduleGraph(side: Side, resolveOther: (from: string, request: string) => string | null): ModuleGraph {
  const modules = new Map<string, ReturnType<ModuleGraph["moduleAt"]>>();
  const names = new Map<string, ModuleNames>();
  const resolved = new Map<string, string | null>();
  const moduleAt: ModuleGraph["moduleAt"] = (path) => {
    let found = modules.get(path);
    if (found === undefined) {
      const text = side.get(path);
      if (text === undefined) found = "unknown";
      else found = text === null ? "absent" : (readKnownModule(path, text) ?? "unparsable");
      modules.set(path, found);
    }
    return found;
  };
  const resolve: ModuleGraph["resolve"] = (from, request) => {
    const key = `${from}\n${request}`;
    let found = resolved.get(key);
    if (found === undefined) {
      const target = joinRelative(folderOf(from), request);
      const near = target === null ? [] : candidatesOf(target);
      found = near.find((path) => typeof side.get(path) === "string") ?? resolveOther(from, request);
      resolved.set(key, found);
    }
    return found;
  };
  const namesOf: ModuleGraph["namesOf"] = (path) => {
    const known = names.get(path);
    if (known) return known;
    // A circle gives nothing new.
    names.set(path, { places: new Map(), isOpen: false });
    const found = collect(path, { moduleAt, namesOf, resolve });
    names.set(path, found);
    return found;
  };
  return { moduleAt, namesOf, resolve };
}

/** Holds for packages and the like, whose own changes are judged where they happen; aliases of a project's own files are not. */
export const isForeign = (request: string) => !/^(\.|#|[@~]?\/)/.test(request);

function collect(path: string, { moduleAt, namesOf, resolve }: ModuleGraph): ModuleNames {
  const module = moduleAt(path);
  if (typeof module === "string") return { places: new Map(), isOpen: true };
  const places = new Map<string, Place>();
  for (const name of module.names) places.set(name, { path, name });
  let isOpen = false;
  for (const request of module.stars) {
    const target = resolve(path, request);
    const more = target === null ? null : namesOf(target);
    isOpen ||= more === null ? !isForeign(request) : more.isOpen;
    for (const [name, place] of more?.places ?? []) {
      if (name !== "default" && !places.has(name)) places.set(name, place);
    }
  }
  return { places, isOpen };
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

const extensions = ["ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "d.ts", "d.mts", "d.cts"];

/** Files that an import without or with an extension may mean: TypeScript writes `./a.js` for `./a.ts`. */
export function candidatesOf(target: string): string[] {
  const stem = target.replace(/(\.d)?\.([cm]?[jt]sx?)$/, "");
  const withExtension = (path: string) => extensions.map((extension) => `${path}.${extension}`);
  if (stem !== target) return [target, ...withExtension(stem)];
  return [...withExtension(target), ...withExtension(target === "" ? "index" : `${target}/index`), target];
}
