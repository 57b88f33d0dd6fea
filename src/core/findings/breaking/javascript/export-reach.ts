/** Who can use a symbol: follows the entry points of its package, before and after the change. */

import type { ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import { joinRelative, type ModuleGraph, moduleGraph, type Offer, type Side, symbolKey } from "./module-graph.ts";
import { entryFiles, join, type Package, packageOf, patternReach, sourcesOf } from "./public-packages.ts";
import { starId } from "./reading.ts";

export interface Graphs {
  base: ModuleGraph;
  head: ModuleGraph;
}

export function graphsOf({ base, head }: ReachInput["contents"]): Graphs {
  return { base: graphOf(base), head: graphOf(head) };
}

/** Packages may import themselves by their own name; files kept beside a build import what is built. */
function graphOf(side: Side): ModuleGraph {
  return moduleGraph(side, (from, request) => {
    const found = packageOf(from, side);
    if (typeof found === "string") return null;
    if (request.startsWith(".")) {
      const target = joinRelative(folderOf(from), request);
      const inside = target === null || !target.startsWith(join(found.folder, "")) ? null : target;
      const relative = inside?.slice(join(found.folder, "").length);
      const sources = relative === undefined ? [] : sourcesOf(found.folder, relative, relative);
      return sources.find((path) => typeof side.get(path) === "string") ?? null;
    }
    const { name } = found.manifest;
    if (name === null || !(request === name || request.startsWith(`${name}/`))) return null;
    return entryFiles(found, side).files.get(`.${request.slice(name.length)}`) ?? null;
  });
}

/** One side of a package: what each of its entry points offers. */
interface Offers {
  byEntry: ReadonlyMap<string, Offer>;
  /** Symbol → entry point and name by which users have it. */
  users: ReadonlyMap<string, readonly { entry: string; name: string }[]>;
  /** Every entry point led to a file. */
  isWhole: boolean;
}

interface Judged {
  base: Offers;
  head: Offers;
}

/** Tells who can use a symbol that is gone or changed; `null`: nobody outside, or nobody loses it. */
export function reachJudge(input: ReachInput): (change: PlacedChange) => Reach | null {
  const graphs = graphsOf(input.contents);
  const known = new Map<string, Judged>();
  return (change) => {
    const found = packageOf(change.path, input.contents.base);
    if (typeof found === "string") return change.hasMoved ? null : "unknown";
    if (found.manifest.isPrivate) return null;
    const byPattern = patternReach(found, change.path);
    if (byPattern === "public") return "public";
    if (!found.manifest.hasEntryFields) return change.hasMoved ? null : "unknown";
    const judged = known.get(found.folder) ?? judgePackage(found, input, graphs);
    known.set(found.folder, judged);
    return judge(change, judged, graphs) ?? (change.hasMoved ? null : byPattern);
  };
}

function judgePackage(found: Package, { files, contents }: ReachInput, graphs: Graphs): Judged {
  const moved = movedFolder(found.folder, files);
  const there = packageOf(join(moved, "package.json"), contents.head);
  const after = typeof there === "string" ? found : there;
  const head = offersOf(after, contents.head, graphs.head);
  const byEntry = new Map(head.byEntry);
  for (const [entry, file] of entryFiles(found, contents.base).files) {
    const isSame = String(found.manifest.entries.get(entry)) === String(after.manifest.entries.get(entry));
    // An entry point whose file is gone offers nothing; one that leads elsewhere now may.
    if (!byEntry.has(entry) && isSame && contents.head.get(file) === null) byEntry.set(entry, nothing);
  }
  return { base: offersOf(found, contents.base, graphs.base), head: { ...head, byEntry } };
}

const nothing: Offer = { names: new Map(), isOpen: false, openNames: new Set() };

/** Where the package lies after the change. */
function movedFolder(folder: string, files: readonly ReadFile[]): string {
  const manifest = join(folder, "package.json");
  const file = files.find((one) => one.status === "renamed" && one.previousPath === manifest);
  return file ? file.path.slice(0, -"/package.json".length) : folder;
}

function offersOf(found: Package, side: Side, graph: ModuleGraph): Offers {
  const { files, isWhole } = entryFiles(found, side);
  const byEntry = new Map<string, Offer>();
  const users = new Map<string, { entry: string; name: string }[]>();
  for (const [entry, file] of files) {
    const offer = graph.offerOf(file);
    byEntry.set(entry, offer);
    for (const [name, keys] of offer.names) {
      for (const key of keys) users.set(key, [...(users.get(key) ?? []), { entry, name }]);
    }
  }
  return { byEntry, users, isWhole };
}

function judge(change: PlacedChange, { base, head }: Judged, graphs: Graphs): Reach | null {
  const { path } = change;
  const id = (change.base ?? change.head)?.id ?? "";
  if (id.startsWith(starId(""))) return judgeStar(change, id.slice(starId("").length), { base, head }, graphs);
  const [name = ""] = id.split(".", 1);
  const users = base.users.get(symbolKey(path, name)) ?? [];
  const isGone = change.head === null && change.base?.owner === null;
  if (!isGone && (users.length > 0 || base.users.has(symbolKey(path, `(${name})`)))) return "public";
  if (users.length === 0) return change.hasMoved || !isUnclear(base, name) ? null : "unknown";
  let reach: Reach | null = null;
  for (const user of users) {
    const offer = head.byEntry.get(user.entry);
    if (offer?.names.has(user.name)) continue;
    if (offer && !offer.isOpen && !offer.openNames.has(user.name)) return "public";
    reach = "unknown";
  }
  return change.hasMoved ? null : reach;
}

/** A module handed on as a whole no longer is: what counts is whether its names are still offered. */
function judgeStar(
  { path }: PlacedChange,
  request: string,
  { base, head }: Pick<Judged, "base" | "head">,
  graphs: Graphs,
): Reach | null {
  const target = graphs.base.resolve(path, request);
  const names = [...(target === null ? new Map() : graphs.base.offerOf(target).names).keys()];
  let isUsed = false;
  for (const name of names) {
    for (const user of base.users.get(symbolKey(path, name)) ?? []) {
      isUsed = true;
      const offer = head.byEntry.get(user.entry);
      if (offer && !offer.names.has(user.name) && !offer.isOpen && !offer.openNames.has(user.name)) return "public";
    }
  }
  // Without its text, or that of what took its place, nothing can be said that would be worth a word.
  return isUsed || target !== null || request.startsWith(".") ? null : "unknown";
}

/** A part of the way was not there, and the name may come along it. */
function isUnclear({ byEntry, isWhole }: Offers, name: string): boolean {
  if (!isWhole) return true;
  return [...byEntry.values()].some(({ isOpen, openNames }) => isOpen || openNames.has(name));
}
