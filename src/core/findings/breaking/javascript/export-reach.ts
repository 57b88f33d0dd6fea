/** Who can use a symbol: follows the entry points of its package, before and after the change. */

import type { ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import { isUncompiled } from "../../package-manifest.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import { type EntryOffer, entryOffer, stillOffers, typeKey } from "./entry-offer.ts";
import { isForeign, joinRelative, type ModuleGraph, moduleGraph, type Side, symbolKey } from "./module-graph.ts";
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

interface Judged {
  /** What each entry point offered. */
  base: ReadonlyMap<string, EntryOffer>;
  /** The files that entry points lead to now; `null`: it is gone. */
  head: ReadonlyMap<string, string | null>;
  /** Entry points that led to no file before. */
  missing: readonly string[];
  graphs: Graphs;
}

/** Tells who can use a symbol that is gone or changed; `null`: nobody outside, or nobody loses it. */
export function reachJudge(input: ReachInput): (change: PlacedChange) => Reach | null {
  const graphs = graphsOf(input.contents);
  const known = new Map<string, Judged>();
  const reachIn = (change: PlacedChange, found: Package): Reach | null => {
    const byPattern = patternReach(found, change.path);
    if (byPattern === "public") {
      if (change.head !== null || leadsAsBefore(found, input.contents.head)) return "public";
      return change.hasMoved ? null : "unknown";
    }
    if (!found.manifest.hasEntryFields) return change.hasMoved ? null : "unknown";
    const judged = known.get(found.folder) ?? judgePackage(found, input, graphs);
    known.set(found.folder, judged);
    return judge(change, judged) ?? (change.hasMoved ? null : byPattern);
  };
  return (change) => {
    const found = packageOf(change.path, input.contents.base);
    if (typeof found === "string") return change.hasMoved ? null : "unknown";
    if (found.manifest.isPrivate) return null;
    const reach = reachIn(change, found);
    return reach === "public" && isUncompiled(found.manifest) ? "unknown" : reach;
  };
}

/** The pattern that led to a file may lead to where it went. */
function leadsAsBefore({ folder, manifest }: Package, head: Side): boolean {
  const after = packageOf(join(folder, "package.json"), head);
  if (typeof after === "string") return false;
  return [...manifest.entries].every(
    ([entry, targets]) => !entry.includes("*") || String(after.manifest.entries.get(entry)) === String(targets),
  );
}

function judgePackage(found: Package, { files, contents }: ReachInput, graphs: Graphs): Judged {
  const moved = movedFolder(found.folder, files);
  const there = packageOf(join(moved, "package.json"), contents.head);
  const after = typeof there === "string" ? found : there;
  const before = entryFiles(found, contents.base);
  const head = new Map<string, string | null>(entryFiles(after, contents.head).files);
  const base = new Map<string, EntryOffer>();
  for (const [entry, file] of before.files) {
    base.set(entry, entryOffer(file, graphs.base));
    const isSame = String(found.manifest.entries.get(entry)) === String(after.manifest.entries.get(entry));
    // An entry point whose file is gone offers nothing; one that leads elsewhere now may.
    if (!head.has(entry) && isSame && contents.head.get(file) === null) head.set(entry, null);
  }
  return { base, head, missing: before.missing, graphs };
}

/** Where the package lies after the change. */
function movedFolder(folder: string, files: readonly ReadFile[]): string {
  const manifest = join(folder, "package.json");
  const file = files.find((one) => one.status === "renamed" && one.previousPath === manifest);
  return file ? file.path.slice(0, -"/package.json".length) : folder;
}

function judge(change: PlacedChange, judged: Judged): Reach | null {
  const { path } = change;
  const id = (change.base ?? change.head)?.id ?? "";
  if (id.startsWith(starId(""))) return judgeStar(change, id.slice(starId("").length), judged);
  const [name = ""] = id.split(".", 1);
  const key = symbolKey({ path, name });
  const isGone = change.head === null && change.base?.owner === null;
  const offers = [...judged.base.values()];
  const isExported = offers.some(({ exported }) => exported.has(key));
  if (!isGone && (isExported || offers.some(({ met }) => met.has(key) || met.has(typeKey(path, name)))))
    return "public";
  if (!isExported) return change.hasMoved || !isUnclear(judged, change.path, name) ? null : "unknown";
  const reach = lossOf(key, judged);
  return reach === "unknown" && change.hasMoved ? null : reach;
}

/** Whether one of the entry points that offered a symbol no longer does. */
function lossOf(key: string, { base, head, graphs }: Judged): Reach | null {
  let reach: Reach | null = null;
  for (const [entry, { exported }] of base) {
    const name = exported.get(key);
    if (name === undefined) continue;
    const file = head.get(entry);
    const isOffered = typeof file === "string" ? stillOffers(file, name, graphs.head) : file === null ? false : null;
    if (isOffered === false) return "public";
    if (isOffered === null) reach = "unknown";
  }
  return reach;
}

/** A module handed on as a whole no longer is: what counts is whether its names are still offered. */
function judgeStar({ path }: PlacedChange, request: string, judged: Judged): Reach | null {
  const target = judged.graphs.base.resolve(path, request);
  if (target !== null) {
    const places = [...judged.graphs.base.namesOf(target).places.values()];
    return places.some((place) => lossOf(symbolKey(place), judged) === "public") ? "public" : null;
  }
  // Without its text, or that of what took its place, nothing can be said that would be worth a word.
  return isForeign(request) ? "unknown" : null;
}

/**
 * A part of the way was not there, and the name may come along it. Of entry points besides the main one, whose file was not found, only
 * those count that sound like the module's path.
 */
function isUnclear({ base, missing }: Judged, path: string, name: string): boolean {
  const folders = new Set(path.replace(/\.\w{1,4}$/, "").split("/"));
  const mayLead = (entry: string) => !base.has(".") || folders.has(entry.slice(entry.lastIndexOf("/") + 1));
  return missing.some(mayLead) || [...base.values()].some(({ isOpen, openNames }) => isOpen || openNames.has(name));
}
