/** Under which paths others can name what a crate offers. */

import type { Found, ModuleTree, Place } from "./module-tree.ts";
import { idOf } from "./rust-reading.ts";

/** Paths that one module is followed under: a prelude that hands on its own parent has no end of them. */
const pathsMax = 4;
const visitsMax = 5000;

export interface PublicPaths {
  /** Of an item, module or name handed on, by the module it stands in. Empty when nobody outside can name it. */
  of(place: Place, name: string): readonly string[];
  ofModule(place: Place): readonly string[];
}

/** Walks from the root through public modules and `pub use`, as far as the texts are there. */
export function publicPaths(tree: ModuleTree): PublicPaths {
  const items = new Map<string, Set<string>>();
  const modules = new Map<string, Set<string>>();
  let visits = 0;
  const record = (place: Place, name: string, path: string) => {
    const key = `${place.id}|${name}`;
    const known = items.get(key) ?? new Set();
    if (known.size < pathsMax) known.add(path);
    items.set(key, known);
  };
  const open: { place: Place; path: string }[] = tree.root === null ? [] : [{ place: tree.root, path: "" }];
  for (let next = open.pop(); next !== undefined && visits < visitsMax; next = open.pop()) {
    const { place, path } = next;
    const known = modules.get(place.id) ?? new Set();
    if (known.has(path) || known.size >= pathsMax) continue;
    modules.set(place.id, known.add(path));
    visits++;
    const { names, children, uses } = place.module;
    for (const [name, isPublic] of names) if (isPublic) record(place, name, idOf(path, name));
    for (const [name, { isPublic, isUnpromised }] of children) {
      if (!isPublic || isUnpromised) continue;
      record(place, name, idOf(path, name));
      const found = tree.child(place, name);
      if (typeof found !== "string") open.push({ place: found, path: idOf(path, name) });
    }
    for (const use of uses) {
      if (!use.isPublic || use.isUnpromised) continue;
      const target = tree.resolve(use.path, place);
      const own = use.name === null ? null : idOf(path, use.name);
      if (use.name !== null && own !== null) record(place, use.name, own);
      if (typeof target === "string") continue;
      if (target.kind === "module") open.push({ place: target.place, path: own ?? path });
      else if (own !== null) record(target.place, target.name, own);
    }
  }
  return {
    of: (place, name) => [...(items.get(`${place.id}|${name}`) ?? [])],
    ofModule: (place) => [...(modules.get(place.id) ?? [])],
  };
}

/** Whether a path that others may have written still leads to something. */
export function findPublic(tree: ModuleTree, path: string): Found {
  let place = tree.root;
  if (place === null) return "unknown";
  const segments = path.split("::");
  for (const [index, segment] of segments.entries()) {
    const found: Found = tree.lookUp(place, segment, "everybody");
    if (typeof found === "string" || index === segments.length - 1) return found;
    if (found.kind === "item") return "external";
    place = found.place;
  }
  return { kind: "module", place };
}
