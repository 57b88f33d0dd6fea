/** Options of a configuration as JavaScript and TypeScript declare them: tables, types, schemas and objects of defaults. */

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
import { aSetting, plainText, type Setting } from "./setting.ts";

interface Reading {
  path: string;
  text: string;
  at: (offset: number) => { line: number; text: string };
}

const optionsName = /(?:options?|config(?:uration)?|settings?|opts|preferences)$/i;
const defaultsName = /^default|defaults?(?:options|config|settings)?$|presets?$/i;
const configPath =
  /(?:^|[/._-])(?:options?|config(?:uration)?s?|settings?|definitions?|defaults?|presets?)(?:[/._-]|$)/i;

/** Depth of nested objects and types that are read. */
const depthMax = 4;

/** A type that is exported, and named as options are. */
const optionsType =
  /\bexport\s{1,5}(?:(?:declare|default)\s{1,5})?(?:interface|type)\s{1,5}[\w$]{0,80}(?:options?|config(?:uration)?|settings?|opts|preferences)\b/i;
/** A variable named as options or defaults are, an annotation without signs that could be its value, and how that begins. */
const variable =
  /\b(?:const|let|var)\s{1,5}(\w{0,80}(?:options?|config(?:uration)?|settings?|opts|preferences|defaults?|presets?)(?:schema)?|default\w{1,80})\b\s{0,5}(?::[\w\s$.,<>[\]|"']{1,200})?(=?)\s{0,50}(await\b|.?)/gi;
const schemaOrFrozen = /\b(?:object|strictObject|looseObject|freeze)\b/;

/** Holds for texts that may declare an option; looking is much cheaper than parsing. */
export function mayDeclareOptions(text: string, path: string): boolean {
  if (configPath.test(path) || optionsType.test(text)) return true;
  for (const [, name = "", sign = "", begin = ""] of text.matchAll(variable)) {
    if (begin === "await") continue;
    if (defaultsName.test(name) || /schema$/i.test(name)) return true;
    // Options are a table, or what a schema builds; most of what bears such a name is what somebody was handed.
    if (/[[(</]/.test(begin) || (sign === "" && begin === "{") || schemaOrFrozen.test(text)) return true;
  }
  return false;
}

/** @returns in the order of the file */
export function scriptOptions(root: ScriptNode, text: string, path: string): Setting[] {
  const found: Setting[] = [];
  const reading: Reading = { path, text, at: lineFinder(text) };
  visit(root, (node, parent) => {
    const isExported = parent?.type === "ExportNamedDeclaration" || parent?.type === "ExportDefaultDeclaration";
    if (node.type === "TSInterfaceDeclaration") found.push(...(isExported ? fromType(node, node.body, reading) : []));
    else if (node.type === "TSTypeAliasDeclaration")
      found.push(...(isExported ? fromType(node, node.typeAnnotation, reading) : []));
    else if (node.type === "VariableDeclarator") found.push(...fromVariable(node, reading));
    else if (node.type === "ExportDefaultDeclaration" && defaultsName.test(stemOf(path)))
      found.push(...leaves(node.declaration, "", "default", reading, 0));
  });
  return found;
}

function stemOf(path: string): string {
  return (path.slice(path.lastIndexOf("/") + 1).split(".", 1)[0] ?? "").slice(0, 100);
}

function fromVariable(node: ScriptNode, reading: Reading): Setting[] {
  const name = nameOf(node.id);
  const value = bare(node.init);
  if (name === null || value === null) return [];
  if (value.type === "ArrayExpression") {
    return optionsName.test(name) || configPath.test(reading.path) ? fromTable(value, reading) : [];
  }
  if (value.type === "CallExpression")
    return optionsName.test(name.replace(/schema$/i, "")) ? fromSchema(value, name, "", reading, 0) : [];
  if (value.type === "ObjectExpression") return defaultsName.test(name) ? leaves(value, "", name, reading, 0) : [];
  const literal = /^default/i.test(name) && name.length > 8 ? literalOf(value, reading.text) : null;
  if (literal === null) return [];
  return [
    aSetting({ kind: "option", name, scope: "const", default: literal, isConstant: true, ...reading.at(node.start) }),
  ];
}

const tableKeys = [
  "type",
  "default",
  "defaultValue",
  "description",
  "describe",
  "required",
  "allowedValues",
  "choices",
  "cli",
  "env",
  "stage",
];

/** `[{ name: "retries", type: "integer", default: 3 }, …]`. */
function fromTable(table: ScriptNode, { text, at }: Reading): Setting[] {
  const found: Setting[] = [];
  for (const element of nodesOf(table.elements)) {
    const properties = propertiesOf(element);
    const name = stringOf(properties.get("name") ?? properties.get("key"));
    if (name === null || tableKeys.filter((key) => properties.has(key)).length < 2) continue;
    const key = properties.get("name") ?? properties.get("key") ?? element;
    found.push(
      aSetting({
        kind: "option",
        name,
        scope: "options",
        isRequired: isTrue(properties.get("required")),
        type: stringOf(properties.get("type")),
        default: literalOf(properties.get("default") ?? properties.get("defaultValue"), text),
        choices: stringsOf(properties.get("allowedValues") ?? properties.get("choices")),
        ...at(key.start),
      }),
    );
  }
  return found;
}

/** The values of an object of defaults or presets, by their path: `retry.limit`. */
function leaves(value: unknown, prefix: string, scope: string, reading: Reading, depth: number): Setting[] {
  const found: Setting[] = [];
  for (const [key, inner] of propertiesOf(value)) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const node = bare(inner);
    const isPreset = /presets?$/i.test(scope) || /(?:^|[/._-])presets?[/._-]/.test(reading.path);
    if (node?.type === "ObjectExpression" && depth < (isPreset ? 0 : depthMax) && propertiesOf(node).size > 0) {
      found.push(...leaves(node, name, scope, reading, depth + 1));
      continue;
    }
    const line = reading.at(inner.start);
    found.push(aSetting({ kind: "option", name, scope, default: literalOf(inner, reading.text), ...line }));
  }
  return found;
}

function fromType(declaration: ScriptNode, body: unknown, reading: Reading): Setting[] {
  const name = nameOf(declaration.id);
  if (name === null || !optionsName.test(name) || /^(?:Resolved|Internal|Normalized|Parsed)/.test(name)) return [];
  const found = members(body, "", name, reading, 0);
  // Where most have to be there, the type is what is left when defaults were filled in.
  const isResolved = found.filter(({ isRequired }) => isRequired).length * 2 > found.length;
  return isResolved ? found.map((setting) => ({ ...setting, isRequired: null })) : found;
}

function members(body: unknown, prefix: string, scope: string, reading: Reading, depth: number): Setting[] {
  if (!isNode(body)) return [];
  const found: Setting[] = [];
  if (body.type === "TSIntersectionType")
    return nodesOf(body.types).flatMap((type) => members(type, prefix, scope, reading, depth));
  for (const member of nodesOf(body.type === "TSInterfaceBody" ? body.body : body.members)) {
    const key = member.type === "TSPropertySignature" ? nameOf(member.key) : null;
    if (key === null || member.computed === true) continue;
    const annotation = isNode(member.typeAnnotation) ? member.typeAnnotation.typeAnnotation : null;
    const type = isNode(annotation) ? annotation : null;
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const isNested = type?.type === "TSTypeLiteral";
    const isHidden = /@(?:internal|private|hidden)\b/.test(
      reading.text.slice(Math.max(0, member.start - 200), member.start),
    );
    found.push(
      aSetting({
        kind: "option",
        name,
        scope,
        isRequired: member.optional !== true,
        type: type === null || isNested ? null : plainText(reading.text.slice(type.start, type.end)),
        choices: type === null ? null : literalsOf(type),
        isHidden,
        ...reading.at(member.start),
      }),
    );
    if (isNested && depth < depthMax) found.push(...members(type, name, scope, reading, depth + 1));
  }
  return found;
}

/** The strings of a union of strings. */
function literalsOf(type: ScriptNode): string[] | null {
  if (type.type !== "TSUnionType") return null;
  const texts = nodesOf(type.types).map((member) =>
    member.type === "TSLiteralType" ? stringOf(member.literal) : null,
  );
  return texts.every((text) => text !== null) ? texts : null;
}

/** zod and its like: `z.object({ retries: z.number().default(3) })`. */
function fromSchema(call: ScriptNode, scope: string, prefix: string, reading: Reading, depth: number): Setting[] {
  const { root, names } = chainOf(call);
  if (root === null || !/^(?:object|strictObject|looseObject)$/.test(names[0] ?? "") || depth > depthMax) return [];
  const found: Setting[] = [];
  for (const [key, value] of propertiesOf(nodesOf(root.arguments)[0])) {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const node = bare(value);
    if (node?.type !== "CallExpression") continue;
    const chain = chainOf(node);
    const isOptional = chain.names.some((one) => /^(?:optional|nullish|default|catch|prefault)$/.test(one));
    const first = chain.root === null ? undefined : nodesOf(chain.root.arguments)[0];
    found.push(
      aSetting({
        kind: "option",
        name,
        scope,
        isRequired: !isOptional,
        type: chain.names[0] ?? null,
        default: literalOf(chain.defaultValue, reading.text),
        choices: chain.names[0] === "enum" ? stringsOf(first) : null,
        ...reading.at(node.start),
      }),
      ...fromSchema(node, scope, name, reading, depth + 1),
    );
  }
  return found;
}

/** `z.string().min(1).default("a")` → the innermost call, the names called from there outwards, and what `default` was given. */
function chainOf(call: ScriptNode): { root: ScriptNode | null; names: string[]; defaultValue: ScriptNode | null } {
  const names: string[] = [];
  let root: ScriptNode | null = null;
  let defaultValue: ScriptNode | null = null;
  let node: ScriptNode | null = call;
  for (let depth = 0; node !== null && node.type === "CallExpression" && depth < 30; depth++) {
    const name = nameOfCallee(node);
    if (name === null) break;
    names.unshift(name);
    root = node;
    if (name === "default") defaultValue = nodesOf(node.arguments)[0] ?? null;
    const callee = bare(node.callee);
    node = callee?.type === "MemberExpression" ? bare(callee.object) : null;
  }
  return { root, names, defaultValue };
}
