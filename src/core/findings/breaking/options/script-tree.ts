/** Reads JavaScript and TypeScript as syntax trees, and what their literals say. */

import { parseModule } from "../javascript/parse-module.ts";
import { plainText } from "./setting.ts";

/** A node of the ESTree that the parser hands over; only what is looked at is known. */
export interface ScriptNode {
  type: string;
  /** Offsets in the text. */
  start: number;
  end: number;
  [field: string]: unknown;
}

/** @returns `null` when the text cannot be parsed or is too long */
export function readScript(path: string, text: string): ScriptNode | null {
  const parsed = parseModule(path, text);
  return parsed === null ? null : { type: "Program", start: 0, end: text.length, body: parsed.body };
}

/** Nodes visited per file: minified and generated code has more. */
const nodesMax = 300_000;

/** Visits every node, outermost first. */
export function visit(root: ScriptNode, see: (node: ScriptNode, parent: ScriptNode | null) => void): void {
  const open: (ScriptNode | null)[] = [null, root];
  for (let count = 0, node = open.pop(); node && count < nodesMax; count++, node = open.pop()) {
    see(node, open.pop() ?? null);
    const values = Object.values(node);
    for (let at = values.length - 1; at >= 0; at--) {
      const value = values[at];
      if (!Array.isArray(value)) {
        if (isNode(value)) open.push(node, value);
        continue;
      }
      for (let item = value.length - 1; item >= 0; item--) if (isNode(value[item])) open.push(node, value[item]);
    }
  }
}

export function isNode(value: unknown): value is ScriptNode {
  return isRecord(value) && typeof value.type === "string" && typeof value.start === "number";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function nodesOf(value: unknown): ScriptNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** Without `as const`, `satisfies X`, brackets and `Object.freeze(…)` around it. */
export function bare(value: unknown): ScriptNode | null {
  let node = isNode(value) ? value : null;
  for (let depth = 0; node !== null && depth < 10; depth++) {
    if (
      /^(TSAsExpression|TSSatisfiesExpression|TSNonNullExpression|ParenthesizedExpression|TSTypeAssertion)$/.test(
        node.type,
      )
    )
      node = isNode(node.expression) ? node.expression : null;
    else if (node.type === "CallExpression" && nameOfCallee(node) === "freeze")
      node = nodesOf(node.arguments)[0] ?? null;
    else return node;
  }
  return node;
}

/** The last name of what is called: `yargs.option(…)` → `option`, `meow(…)` → `meow`. */
export function nameOfCallee(call: ScriptNode): string | null {
  const callee = call.callee;
  if (!isNode(callee)) return null;
  if (callee.type === "Identifier") return nameOf(callee);
  return callee.type === "MemberExpression" ? nameOf(callee.property) : null;
}

/** The name of an identifier, or the text of a string. */
export function nameOf(value: unknown): string | null {
  if (!isNode(value)) return null;
  if (value.type === "Identifier" && typeof value.name === "string") return value.name;
  return stringOf(value);
}

/** The text of a string or of a template without parts. */
export function stringOf(value: unknown): string | null {
  const node = bare(value);
  if (node === null) return null;
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || nodesOf(node.expressions).length > 0) return null;
  const quasi = nodesOf(node.quasis)[0]?.value;
  return isRecord(quasi) && typeof quasi.cooked === "string" ? quasi.cooked : null;
}

/** Properties of an object by name; spreads, methods and computed names are left out. */
export function propertiesOf(value: unknown): Map<string, ScriptNode> {
  const found = new Map<string, ScriptNode>();
  const node = bare(value);
  if (node?.type !== "ObjectExpression") return found;
  for (const property of nodesOf(node.properties)) {
    if (property.type !== "Property" || property.computed === true || property.method === true) continue;
    const name = nameOf(property.key);
    if (name !== null && isNode(property.value)) found.set(name, property.value);
  }
  return found;
}

/** The texts of an array of strings; `null` where it holds anything else. */
export function stringsOf(value: unknown): string[] | null {
  const node = bare(value);
  if (node?.type !== "ArrayExpression") return null;
  const texts = nodesOf(node.elements).map(stringOf);
  return texts.every((text) => text !== null) ? texts : null;
}

export function isTrue(value: unknown): boolean {
  const node = bare(value);
  return node?.type === "Literal" && node.value === true;
}

/** A value made of literals alone, as written but with the keys of objects in order; `null` for what is computed. */
export function literalOf(value: unknown, text: string): string | null {
  return canonical(value, text, 0)?.slice(0, 1000) ?? null;
}

function canonical(value: unknown, text: string, depth: number): string | null {
  const node = bare(value);
  if (node === null || depth > 6) return null;
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
      return nodesOf(node.expressions).length > 0 ? null : plainText(text.slice(node.start, node.end));
    case "Identifier":
      return node.name === "undefined" || node.name === "Infinity" ? String(node.name) : null;
    case "UnaryExpression":
    case "BinaryExpression": {
      const sides = [node.argument, node.left, node.right].filter(isNode);
      const isLiteral = sides.every((side) => canonical(side, text, depth + 1) !== null);
      return isLiteral ? plainText(text.slice(node.start, node.end)) : null;
    }
    case "ArrayExpression": {
      const items = nodesOf(node.elements).map((item) => canonical(item, text, depth + 1));
      return items.includes(null) ? null : `[${items.join(", ")}]`;
    }
    case "ObjectExpression": {
      const properties = [...propertiesOf(node)].filter(([key]) => key !== "description");
      const entries = properties.map(([key, inner]) => [key, canonical(inner, text, depth + 1)] as const);
      const isWhole = nodesOf(node.properties).length === propertiesOf(node).size;
      if (!isWhole || entries.some(([, inner]) => inner === null)) return null;
      const sorted = entries.map(([key, inner]) => `${key}: ${inner}`).sort();
      return `{${sorted.join(", ")}}`;
    }
    default:
      return null;
  }
}
