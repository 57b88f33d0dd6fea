/** Go for the comparison of public interfaces: a package is a folder. */

import type { ReadFile } from "../../detector.ts";
import { folderOf } from "../../file-role.ts";
import type { ApiLanguage, PlacedChange, ReachInput } from "../api/api-language.ts";
import type { ApiSymbol } from "../api/api-surface.ts";
import { foldersAbove, isGoPackage, programSigns, reachOf } from "./reach.ts";
import { readGoFile } from "./read-file.ts";

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
  refine: () => refined,
  isCompatible,
  hasNamedArguments: false,
  describe: ({ kind, id }) => `${kindWords.get(kind) ?? kind} \`${id}\``,
};

const kindWords: ReadonlyMap<ApiSymbol["kind"], string> = new Map([
  ["reexport", "name"],
  ["constant", "name"],
  ["class", "struct"],
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
      if (typeof contents.base.get(manifest) !== "string") continue;
      for (const name of programSigns) yield folder + name;
      break;
    }
  }
}

const typeRules = new Set(["parameter_type_changed", "result_type_changed", "value_type_changed"]);

/** Types bind everybody in Go. */
function refined(change: PlacedChange): PlacedChange | null {
  const { base, head, rule } = change;
  if (rule === "base_removed" && base?.kind === "class") return null; // told as the field that it is
  if (rule === "value_type_changed" && base !== null && head !== null)
    return { ...change, strength: "proven", before: base.text, after: head.text };
  // Who implements it is not troubled, only who calls it.
  if (rule === "member_removed" && base?.isAbstract) return { ...change, strength: "likely" };
  return typeRules.has(rule) && change.strength === "likely" ? { ...change, strength: "proven" } : change;
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
