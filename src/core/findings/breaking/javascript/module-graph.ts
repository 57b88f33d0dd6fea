/** Follows re-exports over the texts that were fetched, on one side of the change. */

import { folderOf } from "../../file-role.ts";
import { readKnownModule } from "./read-known-module.ts";
import type { JsModule } from "./read-module.ts";

/** One side of the change: text by path; `null`: not there; absent: not fetched. */
export type Side = ReadonlyMap<string, string | null>;

/** Everything that a module offers, and where it comes from. */
export interface Offer {
  /** Exported name → symbols that its users meet, as {@link symbolKey}; the nearest first. */
  names: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whole modules on the way that were not there: any name may come from them. */
  isOpen: boolean;
  /** Names whose module was not there. */
  openNames: ReadonlySet<string>;
}

export const symbolKey = (path: string, name: string) => `${path}#${name}`;

export interface ModuleGraph {
  moduleAt: (path: string) => JsModule | "absent" | "unparsable" | "unknown";
  offerOf: (path: string) => Offer;
  /** The file that an import leads to; `null` outside of the repository or where it cannot be told. */
  resolve: (from: string, request: string) => string | null;
}

/** Depth of re-exports followed; real chains have three or four. */
const depthMax = 20;

/** @param resolveOther where imports lead that lead to no file by their path: of the package itself by its name, of what it builds */
export function moduleGraph(side: Side, resolveOther: (from: string, request: string) => string | null): ModuleGraph {
  const modules = new Map<string, ReturnType<ModuleGraph["moduleAt"]>>();
  const offers = new Map<string, Offer>();
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
    const target = joinRelative(folderOf(from), request);
    const near = target === null ? undefined : candidatesOf(target).find((path) => typeof side.get(path) === "string");
    return near ?? resolveOther(from, request);
  };
  const offerOf = (path: string, depth: number = 0): Offer => {
    const known = offers.get(path);
    if (known) return known;
    // A circle gives nothing new.
    offers.set(path, { names: new Map(), isOpen: false, openNames: new Set() });
    const offer = collect(path, { moduleAt, resolve, offerOf: (next) => offerOf(next, depth + 1) }, depth);
    offers.set(path, offer);
    return offer;
  };
  return { moduleAt, offerOf: (path) => offerOf(path), resolve };
}

const nothing: Offer = { names: new Map(), isOpen: true, openNames: new Set() };

function collect(path: string, graph: ModuleGraph, depth: number): Offer {
  const module = graph.moduleAt(path);
  if (typeof module === "string" || depth > depthMax) return nothing;
  const names = new Map<string, Set<string>>();
  const openNames = new Set<string>();
  let isOpen = false;
  const isForeign = (request: string) => !/^(\.|#|[@~]?\/)/.test(request);
  for (const name of module.names) {
    const keys = new Set([symbolKey(path, name)]);
    names.set(name, keys);
    const origin = module.from.get(name);
    if (origin) {
      const target = graph.resolve(path, origin.module);
      if (target !== null) addKeys(keys, graph.offerOf(target), origin.name);
      else if (!isForeign(origin.module)) openNames.add(origin.name).add(name);
    }
    for (const type of module.foreign.get(name) ?? []) {
      const target = graph.resolve(path, type.module);
      if (target !== null && typeof graph.moduleAt(target) !== "string")
        addKeys(keys, graph.offerOf(target), type.name);
    }
    for (const [type, users] of module.met) if (users.has(name)) keys.add(symbolKey(path, `(${type})`));
  }
  for (const request of module.stars) {
    const target = graph.resolve(path, request);
    if (target === null) {
      isOpen ||= !isForeign(request);
      continue;
    }
    const offer = graph.offerOf(target);
    isOpen ||= offer.isOpen;
    for (const name of offer.openNames) openNames.add(name);
    for (const [name, keys] of offer.names) {
      if (name !== "default" && !names.has(name)) names.set(name, new Set([symbolKey(path, name), ...keys]));
    }
  }
  return { names, isOpen, openNames };
}

function addKeys(keys: Set<string>, offer: Offer, name: string): void {
  const found = name === "*" ? [...offer.names.values()] : [offer.names.get(name) ?? []];
  for (const more of found) for (const key of more) keys.add(key);
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
