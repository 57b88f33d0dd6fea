/** Flags, arguments and commands as JavaScript and TypeScript declare them, by the library's syntax. */

import { lineFinder } from "../../line-finder.ts";
import {
  bare,
  isNode,
  isTrue,
  literalOf,
  nameOf,
  nameOfCallee,
  nodesOf,
  propertiesOf,
  type ScriptNode,
  stringOf,
  stringsOf,
  visit,
} from "./script-tree.ts";
import { aSetting, dashed, kebab, longest, type Setting } from "./setting.ts";

/** What each call is read with. */
interface Reading {
  text: string;
  at: (offset: number) => { line: number; text: string };
}

/** Holds for texts that may declare a flag; looking is much cheaper than parsing. */
export function mayDeclareFlags(text: string): boolean {
  return /\.(?:option|options|requiredOption|positional|argument|command)\(|\b(?:meow|cli|defineCommand|parseArgs)\(|\bnew Option\(|\bstatic (?:flags|args)\b/.test(
    text,
  );
}

/** @returns in the order of the file */
export function scriptFlags(root: ScriptNode, text: string): Setting[] {
  const found: Setting[] = [];
  const reading: Reading = { text, at: lineFinder(text) };
  visit(root, (node) => {
    if (node.type === "CallExpression") found.push(...fromCall(node, reading));
    else if (node.type === "NewExpression" && nameOf(node.callee) === "Option")
      found.push(...fromOption(node, reading));
    else if (node.type === "PropertyDefinition" && node.static === true) found.push(...fromClass(node, reading));
  });
  return found;
}

function fromCall(call: ScriptNode, reading: Reading): Setting[] {
  const name = nameOfCallee(call);
  const [first, second] = nodesOf(call.arguments);
  if (name === null || first === undefined) return [];
  const isMethod = isNode(call.callee) && call.callee.type === "MemberExpression";
  switch (name) {
    case "option":
    case "requiredOption":
      return isMethod ? fromOption(call, reading) : [];
    case "options":
      return isMethod
        ? [...propertiesOf(first)].flatMap(([key, value]) => fromTable(key, value, reading, isYargs))
        : [];
    case "positional":
      return isMethod ? fromYargs(stringOf(first), second, call, "argument", reading) : [];
    case "argument":
    case "arguments":
      return isMethod ? argumentsIn(stringOf(first) ?? "", "", first, reading) : [];
    case "command":
      return isMethod ? fromCommand(first, reading) : [];
    case "meow":
    case "cli":
      return nodesOf(call.arguments).flatMap((argument) => flagsIn(argument, "flags", reading));
    case "defineCommand":
      return [...flagsIn(first, "args", reading), ...subcommandsIn(first, reading)];
    case "parseArgs":
      return flagsIn(first, "options", reading);
    default:
      return [];
  }
}

/** commander, cac, sade: `-o, --output <file>`; yargs: a name and an object. */
function fromOption(call: ScriptNode, reading: Reading): Setting[] {
  const [first, second, third, fourth] = nodesOf(call.arguments);
  const spec = stringOf(first);
  if (spec === null || first === undefined) return [];
  if (!spec.trimStart().startsWith("-")) return fromYargs(spec, second, call, "flag", reading);
  const names = spec.slice(0, 200).match(/(?<![\w<[-])--?[A-Za-z][\w-]*/g) ?? [];
  if (names.length === 0) return [];
  const settings = propertiesOf(third);
  const value = isFunction(third) ? fourth : settings.size > 0 ? settings.get("default") : third;
  const isRequired = nameOfCallee(call) === "requiredOption";
  return [
    aSetting({
      kind: "flag",
      name: longest(names),
      names: names.map((name) => name.replace(/^--no-/, "--")),
      isRequired,
      type: /[<[]/.test(spec) ? null : "boolean",
      default: literalOf(value, reading.text),
      choices: stringsOf(settings.get("choices")),
      ...reading.at(first.start),
    }),
  ];
}

function isFunction(value: unknown): boolean {
  const node = bare(value);
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression" || node?.type === "Identifier";
}

const yargsKeys = new Set([
  "type",
  "alias",
  "describe",
  "description",
  "desc",
  "default",
  "demandOption",
  "choices",
  "boolean",
  "array",
  "string",
  "number",
  "hidden",
  "group",
  "coerce",
  "requiresArg",
]);

function isYargs(keys: Iterable<string>): boolean {
  return [...keys].some((key) => yargsKeys.has(key));
}

function fromYargs(
  name: string | null,
  value: ScriptNode | undefined,
  call: ScriptNode,
  kind: "flag" | "argument",
  reading: Reading,
): Setting[] {
  const properties = propertiesOf(value);
  if (name === null || !/^[\w-]{1,80}$/.test(name) || !isYargs(properties.keys())) return [];
  const first = nodesOf(call.arguments)[0];
  return [fromProperties(kind, name, properties, first ?? call, reading)];
}

/** One entry of an object of flags. */
function fromTable(
  key: string,
  value: ScriptNode,
  reading: Reading,
  isFlag: (keys: Iterable<string>) => boolean,
): Setting[] {
  const properties = propertiesOf(value);
  if (!isFlag(properties.keys())) return [];
  const kind = stringOf(properties.get("type")) === "positional" ? "argument" : "flag";
  return [fromProperties(kind, key, properties, value, reading)];
}

function fromProperties(
  kind: "flag" | "argument",
  key: string,
  properties: Map<string, ScriptNode>,
  node: ScriptNode,
  { text, at }: Reading,
): Setting {
  const aliases = ["alias", "short", "shortFlag", "char", "aliases"].flatMap((field) => {
    const value = properties.get(field);
    return stringsOf(value) ?? [stringOf(value)].filter((one) => one !== null);
  });
  const names = kind === "argument" ? [key] : [key, ...aliases].map((name) => dashed(kebab(name)));
  const demanded = ["demandOption", "required", "isRequired", "demand"].some((field) => isTrue(properties.get(field)));
  const line = at(node.start);
  return aSetting({
    kind,
    name: longest(names),
    names,
    isRequired: demanded,
    type: stringOf(properties.get("type")),
    default: literalOf(properties.get("default"), text),
    choices: stringsOf(properties.get("choices") ?? properties.get("options")),
    isHidden: isTrue(properties.get("hidden")),
    ...line,
  });
}

function flagsIn(value: unknown, field: string, reading: Reading): Setting[] {
  const table = propertiesOf(propertiesOf(value).get(field));
  return [...table].flatMap(([key, entry]) => fromTable(key, entry, reading, isYargs));
}

/** citty: `subCommands: { build: … }`. */
function subcommandsIn(value: unknown, { at }: Reading): Setting[] {
  const table = propertiesOf(propertiesOf(value).get("subCommands"));
  return [...table].map(([name, entry]) => aSetting({ kind: "command", name, ...at(entry.start) }));
}

/** `build <entry> [out]`; yargs also takes an array of names, or an object. */
function fromCommand(first: ScriptNode, reading: Reading): Setting[] {
  const properties = propertiesOf(first);
  const spec = stringOf(first) ?? stringsOf(first)?.[0] ?? stringOf(properties.get("command"));
  if (spec === null || spec === undefined) return [];
  const name = /^[a-z][\w:-]{0,60}/i.exec(spec.trim())?.[0];
  if (name === undefined) return [];
  const names = [name, ...(stringsOf(first)?.slice(1) ?? stringsOf(properties.get("aliases")) ?? [])];
  return [
    aSetting({ kind: "command", name, names, ...reading.at(first.start) }),
    ...argumentsIn(spec, name, first, reading),
  ];
}

/** `<required>` and `[optional]`. */
function argumentsIn(spec: string, scope: string, node: ScriptNode, { at }: Reading): Setting[] {
  const found = [...spec.slice(0, 300).matchAll(/([<[])(?:\.\.)?([\w-]{1,60})/g)];
  return found.map(([, bracket, name = ""]) =>
    aSetting({ kind: "argument", name: name.toLowerCase(), scope, isRequired: bracket === "<", ...at(node.start) }),
  );
}

/** oclif: `static flags = { output: Flags.string({ … }) }`. */
function fromClass(property: ScriptNode, reading: Reading): Setting[] {
  const field = nameOf(property.key);
  if (field !== "flags" && field !== "args") return [];
  return [...propertiesOf(property.value)].flatMap(([key, value]) => {
    const call = bare(value);
    if (call?.type !== "CallExpression") return [];
    const properties = propertiesOf(nodesOf(call.arguments)[0]);
    return [fromProperties(field === "flags" ? "flag" : "argument", key, properties, call, reading)];
  });
}
