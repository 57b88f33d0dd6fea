/** Reads an expression as a value: what it is, and what a text is made of. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import type { Dialect, Part } from "./dialect.ts";
import { hole, oneLine, sourceCharactersMax, type Value, type ValueKind } from "./facts.ts";

/** Wrappers and joined texts looked through; more stand only in nonsense. */
const depthMax = 30;

/** Functions whose first argument, or receiver, is a text with places for the others. */
const formatter =
  /(?:^|\.)(?:[sS]?printf|format|Format|formatted|Sprintf|Errorf|Sprint|concat!?|format!|query_builder)$/;
const places = /%(?:\(\w{1,40}\))?[-+0-9.$]{0,8}[svqr@]|\{[^{}\n]{0,60}\}/g;
/** Parts of a text's node that are text themselves. */
const literalPart = /(?:_start|_end|_content|_fragment|_quote|_delimiter)$|^escape|^interpolation_/;

export function partOf(node: SyntaxNode, part: Part): SyntaxNode | null {
  if (typeof part === "string") return node.childForFieldName(part);
  return node.namedChild(part < 0 ? node.namedChildCount + part : part);
}

/** @param key the keyword where it is a named argument */
export function readValue(node: SyntaxNode | null, dialect: Dialect, key: string | null = null): Value {
  const inner = node === null ? null : unwrap(node, dialect);
  if (inner === null) return { kind: "other", source: "", literal: null, holes: [], key };
  const source = oneLine(inner.text);
  const built = readText(inner, dialect, 0);
  if (built !== null) {
    const kind = built.holes.length > 0 ? "built" : "text";
    return { kind, source, literal: built.literal.slice(0, 4 * sourceCharactersMax), holes: built.holes, key };
  }
  const kind = kindOf(inner, dialect, source);
  const isWord = kind === "number" || kind === "name" || kind === "true" || kind === "false";
  return { kind, source, literal: isWord ? source : null, holes: [], key };
}

export function unwrap(node: SyntaxNode, dialect: Dialect): SyntaxNode {
  let inner = node;
  for (let depth = 0; depth < depthMax; depth++) {
    const isReference = inner.type === "unary_expression" && inner.child(0)?.type === "&";
    if (!isReference && !dialect.wrappers.includes(inner.type)) return inner;
    // A type written behind or before the value is no part of it.
    const first = /^(?:as|satisfies)_/.test(inner.type) ? 0 : inner.namedChildCount - 1;
    if (inner.type === "expression_list" && inner.namedChildCount > 1) return inner;
    const child = inner.namedChild(first);
    if (child === null) return inner;
    inner = child;
  }
  return inner;
}

function kindOf(node: SyntaxNode, dialect: Dialect, source: string): ValueKind {
  if (Object.hasOwn(dialect.values, node.type)) {
    const kind = dialect.values[node.type] ?? null;
    return kind ?? (source.toLowerCase() === "true" ? "true" : "false");
  }
  if (dialect.functions.includes(node.type)) return "function";
  const shape = Object.hasOwn(dialect.shapes, node.type) ? dialect.shapes[node.type] : undefined;
  return shape?.is === "call" ? "call" : "other";
}

export interface BuiltText {
  literal: string;
  holes: string[];
}

/** @returns `null` for what is no text */
export function readText(node: SyntaxNode, dialect: Dialect, depth: number): BuiltText | null {
  if (depth > depthMax) return null;
  if (dialect.texts.includes(node.type)) return readLiteral(node);
  const signs = Object.hasOwn(dialect.joins, node.type) ? dialect.joins[node.type] : undefined;
  if (signs !== undefined) return readJoined(node, dialect, signs, depth);
  const shape = Object.hasOwn(dialect.shapes, node.type) ? dialect.shapes[node.type] : undefined;
  return shape?.is === "call" ? readFormatted(node, dialect, depth) : null;
}

