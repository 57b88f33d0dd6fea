/** Who can import a Go package. */

import { isTemplate } from "../../file-role.ts";
import type { Reach } from "../../finding.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";
import { isProgram, modulePathOf, tells } from "./program.ts";

const notOffered =
  /(^|\/)(internal|cmd|vendor|testdata|[._][^/]*|examples?|samples?|scripts?|hack|tools?|tests?|testing|testutils?|test[_-]utils?|testhelpers?|testnode|e2e|mocks?|fakes?|benchmarks?|docs?)\/|_test\.go$|\.pb(\.gw)?\.go$|(^|\/)(zz_generated[^/]*|doc|tools)\.go$/i;

/** Holds for files of packages that others may import, by their names alone. */
export function isGoPackage(path: string): boolean {
  return path.endsWith(".go") && !notOffered.test(path) && !isTemplate(path);
}

/** Folders above a path with their slash, the nearest first, the root (empty) last. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let at = path.lastIndexOf("/"); at !== -1; at = path.lastIndexOf("/", at - 1)) {
    folders.push(path.slice(0, at + 1));
    if (at === 0) break;
  }
  return [...folders, ""];
}

/** What lies here is made for others even in a program. In `pkg/` most keep what their own commands share. */
const offeredFolder = /^(sdk|client)\//;

/**
 * A program's own module may be imported as well, which few do; a module without a domain in its path cannot be fetched by others.
 *
 * @see https://go.dev/ref/mod#module-path
 */
export function reachOf({ contents }: ReachInput): (change: PlacedChange) => Reach | null {
  const isMadeToRun = memoised((folder, manifest) => isProgram(manifest, (name) => contents.base.get(folder + name)));
  return ({ path }) => {
    if (!isGoPackage(path)) return null;
    let isInProgram = false;
    for (const folder of foldersAbove(path)) {
      const manifest = contents.base.get(`${folder}go.mod`) ?? contents.head.get(`${folder}go.mod`);
      if (typeof manifest !== "string") {
        isInProgram ||= tells("main.go", contents.base.get(`${folder}main.go`));
        continue;
      }
      const module = modulePathOf(manifest);
      if (module === null) return "unknown";
      if (!module.split("/")[0]?.includes(".")) return null;
      const isItsOwn = isMadeToRun(folder, manifest) && !offeredFolder.test(path.slice(folder.length));
      return isInProgram || isItsOwn ? "unknown" : "public";
    }
    return "unknown";
  };
}

function memoised(judge: (folder: string, manifest: string) => boolean): (folder: string, manifest: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder, manifest) => {
    const found = known.get(folder) ?? judge(folder, manifest);
    known.set(folder, found);
    return found;
  };
}
