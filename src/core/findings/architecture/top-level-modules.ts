import { defineDetector, type Observation, type ReadFile } from "../detector.ts";
import { isCode, isDocumentation, isTest, nameOf } from "../file-role.ts";
import type { Strength } from "../finding.ts";
import { manifestOf } from "../manifests.ts";

/** Folders whose sub-folders are modules of their own. */
const holders = new Set([
  "src",
  "lib",
  "packages",
  "apps",
  "crates",
  "cmd",
  "internal",
  "pkg",
  "services",
  "modules",
  "libs",
  "plugins",
  "app",
  "core",
]);

/** Files that make a folder a module. */
const heads = /^(index\.[cm]?[jt]sx?|mod\.rs|lib\.rs|main\.(rs|go|py|[jt]s)|__init__\.py|package-info\.java|doc\.go)$/;

/** How many source files a new folder without such a file must bring. */
const filesMin = 3;

/** Reports modules at the top of the tree that came or went (C4). */
export const topLevelModules = defineDetector({
  id: "top_level_modules",
  class: "architecture",
  title: "new and removed modules",
  why: "The folders at the top are the map by which everybody finds their way.",
  rules: {
    module_added: {
      title: "a module was added",
      why: "It draws a new line on the map: where it starts, and what may use it.",
      fix: "Say in the description what it is for and what may use it.",
      looksAt:
        "Folders at the top, and those right below `src/`, `packages/` and the like, when all files touched in them are new and there are several, or one that makes it a module.",
    },
    module_removed: {
      title: "a module was removed",
      why: "What it did is gone or lives elsewhere now.",
      fix: "Say in the description where its work is done now.",
      looksAt: "The same folders, when all files touched in them are gone.",
    },
  },
  detect: ({ files }) => {
    const observations: Observation[] = [];
    for (const [folder, touched] of byModule(files)) {
      const verb = touched.every(isNew) ? "added" : touched.every(isGone) ? "removed" : null;
      if (verb === null) continue;
      const strength = strengthOf(folder, touched);
      if (strength === null) continue;
      observations.push({
        rule: verb === "added" ? "module_added" : "module_removed",
        strength,
        what: `module \`${folder}\` was ${verb}, with ${touched.length} ${touched.length === 1 ? "file" : "files"}`,
        path: touched[0]?.path ?? null,
        side: verb === "added" ? "head" : "base",
      });
    }
    return { observations };
  },
});

/** Files under the names they have now, and under those they had. */
interface Touched {
  path: string;
  isOldName: boolean;
  file: ReadFile;
}

function isNew({ file, isOldName }: Touched): boolean {
  return !isOldName && (file.status === "added" || file.status === "copied" || file.status === "renamed");
}

function isGone({ file, isOldName }: Touched): boolean {
  return file.status === "removed" || isOldName;
}

function byModule(files: readonly ReadFile[]): Map<string, Touched[]> {
  const modules = new Map<string, Touched[]>();
  const add = (touched: Touched) => {
    const folder = moduleOf(touched.path);
    if (folder === null) return;
    const known = modules.get(folder);
    if (known) known.push(touched);
    else modules.set(folder, [touched]);
  };
  for (const file of files) {
    if (file.leftOut === "vendored") continue;
    add({ path: file.path, isOldName: false, file });
    if (file.status === "renamed" && file.previousPath !== null)
      add({ path: file.previousPath, isOldName: true, file });
  }
  return modules;
}

/** `src/billing/a.ts` → `src/billing`; `tool/a.ts` → `tool`; `packages/x/src/y/a.ts` → `packages/x`. */
function moduleOf(path: string): string | null {
  const segments = path.split("/");
  const [top, second] = segments;
  if (top === undefined || segments.length < 2 || top.startsWith(".") || isTest(path) || isDocumentation(path))
    return null;
  if (!holders.has(top)) return top;
  return segments.length > 2 && second !== undefined ? `${top}/${second}` : null;
}

/** A folder of which every touched file is new need not be new itself: what says so is its first file, or how many there are. */
function strengthOf(folder: string, touched: readonly Touched[]): Strength | null {
  const own = touched.filter(({ path }) => path.slice(folder.length + 1).split("/").length <= 2);
  if (own.some(({ path }) => path === `${folder}/${nameOf(path)}` && manifestOf(path) !== null)) return "proven";
  const source = touched.filter(({ path }) => isCode(path));
  if (source.length === 0) return null;
  const hasHead = own.some(({ path }) => heads.test(nameOf(path)));
  if (source.length >= filesMin && hasHead) return "proven";
  return hasHead || source.length >= filesMin ? "likely" : null;
}
