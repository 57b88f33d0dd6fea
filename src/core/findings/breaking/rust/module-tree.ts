/** The modules of one crate on one side of a change, as far as their texts are there, and how names in them are found. */

import { folderOf, nameOf } from "../../file-role.ts";
import { joined } from "./cargo-toml.ts";
import type { Side } from "./rust-crate.ts";
import { type RustFile, readRustFile } from "./rust-file.ts";
import { idOf, type RustModule } from "./rust-reading.ts";

/** A module and where it stands. */
export interface Place {
  /** From the root of the crate: `types::operator`; empty for the root. */
  id: string;
  parent: Place | null;
  file: string;
  /** Where the files of its children lie. */
  folder: string;
  /** Within the file. */
  prefix: string;
  module: RustModule;
}

export type Target = { kind: "item"; place: Place; name: string } | { kind: "module"; place: Place };

/** `external`: of another crate. `absent` is only said where all that could name it was read. */
export type Found = Target | "external" | "absent" | "unknown";

export interface ModuleTree {
  root: Place | null;
  /** The module that a file is. */
  placeOf(path: string): Place | "absent" | "unknown";
  child(place: Place, name: string): Place | "absent" | "unknown";
  lookUp(place: Place, name: string, who: "everybody" | "crate"): Found;
  /** As a `use` in the module would. */
  resolve(path: readonly string[], place: Place): Found;
  fileAt(path: string): RustFile | null | undefined;
}

/** Of one search: `use` may go in circles, and through many globs. */
const depthMax = 60;
const stepsMax = 2000;

/** @param rootFile the library's root, which is there */
export function moduleTree(rootFile: string, side: Side): ModuleTree {
  const files = new Map<string, RustFile | null | undefined>();
  const fileAt = (path: string) => {
    if (!files.has(path)) {
      const text = side.get(path);
      files.set(path, typeof text === "string" ? readRustFile(path, text) : text);
    }
    return files.get(path);
  };
  const rootModule = fileAt(rootFile)?.modules.get("");
  const root: Place | null =
    rootModule === undefined
      ? null
      : { id: "", parent: null, file: rootFile, folder: folderOf(rootFile), prefix: "", module: rootModule };

  const child = (place: Place, name: string): Place | "absent" | "unknown" => {
    const declared = place.module.children.get(name);
    if (!declared) return place.module.macros.includes(`mod ${name}`) ? "unknown" : "absent";
    const id = idOf(place.id, name);
    if (declared.isInline) {
      const prefix = idOf(place.prefix, name);
      const module = fileAt(place.file)?.modules.get(prefix);
      return module ? { ...place, id, parent: place, folder: joined(place.folder, name), prefix, module } : "absent";
    }
    const candidates =
      declared.path !== null
        ? [joined(folderOf(place.file), declared.path)]
        : [joined(place.folder, `${name}.rs`), joined(place.folder, `${name}/mod.rs`)];
    let isKnown = true;
    for (const file of candidates) {
      const module = fileAt(file);
      if (module) {
        const isFolder = nameOf(file) === "mod.rs" || declared.path !== null;
        const folder = isFolder ? folderOf(file) : file.slice(0, -".rs".length);
        const top = module.modules.get("");
        if (top) return { id, parent: place, file, folder, prefix: "", module: top };
      }
      if (module === undefined || side.get(file) !== null) isKnown = false;
    }
    return isKnown ? "absent" : "unknown";
  };

  const placeOf = (path: string): Place | "absent" | "unknown" => {
    if (path === rootFile || root === null) return root ?? "unknown";
    let place = root;
    const segments = segmentsOf(path, root.folder);
    for (const [index, name] of segments.entries()) {
      const next = child(place, name);
      if (typeof next !== "string") place = next;
      else return index === segments.length - 1 ? renamed(place, path, next) : next;
    }
    return place.file === path ? place : renamed(place, path, "absent");
  };

  /** A module whose `#[path]` names the file. */
  const renamed = (place: Place, path: string, otherwise: "absent" | "unknown") => {
    for (const [name, declared] of place.module.children) {
      if (declared.path !== null && joined(folderOf(place.file), declared.path) === path) return child(place, name);
    }
    return otherwise;
  };

  return { root, placeOf, child, fileAt, ...search(root, child) };
}

/** Names of the modules on the way to a file: `src/a/b.rs`, `src/a/b/mod.rs` → `a`, `b`. */
function segmentsOf(path: string, folder: string): string[] {
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  return inside
    .replace(/\.rs$/, "")
    .replace(/\/mod$/, "")
    .split("/");
}

function search(root: Place | null, child: ModuleTree["child"]): Pick<ModuleTree, "lookUp" | "resolve"> {
  let depth = 0;
  let steps = 0;
  const limited = (find: () => Found): Found => {
    if (depth === 0) steps = 0;
    if (depth >= depthMax || steps >= stepsMax) return "unknown";
    depth++;
    steps++;
    try {
      return find();
    } finally {
      depth--;
    }
  };

  const lookUp: ModuleTree["lookUp"] = (place, name, who) =>
    limited(() => {
      const { children, names, uses, macros } = place.module;
      const declared = children.get(name);
      if (declared && (who === "crate" || declared.isPublic)) {
        const found = child(place, name);
        return typeof found === "string" ? found : { kind: "module", place: found };
      }
      const isPublic = names.get(name);
      if (isPublic === true || (isPublic === false && who === "crate")) return { kind: "item", place, name };
      const seen = uses.filter((use) => who === "crate" || use.isPublic);
      const explicit = seen.find((use) => use.name === name);
      if (explicit) return resolve(explicit.path, place);
      let isKnown = !macros.includes(name);
      for (const use of seen) {
        if (use.name !== null) continue;
        const target = resolve(use.path, place);
        if (target === "unknown" || (target === "external" && use.isPublic)) isKnown = false;
        if (typeof target === "string" || target.kind !== "module" || target.place === place) continue;
        const found = lookUp(target.place, name, isAbove(target.place, place) ? "crate" : "everybody");
        if (found === "unknown") isKnown = false;
        else if (found !== "absent") return found;
      }
      return isKnown ? "absent" : "unknown";
    });

  const resolve: ModuleTree["resolve"] = (path, from) =>
    limited(() => {
      let place: Place | null = from;
      for (const [index, segment] of path.entries()) {
        if (place === null) return "unknown";
        if (index === 0 && segment === "") return "external";
        if (segment === "self") continue;
        if (segment === "crate") place = root;
        else if (segment === "super") place = place.parent;
        else {
          // A `use` that brings a name in under that same name leads out of the crate.
          const isOwnName: boolean =
            index === 0 && place.module.uses.some((use) => use.path === path && use.name === segment);
          const isOutside: boolean = isOwnName && !place.module.children.has(segment);
          const found: Found = isOutside ? "absent" : lookUp(place, segment, "crate");
          if (found === "absent" && index === 0) return "external";
          if (typeof found === "string") return found;
          if (found.kind === "item") return index === path.length - 1 ? found : "external";
          place = found.place;
        }
      }
      return place === null ? "unknown" : { kind: "module", place };
    });
  return { lookUp, resolve };
}

function isAbove(upper: Place, lower: Place): boolean {
  return upper.id === "" || lower.id === upper.id || lower.id.startsWith(`${upper.id}::`);
}
