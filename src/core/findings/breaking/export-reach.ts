/** Who can import a name that is gone: decides how strong the evidence is that it breaks somebody. */

import type { Contents } from "../../snapshot.ts";
import type { Strength } from "../finding.ts";
import { candidatesOf, type ModuleGraph, type Side } from "./module-graph.ts";
import { entryFiles, isPatternEntry, type Package, packageOf } from "./public-packages.ts";

export interface Graphs {
  base: ModuleGraph;
  head: ModuleGraph;
}

/**
 * Judges names that files no longer offer.
 *
 * @returns for a file's old path and a name: its strength, or `null` when nobody outside could import it, or still can. `hasMoved`: another
 * changed file offers the name now
 */
export function reachJudge(
  contents: Contents,
  graphs: Graphs,
): (path: string, name: string, hasMoved: boolean) => Strength | null {
  const known = new Map<string, Reach | null>();
  return (path, name, hasMoved) => {
    const found = packageOf(path, contents.base);
    let reach: Reach | null = null;
    if (typeof found !== "string") {
      reach = known.get(found.folder) ?? judgePackage(found, contents, graphs);
      known.set(found.folder, reach);
    }
    if (reach?.isPattern(path) && !reach.isPrivate) return "proven";
    if (reach !== null && (reach.lost.has(`${path}#${name}`) || reach.lost.has(name))) return "proven";
    if (hasMoved) return null;
    if (reach === null) return "likely";
    if (reach.isPrivate) return "hint";
    return reach.isWhole ? null : "likely";
  };
}

interface Reach {
  isPrivate: boolean;
  /** Names that entries offered before and no longer do, all entries together. */
  lost: Set<string>;
  /** Whether all that entries offered is known, before and after. */
  isWhole: boolean;
  isPattern: (path: string) => boolean;
}

/** @returns `null` when the package says nothing about its entries */
function judgePackage(found: Package, contents: Contents, graphs: Graphs): Reach | null {
  const { manifest } = found;
  const isPattern = (path: string) => isPatternEntry(found, path);
  if (manifest.isPrivate) return { isPrivate: true, lost: new Set(), isWhole: true, isPattern };
  if (!manifest.hasEntryFields) return null;
  const before = entryFiles(found, contents.base);
  const lost = new Set<string>();
  let isWhole = before.isWhole;
  for (const entry of before.files) {
    const was = graphs.base.surfaceOf(entry);
    const target = headNameOf(entry, contents.head);
    const is = target === null ? { names: new Set<string>(), isWhole: true } : graphs.head.surfaceOf(target);
    isWhole &&= was.isWhole && is.isWhole;
    for (const name of was.names)
      if (!is.names.has(name) && is.isWhole) lost.add(name === "default" ? `${entry}#default` : name);
  }
  return { isPrivate: false, lost, isWhole, isPattern };
}

/** The entry after the change, when only its extension changed. */
function headNameOf(entry: string, head: Side): string | null {
  const text = head.get(entry);
  if (typeof text === "string" || text === undefined) return entry;
  return candidatesOf(entry).find((path) => typeof head.get(path) === "string") ?? null;
}
