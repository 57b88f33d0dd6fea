/** Who outside of a crate can use a Rust item, or loses it. */

import type { Contents } from "../../../snapshot.ts";
import type { Reach } from "../../finding.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import { type ModuleTree, moduleTree, type Place } from "./module-tree.ts";
import { findPublic, type PublicPaths, publicPaths } from "./public-paths.ts";
import { crateOf, type RustCrate, type Side } from "./rust-crate.ts";
import { unpromised } from "./rust-items.ts";
import { idOf } from "./rust-reading.ts";

interface Crate {
  tree: ModuleTree;
  paths: PublicPaths;
}

/** @returns for each change: `null` when nobody outside could use it, or everybody still can under the paths they know */
export function rustReach({ contents }: ReachInput): (change: PlacedChange) => Reach | null {
  const sides = { base: cratesOf(contents.base), head: cratesOf(contents.head) };
  return (change) => {
    const side = change.base === null ? "head" : "base";
    const own = crateOf(change.path, contents[side]);
    if (own === "none") return null;
    if (own === "unknown") return change.hasMoved ? null : "unknown";
    const reach = within(own, change);
    return own.isDoubtful && reach === "public" ? "unknown" : reach;
  };

  function within(own: RustCrate, change: PlacedChange): Reach | null {
    const side = change.base === null ? "head" : "base";
    const symbol = change.base ?? change.head;
    if (symbol === null || symbol.marks.includes(unpromised)) return null;
    const isGone = change.head === null;
    if (symbol.kind === "macro") return isGone && change.hasMoved ? null : "public";
    const crate = sides[side](own);
    const item = itemOf(change.path, symbol.id, crate.tree);
    if (item === null) return null;
    if (item === "unknown") return isGone && change.hasMoved ? null : "unknown";
    const known = item.name === "*" ? crate.paths.ofModule(item.place) : crate.paths.of(item.place, item.name);
    if (known.length === 0) return null;
    if (!isGone) return "public";
    if (item.isMember) return change.hasMoved ? null : "public";
    const paths = item.name === "*" ? globPaths(item, known, crate.tree) : known;
    const reach = paths === "unknown" ? paths : lost(paths, sides.head, headRoot(own, contents), change.hasMoved);
    return reach === "unknown" && change.hasMoved ? null : reach;
  }
}

function cratesOf(side: Side): (crate: RustCrate) => Crate {
  const known = new Map<string, Crate>();
  return ({ root }) => {
    const crate = known.get(root);
    if (crate) return crate;
    const tree = moduleTree(root, side);
    const made = { tree, paths: publicPaths(tree) };
    known.set(root, made);
    return made;
  };
}

/** Where the library stands after the change; the same place when that cannot be told. */
function headRoot(own: RustCrate, { head }: Contents): RustCrate {
  const now = crateOf(own.root, head);
  return typeof now === "string" ? own : now;
}

/** Of paths that others may have written, whether one leads nowhere now. */
function lost(
  paths: readonly string[],
  head: (crate: RustCrate) => Crate,
  root: RustCrate,
  hasMoved: boolean,
): Reach | null {
  const { tree } = head(root);
  const found = paths.map((path) => findPublic(tree, path));
  if (found.includes("absent")) return "public";
  return found.includes("unknown") && !hasMoved ? "unknown" : null;
}

interface Item {
  place: Place;
  /** `*` for a glob. */
  name: string;
  /** A method or field of the item rather than the item itself. */
  isMember: boolean;
  /** Of a glob: the module it takes names from. */
  from: readonly string[];
}

/** Finds the module and the item that a symbol is, or is a member of; `null`: no part of the library. */
function itemOf(path: string, id: string, tree: ModuleTree): Item | "unknown" | null {
  const file = tree.fileAt(path);
  const top = tree.placeOf(path);
  if (top === "absent") return null;
  if (top === "unknown" || !file) return "unknown";
  let place: Place = top;
  let rest = id.split(/::|\./);
  while (rest.length > 1) {
    const [name = ""] = rest;
    const inner = place.module.children.get(name)?.isInline ? tree.child(place, name) : "absent";
    if (typeof inner === "string") break;
    place = inner;
    rest = rest.slice(1);
  }
  if (rest.at(-1) === "*") return { place, name: "*", isMember: false, from: rest.slice(0, -1) };
  const [name = ""] = rest;
  const isMember = rest.length > 1;
  if (!isMember || place.module.names.has(name)) return { place, name, isMember, from: [] };
  // Methods of a type that stands elsewhere.
  const owner = tree.lookUp(place, name, "crate");
  if (typeof owner === "string") return "unknown";
  return owner.kind === "item" ? { place: owner.place, name: owner.name, isMember, from: [] } : null;
}

/** What a glob handed on, under every path it was handed on to. */
function globPaths({ place, from }: Item, modules: readonly string[], tree: ModuleTree): string[] | "unknown" {
  const target = tree.resolve(from, place);
  if (typeof target === "string" || target.kind === "item") return "unknown";
  const { names, children, uses } = target.place.module;
  const offered = [
    ...[...names].flatMap(([name, isPublic]) => (isPublic ? name : [])),
    ...[...children].flatMap(([name, { isPublic }]) => (isPublic ? name : [])),
    ...uses.flatMap(({ name, isPublic }) => (isPublic && name !== null ? name : [])),
  ];
  return modules.flatMap((path) => offered.map((name) => idOf(path, name)));
}
