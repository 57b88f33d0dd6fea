import type { PatchLine } from "../../patch-lines.ts";
import type { ApiLanguage } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { isCompatible } from "./compatible-types.ts";
import { reachJudge } from "./export-reach.ts";
import { isModule } from "./parse-module.ts";
import { readKnownModule } from "./read-known-module.ts";
import { compareMore, describe, refineChange } from "./refine-change.ts";
import { removedExportLines } from "./removed-export-lines.ts";
import { wantedModules } from "./wanted-modules.ts";

/**
 * JavaScript and TypeScript: a file offers what it exports, and users reach it through the entry points of its package. Private packages
 * offer nothing; where a package names no entry point, or the way from one cannot be followed, who reaches a name stays unknown.
 */
export const javascript: ApiLanguage = {
  id: "javascript",
  grammar: null,
  hasNamedArguments: false,
  hasEntryPoints: true,
  isModule: (path) => isModule(path) && !settings.test(path),
  unitOf: (path) => path,
  mayTouch,
  read: (path, text) => readKnownModule(path, text)?.surface ?? null,
  wanted: wantedModules,
  reach: reachJudge,
  refine: () => refineChange,
  isCompatible,
  otherNameOf,
  compareMore,
  describe,
  readPatch: removedExportLines,
};

/** Names of a namespace that stands for the module (`export = shop`) are imported like those of the module. */
function otherNameOf({ id, path }: ApiSymbol): string | null {
  if (!/\.d\.[cm]?ts$/.test(path)) return null;
  return id.startsWith("default.") ? id.slice("default.".length) : `default.${id}`;
}

/** Files that set up tools. */
const settings =
  /(^|\/)\.[^/]*\/|(^|\/)\.[^/]*rc\.[cm]?[jt]s$|\.(config|conf|workspace|setup|stories|story|fixture|mock)\.[cm]?[jt]sx?$|(^|\/)(gulpfile|gruntfile|karma\.conf)[^/]*$/i;

/** Lines that only run, such as `return x;` or `if (a) {`: parsing costs, and most changes touch no more. */
const runs =
  /^\s*(?:$|return[ ;]|throw |await |import\s|\/\/|(?:\} else )?if \(.*\{$|for \(.*\{$|while \(.*\{$|(?:const|let) [\w$]{1,100} = (?:await|this|new|\[|"|')|this\.[\w$.]{1,200}(?: =|\()|[)}\];,]*$)/;

/** Lines that add what users must give: `name: type`, `name,`, something abstract. */
const asks = /^\s*(?:[\w$]{1,20} ){0,3}["']?[\w$]{1,200}["']?\s*[:,(]|\babstract\b|\bexports?\b/;

/** A comment or a text may begin or end around declarations. */
function mayTouch({ kind, text }: PatchLine): boolean {
  const line = text.slice(0, 500);
  if (line.includes("/*") || line.includes("*/") || line.includes("`")) return true;
  return !runs.test(line) && (kind === "removed" || asks.test(line));
}
