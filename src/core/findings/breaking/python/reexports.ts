/** What packages hand on from their modules, on one side of a change. */

import { filesOf, importedModule, moduleOf } from "./module-paths.ts";
import { type PythonModule, readModule } from "./read-module.ts";

type Texts = ReadonlyMap<string, string | null>;

/** Longest chain of re-exports followed; a circle ends here as well. */
const depthMax = 8;

export interface Origin {
  path: string;
  name: string;
}

export interface Modules {
  /** `null`: there is none or it cannot be parsed; `undefined`: not fetched. */
  at(path: string): PythonModule | null | undefined;
  /** The file that holds a module, `null` where there is none (that was fetched). */
  find(module: string): PythonModule | null;
  /** Names that a module binds for others, with where each is defined, as far as the fetched texts tell. */
  offersOf(path: string): ReadonlyMap<string, Origin>;
  /** Where a name of a module is defined; `null` where it has none of that name. */
  originOf(module: PythonModule, name: string): Origin | null;
  /** Holds when users find the name in the module: defined, imported or made on demand; where that cannot be seen it holds as well. */
  binds(module: PythonModule, name: string): boolean;
  /** Files to fetch to follow the names further. */
  unread(path: string, names: ReadonlySet<string>): Iterable<string>;
}

export function readModules(texts: Texts): Modules {
  const known = new Map<string, PythonModule | null>();
  const offers = new Map<string, ReadonlyMap<string, Origin>>();
  const at = (path: string): PythonModule | null | undefined => {
    const text = texts.get(path);
    if (typeof text !== "string") return text;
    const read = known.get(path);
    if (read !== undefined) return read;
    const module = readModule(path, text);
    known.set(path, module);
    return module;
  };
  const find = (module: string) =>
    filesOf(module)
      .map(at)
      .find((one) => one) ?? null;
  const modules: Modules = {
    at,
    find,
    offersOf: (path) => {
      const found = offers.get(path) ?? offersIn(modules, path);
      offers.set(path, found);
      return found;
    },
    originOf: (module, name) => originOf(modules, module, name, 0),
    binds: (module, name) => binds(modules, module, name, 0),
    unread: (path, names) => unreadFrom(modules, texts, path, names, 0),
  };
  return modules;
}

function offersIn(modules: Modules, path: string): ReadonlyMap<string, Origin> {
  const found = new Map<string, Origin>();
  const module = modules.at(path);
  if (!module) return found;
  for (const name of offeredNames(modules, module, 0)) {
    const origin = originOf(modules, module, name, 0);
    if (origin !== null) found.set(name, origin);
  }
  return found;
}

/** Top-level names that a module hands to others on purpose. */
export function offeredNames(modules: Modules, module: PythonModule, depth: number): Set<string> {
  const { declared, surface, stars, path } = module;
  const names = new Set(declared?.names);
  if (declared?.isWhole) return names;
  if (declared === null) for (const [id, { owner }] of surface.symbols) if (owner === null) names.add(id);
  if (depth >= depthMax) return names;
  for (const from of stars) {
    const target = moduleAt(modules, path, from);
    if (target === null) continue;
    for (const name of offeredNames(modules, target, depth + 1)) names.add(name);
  }
  return names;
}

function moduleAt(modules: Modules, path: string, from: string): PythonModule | null {
  const module = importedModule(path, from);
  return module === null ? null : modules.find(module);
}

function originOf(modules: Modules, module: PythonModule, name: string, depth: number): Origin | null {
  const { path, surface, imports, stars } = module;
  const symbol = surface.symbols.get(name);
  if (depth > depthMax || (symbol && symbol.kind !== "reexport") || module.definitions.has(name)) return { path, name };
  const imported = imports.get(name);
  if (imported) {
    if (imported.name === null) return { path, name };
    const target = importedModule(path, imported.from);
    if (target === null) return { path, name };
    const next = modules.find(target);
    if (next) return originOf(modules, next, imported.name, depth + 1);
    // Not fetched: where it most likely stands.
    return { path: `${target}.py`, name: imported.name };
  }
  for (const from of stars) {
    const target = moduleAt(modules, path, from);
    if (target !== null && offeredNames(modules, target, depth + 1).has(name))
      return originOf(modules, target, name, depth + 1);
  }
  return null;
}

function binds(modules: Modules, module: PythonModule, name: string, depth: number): boolean {
  const { path, surface, imports, stars, isDynamic, text } = module;
  if (surface.symbols.has(name) || imports.has(name)) return true;
  if (isDynamic === "elsewhere") return true;
  if (isDynamic && [`"${name}"`, `'${name}'`].some((quoted) => text.includes(quoted))) return true;
  if (!surface.isWhole && text.includes(name)) return true;
  return stars.some((from) => {
    const target = importedModule(path, from);
    if (target === null || depth >= depthMax) return true;
    const next = modules.find(target);
    if (next === null) return filesOf(target).some((file) => modules.at(file) === undefined);
    return binds(modules, next, name, depth + 1);
  });
}

function* unreadFrom(
  modules: Modules,
  texts: Texts,
  path: string,
  names: ReadonlySet<string>,
  depth: number,
): Iterable<string> {
  const module = modules.at(path);
  if (!module || depth > depthMax) return;
  const targets = new Set(
    [...module.imports].flatMap(([alias, { from, name }]) =>
      name !== null && (names.has(name) || names.has(alias)) ? [importedModule(path, from)] : [],
    ),
  );
  for (const from of module.stars) targets.add(importedModule(path, from));
  for (const target of targets) {
    if (target === null || target === moduleOf(path)) continue;
    const files = filesOf(target);
    if (files.some((file) => typeof texts.get(file) === "string")) {
      for (const file of files) yield* unreadFrom(modules, texts, file, names, depth + 1);
    } else for (const file of files) if (texts.get(file) === undefined) yield file;
  }
}
