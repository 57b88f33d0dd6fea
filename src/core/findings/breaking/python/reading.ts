/** What the readers of Python modules and classes share. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSymbol, normalised } from "../api/api-surface.ts";

/** What is gathered on the way through a file. */
export interface Reading {
  path: string;
  lines: readonly string[];
  symbols: Map<string, ApiSymbol>;
  /** Of classes, by id: as written, without type arguments. */
  bases: Map<string, readonly string[]>;
}

export function lineAt({ lines }: Reading, line: number): string {
  return (lines[line - 1] ?? "").trim().slice(0, 300);
}

/** A function or class without its body, on one line. */
export function headOf(definition: SyntaxNode): string {
  const body = definition.childForFieldName("body");
  return normalised(definition.text.slice(0, body === null ? 300 : body.startIndex - definition.startIndex));
}

/** Blocks of `if`, `try` and `with`, whose names are those of the module; what runs only as a script is left out. */
export function branchesOf(statement: SyntaxNode): SyntaxNode[] {
  if (!/^(if|try|with)_statement$/.test(statement.type)) return [];
  if (statement.type === "if_statement" && statement.childForFieldName("condition")?.text.startsWith("__name__"))
    return [];
  return statement.namedChildren.flatMap((child) => {
    if (child === null) return [];
    if (child.type === "block") return [child];
    return /_clause$/.test(child.type) ? child.namedChildren.filter((inner) => inner?.type === "block") : [];
  });
}

/** Names that an assignment binds: `a`, `a, b`. */
export function namesIn(left: SyntaxNode | null): string[] {
  if (left === null) return [];
  if (left.type === "identifier") return [left.text];
  if (left.type !== "pattern_list" && left.type !== "tuple_pattern") return [];
  return left.namedChildren.flatMap((child) => (child?.type === "identifier" ? [child.text] : []));
}

const literals = new Set([
  "string",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "unary_operator",
  "concatenated_string",
]);

/** @returns `null` for what is computed */
export function literalOf(node: SyntaxNode | null): string | null {
  return node !== null && literals.has(node.type) ? normalised(node.text) : null;
}
