/** How a change could be split: its files by module, each group a pull request of its own. */

import type { Classification, FindingClass } from "../findings/finding.ts";
import type { ChangedFile } from "../snapshot.ts";

export interface SplitPart {
  /** A folder, `documentation`, `tests` or `other files`. */
  name: string;
  files: { path: string; lines: number }[];
  lines: number;
  /** Kinds of findings in it: what the part will be held for. */
  classes: FindingClass[];
}

/** So many parts are proposed; the smallest beyond are one. */
const partsMax = 8;

/**
 * @returns parts in the order they could be merged in: what stands by itself and is smallest first; a single part where nothing can be told
 * apart
 */
export function proposeSplit(
  files: readonly ChangedFile[],
  classification: Pick<Classification, "classes">,
): SplitPart[] {
  const groups = Map.groupBy(files, groupOf);
  const parts = [...groups].map(([name, group]) => partOf(name, group, classification));
  const bySize = parts.sort((a, b) => b.lines - a.lines || a.name.localeCompare(b.name));
  const rest = bySize.slice(partsMax - 1);
  const shown = rest.length > 1 ? [...bySize.slice(0, partsMax - 1), together(rest)] : bySize;
  return shown.sort((a, b) => rank(a) - rank(b) || a.lines - b.lines || a.name.localeCompare(b.name));
}

/** Folders that hold modules rather than being one. */
const holders = new Set(["src", "lib", "packages", "apps", "services", "modules", "libs", "cmd", "internal", "pkg"]);
const testPath = /(^|\/)(?:tests?|__tests__|spec|e2e)\/|[._-](?:test|spec)\.[a-z]+$/i;
const testFolder = /^(?:tests?|__tests__|spec|e2e)$/i;
const sourceless = /\.(?:md|mdx|rst|adoc|txt)$/i;

/** A test goes with the module it tests where their folders tell: `test/billing/a.test.ts` with `src/billing/a.ts`. */
function groupOf({ path }: ChangedFile): string {
  if (sourceless.test(path) || /^docs?\//i.test(path)) return "documentation";
  const folders = path.split("/").slice(0, -1);
  const inModule = testPath.test(path) ? folders.filter((folder) => !testFolder.test(folder)) : folders;
  const [top, second] = inModule;
  if (top === undefined) return folders.length > 0 ? "tests" : "other files";
  const name = holders.has(top) ? second : top;
  return name ?? "other files";
}

function partOf(name: string, group: readonly ChangedFile[], { classes }: Pick<Classification, "classes">): SplitPart {
  const files = group.map(({ path, additions, deletions }) => ({ path, lines: additions + deletions }));
  const paths = new Set(files.map(({ path }) => path));
  const found = Object.entries(classes) as [FindingClass, Classification["classes"][FindingClass]][];
  return {
    name,
    files: files.sort((a, b) => a.path.localeCompare(b.path)),
    lines: linesIn(files),
    classes: found
      .filter(([, { findings }]) => findings.some(({ path }) => path !== null && paths.has(path)))
      .map(([findingClass]) => findingClass),
  };
}

function together(parts: readonly SplitPart[]): SplitPart {
  const files = parts.flatMap((part) => part.files).sort((a, b) => a.path.localeCompare(b.path));
  return {
    name: "the rest",
    files,
    lines: linesIn(files),
    classes: [...new Set(parts.flatMap((part) => part.classes))],
  };
}

function linesIn(files: SplitPart["files"]): number {
  return files.reduce((sum, { lines }) => sum + lines, 0);
}

/** What nobody is held for can go first; what names a finding goes last. */
function rank({ classes, name }: SplitPart): number {
  if (name === "documentation") return 0;
  return classes.length === 0 ? 1 : 2;
}