function readLiteral(node: SyntaxNode): BuiltText {
  const text = node.text;
  const start = node.startIndex;
  const holes: string[] = [];
  let literal = "";
  let at = 0;
  for (const child of node.namedChildren) {
    if (child === null || literalPart.test(child.type)) continue;
    literal += text.slice(at, child.startIndex - start) + hole;
    at = child.endIndex - start;
    holes.push(oneLine(child.text.replace(/^[#$]?\{|\}$/g, "")));
  }
  literal += text.slice(at);
  return { literal: literal.replace(/^[@$a-zA-Z]{0,3}#{0,3}(?:"""|'''|["'`:])|(?:"""|'''|["'`])#{0,3}$/g, ""), holes };
}

/** The left side of a long chain of signs is its depth, so it is followed in a loop. */
function readJoined(node: SyntaxNode, dialect: Dialect, signs: readonly string[], depth: number): BuiltText | null {
  const parts: SyntaxNode[] = [];
  let left: SyntaxNode | null = node;
  let isFormat = false;
  for (let steps = 0; left !== null && left.type === node.type && steps < 500; steps++) {
    if (signs.length === 0) {
      parts.unshift(...left.namedChildren.filter((child) => child !== null));
      break;
    }
    const sign = left.child(1)?.type ?? "";
    if (!signs.includes(sign)) break;
    isFormat ||= sign === "%";
    const right = left.namedChild(left.namedChildCount - 1);
    if (right !== null) parts.unshift(right);
    const next: SyntaxNode | null = left.namedChild(0);
    if (next !== null && next.type !== node.type) parts.unshift(next);
    left = next;
  }
  return joined(parts, dialect, isFormat, depth);
}

function joined(parts: readonly SyntaxNode[], dialect: Dialect, isFormat: boolean, depth: number): BuiltText | null {
  const read = parts.map((part) => ({ part, text: readText(unwrap(part, dialect), dialect, depth + 1) }));
  if (!read.some(({ text }) => text !== null)) return null;
  if (isFormat) {
    const [template, ...rest] = read;
    if (template?.text)
      return filled(
        template.text,
        rest.map(({ part }) => oneLine(part.text)),
      );
  }
  return {
    literal: read.map(({ text }) => text?.literal ?? hole).join(""),
    holes: read.flatMap(({ part, text }) => text?.holes ?? [oneLine(part.text)]),
  };
}

function readFormatted(node: SyntaxNode, dialect: Dialect, depth: number): BuiltText | null {
  const shape = dialect.shapes[node.type];
  if (shape?.is !== "call") return null;
  const callee = partOf(node, shape.callee.at(-1) ?? 0);
  if (callee === null || !formatter.test(callee.text.slice(-60).replace(/^.*[\n)\]"'`]/s, ""))) return null;
  const args = argumentsOf(node, shape.args);
  // `"…".format(a)`: the text is what the function is called on.
  const receiver = shape.callee.length > 1 ? partOf(node, shape.callee[0] ?? 0) : callee.namedChild(0);
  const onReceiver = receiver === null ? null : readText(unwrap(receiver, dialect), dialect, depth + 1);
  const [first, ...rest] = args;
  if (onReceiver !== null)
    return filled(
      onReceiver,
      args.map((arg) => oneLine(arg.text)),
    );
  const template = first ? readText(unwrap(first, dialect), dialect, depth + 1) : null;
  return template === null
    ? null
    : filled(
        template,
        rest.map((arg) => oneLine(arg.text)),
      );
}

function filled(template: BuiltText, values: string[]): BuiltText {
  const literal = template.literal.replaceAll(places, hole);
  const isFilled = literal !== template.literal;
  return { literal, holes: [...template.holes, ...(isFilled ? (values.length > 0 ? values : ["…"]) : [])] };
}

export function argumentsOf(node: SyntaxNode, args: Part | undefined): SyntaxNode[] {
  const list = args === undefined ? null : partOf(node, args);
  return list === null ? [] : list.namedChildren.filter((child) => child !== null);
}
