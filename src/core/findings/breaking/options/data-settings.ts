/** Options as data files ship them: presets, files of defaults, the values of a chart, the inputs of an action. */

import { parse as parseToml } from "smol-toml";
import { parseDocument } from "yaml";
import { nameOf } from "../../file-role.ts";
import { recordOf } from "../../record-of.ts";
import { hasOddKeys, isTangledYaml } from "../../tangled-yaml.ts";
import { aSetting, plainText, type Setting } from "./setting.ts";

const shipped =
  /(^|\/)(presets?|defaults?)\/[^/]{1,100}\.(json|ya?ml|toml)$|(^|\/)(defaults?|presets?|[\w.-]{0,40}[.-]defaults?|default[.-](config|settings|options))\.(json|ya?ml|toml)$|(^|\/)config\/default\.(json|ya?ml|toml)$|(^|\/)(charts?|helm)\/([^/]{1,60}\/){0,3}values\.ya?ml$|(^|\/)action\.ya?ml$/i;

/** Holds for data that users get their defaults from. */
export function isShippedData(path: string): boolean {
  return (
    shipped.test(path) && !/(^|\/)\.(github|vscode|idea|changeset)\//.test(path.replace(/^\.github\/actions\//, ""))
  );
}

/** Longest file parsed, and most values read. */
const textCharactersMax = 300_000;
const valuesMax = 5000;
const depthMax = 8;

/** @returns `null` when the text cannot be read */
export function dataSettings(path: string, text: string): Setting[] | null {
  if (text.length > textCharactersMax) return null;
  const value = parseData(path, text);
  if (value === null) return null;
  const lineOf = keyFinder(text);
  const settings: Setting[] = [];
  if (/^action\.ya?ml$/i.test(nameOf(path))) readAction(value, settings, lineOf);
  else collect(value, "", 0, settings, lineOf);
  return settings;
}

function parseData(path: string, text: string): unknown {
  const plain = text.replace(/^\uFEFF/, "");
  try {
    if (path.endsWith(".json")) return JSON.parse(plain);
    return path.endsWith(".toml") ? parseToml(plain) : parseYaml(plain);
  } catch {
    return null; // The caller names the file as not analysed.
  }
}

function parseYaml(text: string): unknown {
  if (isTangledYaml(text)) return null;
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0 || hasOddKeys(document.contents)) return null;
  // Aliases are left unread: a few of them can stand for more text than there is memory.
  return document.toJS({ maxAliasCount: 0 });
}

type LineOf = (key: string) => { line: number; text: string };

function collect(value: unknown, prefix: string, depth: number, found: Setting[], lineOf: LineOf): void {
  for (const [key, inner] of Object.entries(recordOf(value))) {
    if (found.length >= valuesMax || key.startsWith("$") || key.startsWith("//")) continue;
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const isTable = Object.keys(recordOf(inner)).length > 0;
    if (isTable && depth < depthMax) collect(inner, name, depth + 1, found, lineOf);
    else if (!/^(?:description|title|version|name|comment)$/i.test(key))
      found.push(aSetting({ kind: "option", name, scope: "data", default: jsonOf(inner), ...lineOf(key) }));
  }
}

/** @see https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax */
function readAction(value: unknown, found: Setting[], lineOf: LineOf): void {
  for (const [name, given] of Object.entries(recordOf(recordOf(value).inputs))) {
    const input = recordOf(given);
    const isRequired = input.required === true && input.default === undefined;
    found.push(
      aSetting({ kind: "option", name, scope: "inputs", isRequired, default: jsonOf(input.default), ...lineOf(name) }),
    );
  }
  for (const name of Object.keys(recordOf(recordOf(value).outputs)))
    found.push(aSetting({ kind: "option", name: `outputs.${name}`, scope: "outputs", ...lineOf(name) }));
}

function jsonOf(value: unknown): string | null {
  if (value === undefined) return null;
  try {
    return plainText(JSON.stringify(value) ?? "null");
  } catch {
    return null; // A cycle of anchors: no value that could be compared.
  }
}

/** The first line that names a key; good enough to point at. */
function keyFinder(text: string): LineOf {
  const lines = text.split("\n");
  const found = new Map<string, number>();
  for (const [at, line] of lines.entries()) {
    const key = /^\s*(?:-\s)?["']?([\w$@./-]{1,100})["']?\s*[:=]/.exec(line.slice(0, 300))?.[1];
    if (key !== undefined && !found.has(key)) found.set(key, at);
  }
  return (key) => {
    const at = found.get(key) ?? 0;
    return { line: at + 1, text: (lines[at] ?? "").trim().slice(0, 200) };
  };
}
