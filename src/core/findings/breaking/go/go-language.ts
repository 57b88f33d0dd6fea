/** Go for the comparison of public interfaces: a package is a folder. */

import type { ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { ApiChange, ApiLanguage, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { programSigns } from "./program.ts";
import { foldersAbove, isGoPackage, reachOf } from "./reach.ts";
import { readGoFile } from "./read-file.ts";
import { refineWith } from "./refine.ts";

/** Statements inside of functions. */
const statement =
  /^\s*(\/\/|$|[})]|(return|if|for|switch|case|default|defer|go|break|continue|select|else|goto|fallthrough)\b|[\w.]{1,80}(, ?[\w.]{1,80}){0,5} (:=|=|\+=|-=) )/;

export const go: ApiLanguage = {
  id: "go",
  grammar: "go",
  isModule: isGoPackage,
  unitOf: folderOf,
  mayTouch: ({ text }) => !(/^\s/.test(text) && statement.test(text) && !/^\t\p{Lu}/u.test(text)),
  read: readGoFile,
  wanted,
  reach: reachOf,
  refine: refineWith({ isCompatible, hasNamedArguments: false }),
  isCompatible,
  hasNamedArguments: false,
  hidesByFolder: true,
  compareMore,
  describe: ({ kind, id }) => `${kindWords.get(kind) ?? kind} \`${id}\``,
};

const kindWords: ReadonlyMap<ApiSymbol["kind"], string> = new Map([
  ["reexport", "name"],
  ["constant", "name"],
]);

/** The module files above what changed, and what stands beside the nearest where it is a program. */
function* wanted(
  changed: readonly ReadFile[],
  { contents }: ReachInput,
  hasChanges: (file: ReadFile) => boolean,
): Iterable<string> {
  for (const file of changed.filter(hasChanges)) {
    for (const folder of foldersAbove(file.previousPath ?? file.path)) {
      const manifest = `${folder}go.mod`;
      yield manifest;
      yield `${folder}main.go`;
      const text = contents.base.get(manifest);
      if (typeof text !== "string") continue;
      for (const name of programSigns(text)) yield folder + name;
      break;
    }
  }
}

/** Callers may drop results that they did not know of; who implements an interface may not. */
function isCompatible(
  from: string,
  to: string,
  position: "parameter" | "result" | "value",
  symbol?: ApiSymbol,
): boolean {
  if (position === "parameter") return to === "any";
  return position === "result" && from === "()" && symbol?.isAbstract !== true;
}

/** A struct, an interface and a type made of another are used in different ways. */
function compareMore(base: ApiSymbol, head: ApiSymbol): ApiChange[] {
  if (base.kind === head.kind || base.owner !== null || base.kind === "function") return [];
  const what = `${base.kind} \`${base.id}\` is now a${head.kind === "interface" ? "n" : ""} ${head.kind}`;
  return [{ rule: "symbol_kind_changed", strength: "likely", what, base, head }];
}
