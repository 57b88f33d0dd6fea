/** Reads what a file lets users set, in whatever language it is written. */

import { grammarOf } from "../../syntax/grammars.ts";
import { readTree } from "../../syntax/read-tree.ts";
import { isModule } from "../javascript/parse-module.ts";
import { dataSettings, isShippedData } from "./data-settings.ts";
import { goSettings, mayDeclareInGo } from "./go-settings.ts";
import { mayDeclareInPython, pythonSettings } from "./python-settings.ts";
import { mayDeclareInRust, rustSettings } from "./rust-settings.ts";
import { mayDeclareFlags, scriptFlags } from "./script-flags.ts";
import { mayDeclareOptions, scriptOptions } from "./script-options.ts";
import { readScript } from "./script-tree.ts";
import type { Setting } from "./setting.ts";

/** Holds for files that {@link readSettings} understands. */
export function maySet(path: string): boolean {
  const grammar = grammarOf(path);
  return isModule(path) || isShippedData(path) || grammar === "python" || grammar === "go" || grammar === "rust";
}

/**
 * The grammars that the path needs must be loaded.
 *
 * @returns `null` when the text cannot be read
 */
export function readSettings(path: string, text: string): Setting[] | null {
  if (isShippedData(path)) return dataSettings(path, text);
  if (isModule(path)) return scriptSettings(path, text);
  switch (grammarOf(path)) {
    case "python":
      return mayDeclareInPython(text) ? readTree("python", text, pythonSettings) : [];
    case "go":
      return mayDeclareInGo(text) ? readTree("go", text, goSettings) : [];
    case "rust":
      return mayDeclareInRust(text) ? readTree("rust", text, rustSettings) : [];
    default:
      return [];
  }
}

function scriptSettings(path: string, text: string): Setting[] | null {
  const [hasFlags, hasOptions] = [mayDeclareFlags(text), mayDeclareOptions(text, path)];
  if (!hasFlags && !hasOptions) return [];
  const root = readScript(path, text);
  if (root === null) return null;
  return [...(hasFlags ? scriptFlags(root, text) : []), ...(hasOptions ? scriptOptions(root, text, path) : [])];
}
