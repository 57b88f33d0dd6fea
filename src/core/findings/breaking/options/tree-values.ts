/** What nodes of a syntax tree say: where they stand, and the literals they are. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { plainText } from "./setting.ts";

/** The line of a node, from 1, and its text. */
export function placeOf(node: SyntaxNode): { line: number; text: string } {
  return { line: node.startPosition.row + 1, text: node.text.slice(0, 200).split("\n", 1)[0]?.trim() ?? "" };
}

export function childrenOf(node: SyntaxNode | null): SyntaxNode[] {
  return node === null ? [] : node.namedChildren.filter((child) => child !== null);
}

export function descendants(node: SyntaxNode, types: string | string[]): SyntaxNode[] {
  return node.descendantsOfType(types).filter((child) => child !== null);
}

/** The text of a string without its quotes; `null` for other nodes and strings with parts to fill in. */
export function stringValue(node: SyntaxNode | null): string | null {
  if (node === null || !/string/.test(node.type) || /interpolat|\bf["']/.test(node.type)) return null;
  if (descendants(node, ["interpolation"]).length > 0) return null;
  const text = node.text;
  const start = /^[a-zA-Z]{0,2}#{0,3}("""|'''|["'`])/.exec(text);
  if (start === null) return null;
  const quote = start[1] ?? '"';
  const end = text.lastIndexOf(quote);
  return end >= start[0].length ? text.slice(start[0].length, end) : null;
}

const literalTypes =
  /^(string|integer|float|true|false|none|null|nil|list|tuple|dictionary|unary_operator|int_literal|float_literal|interpreted_string_literal|raw_string_literal|string_literal|char_literal|boolean_literal|integer_literal|negative_literal|unary_expression|boolean|number|rune_literal|array_expression|concatenated_string)$/;

/** A value made of literals alone, as written; `null` for what is computed. */
export function literalValue(node: SyntaxNode | null): string | null {
  if (node === null || node.text.length > 300 || !literalTypes.test(node.type)) return null;
  const computed = [
    "call",
    "identifier",
    "attribute",
    "call_expression",
    "selector_expression",
    "interpolation",
    "macro_invocation",
  ];
  return descendants(node, computed).length > 0 ? null : plainText(node.text);
}
