/** Who can import a name of a Python module, and whether they lose it. */

import { folderOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { distributionOf, topPackageOf } from "./distribution.ts";
import {
  foldersAbove,
  inFolder,
  isEntry,
  isHelperModule,
  isPrivateModule,
  isPythonModule,
  moduleOf,
} from "./module-paths.ts";
import type { PythonModule } from "./read-module.ts";
import { type Modules, offeredNames, readModules } from "./reexports.ts";

/** What is known of a module that changed. */
interface Place {
  distribution: Reach;
  /** Dotted names on the way to it hold no underscore. */
  isImportable: boolean;
  /** Packages above that others import, and that were there before. */
  entries: readonly string[];
}

interface Sides {
  base: Modules;
  head: Modules;
}

/** @see https://peps.python.org/pep-0008/#public-and-internal-interfaces */
export function reachOf({ contents }: ReachInput): (change: PlacedChange) => Reach | null {
  const sides: Sides = { base: readModules(contents.base), head: readModules(contents.head) };
  const places = new Map<string, Place | null>();
  const placeAt = (path: string) => {
    const texts = typeof contents.base.get(path) === "string" ? contents.base : contents.head;
    const place = places.get(path) ?? placeOf(path, texts);
    places.set(path, place);
    return place;
  };
  return (change) => {
    const symbol = change.base ?? change.head;
    const place = placeAt(change.path);
    if (symbol === null || place === null) return null;
    if (symbol.kind === "module") return place.isImportable && isGone(change.path, sides) ? place.distribution : null;
    if (change.head === null && staysWithin(symbol, change.path, sides)) return null;
    const reach =
      symbol.owner === null && change.head === null
        ? reachOfLost(symbol, place, sides)
        : reachOfKept(symbol, place, sides);
    return reach === "public" ? place.distribution : reach;
  };
}

function placeOf(path: string, texts: ReadonlyMap<string, string | null>): Place | null {
  const distribution = distributionOf(path, texts);
  if (distribution === null) return null;
  const top = topPackageOf(path, texts);
  const above = foldersAbove(path).filter((folder) => folder === top || folder.startsWith(`${top}/`));
  const isOpen = (module: string) => !isPrivateModule(module, folderOf(top));
  return {
    distribution,
    isImportable: isPythonModule(path) && isOpen(moduleOf(path)),
    entries: above.filter(isOpen).map((folder) => inFolder(folder, "__init__.py")),
  };
}

function isGone(path: string, { head }: Sides): boolean {
  return head.find(moduleOf(path)) === null;
}

/** The name, or what it is a member of, is still found where it was. */
function staysWithin(symbol: ApiSymbol, path: string, { head }: Sides): boolean {
  const module = head.find(moduleOf(path));
  if (module === null) return false;
  const top = topNameOf(symbol);
  if (symbol.owner === null) return head.binds(module, top);
  return symbol.kind === "constructor" || !module.surface.symbols.has(top);
}

function topNameOf({ id }: ApiSymbol): string {
  return id.split(".")[0] ?? id;
}

function reachOfKept(symbol: ApiSymbol, place: Place, { base, head }: Sides): Reach | null {
  const module = base.at(symbol.path) ?? head.at(symbol.path) ?? null;
  if (module === null) return null;
  const name = topNameOf(symbol);
  const offering = offeringEntries(module, name, place, base);
  if (offering.length > 0) return reachThrough(offering);
  return place.isImportable ? reachInside(module, name, place, base) : null;
}

/** A name that is gone from its module: lost to those who import it from a package above, or from the module itself. */
function reachOfLost(symbol: ApiSymbol, place: Place, { base, head }: Sides): Reach | null {
  const module = base.at(symbol.path) ?? null;
  if (module === null) return null;
  const offering = offeringEntries(module, symbol.id, place, base);
  if (offering.length === 0) return place.isImportable ? reachInside(module, symbol.id, place, base) : null;
  const losing = offering.filter(({ path, name }) => {
    const now = head.find(moduleOf(path));
    return now === null || !head.binds(now, name);
  });
  if (losing.length === 0) return null;
  // A package that names it tells so itself.
  const isTold = losing.every(({ path, name }) => path !== module.path && base.at(path)?.surface.symbols.has(name));
  return isTold ? null : reachThrough(losing);
}

/** A package of helpers hands on what its neighbours need; that others do as well is a guess. */
function reachThrough(entries: readonly { path: string }[]): Reach {
  return entries.every(({ path }) => isHelperModule(moduleOf(path))) ? "unknown" : "public";
}

/** Packages through which others get a name of the module, and how they call it. */
function offeringEntries(
  module: PythonModule,
  name: string,
  { entries }: Place,
  modules: Modules,
): { path: string; name: string }[] {
  return entries.flatMap((path) =>
    [...modules.offersOf(path)]
      .filter(([, origin]) => origin.path === module.path && origin.name === name)
      .map(([offered]) => ({ path, name: offered })),
  );
}

/** A name that only its own module offers: the way to it where packages hand nothing on, else one that some may go. */
function reachInside(module: PythonModule, name: string, { entries }: Place, modules: Modules): Reach | null {
  const { declared, path } = module;
  if (declared?.isWhole && !declared.names.has(name)) return null;
  if (isHelperModule(moduleOf(path))) return "unknown";
  if (isEntry(path)) return "public";
  const above = entries[0] === undefined ? null : modules.at(entries[0]);
  if (above && offeredNames(modules, above, 0).size > 0) return "unknown";
  // A package further up chose from this very module, and left the name out.
  const isChosenFrom = entries.some((entry) => [...modules.offersOf(entry).values()].some((one) => one.path === path));
  return isChosenFrom ? "unknown" : "public";
}
