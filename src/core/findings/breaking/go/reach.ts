/** Who can import a Go package. */

import type { Reach } from "../../finding.ts";
import type { PlacedChange, ReachInput } from "../api/api-language.ts";

const notOffered =
  /(^|\/)(internal|cmd|vendor|testdata|[._][^/]*|examples?|samples?|scripts?|hack|tools?|tests?|testing|testutils?|test[_-]utils?|testhelpers?|testnode|e2e|mocks?|fakes?|benchmarks?|docs?)\/|_test\.go$|\.pb(\.gw)?\.go$|(^|\/)(zz_generated[^/]*|doc|tools)\.go$/i;

/** Holds for files of packages that others may import, by their names alone. */
export function isGoPackage(path: string): boolean {
  return path.endsWith(".go") && !notOffered.test(path);
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

const moduleLine = /^module[ \t]+"?([^\s"]{1,300})/m;

/** The path by which a module is imported; `null` where the file does not say. */
export function modulePathOf(manifest: string): string | null {
  return moduleLine.exec(manifest)?.[1] ?? null;
}

/** Files beside `go.mod` that only programs have. */
export const programSigns = ["main.go", "Dockerfile", ".goreleaser.yaml", ".goreleaser.yml"];

/** What lies here is meant for others even in a program. @see https://github.com/golang-standards/project-layout#pkg */
const offeredFolder = /^(pkg|sdk|client)\//;

/**
 * A program's own module may be imported as well, which few do; a module without a domain in its path cannot be fetched by others.
 *
 * @see https://go.dev/ref/mod#module-path
 */
export function reachOf({ contents }: ReachInput): (change: PlacedChange) => Reach | null {
  const isProgram = memoised((folder) => programSigns.some((name) => tells(name, contents.base.get(folder + name))));
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
      const isItsOwn = isProgram(folder) && !offeredFolder.test(path.slice(folder.length));
      return isInProgram || isItsOwn ? "unknown" : "public";
    }
    return "unknown";
  };
}

function tells(name: string, text: string | null | undefined): boolean {
  if (typeof text !== "string") return false;
  if (name === "main.go") return /^package main\b/m.test(text);
  // Libraries use it for the notes of their releases.
  return name === "Dockerfile" || !/^\s{0,20}-?\s{0,20}skip:\s{0,20}true\b/m.test(text);
}

function memoised(judge: (folder: string) => boolean): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder) => {
    const found = known.get(folder) ?? judge(folder);
    known.set(folder, found);
    return found;
  };
}
