/** What is gathered while a Rust file is read. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSymbol, normalised } from "../api/api-surface.ts";
import { type RustAttributes, readAttributes } from "./rust-attributes.ts";
import type { RustUse } from "./rust-use.ts";

export interface Reading {
  path: string;
  lines: readonly string[];
  symbols: Map<string, ApiSymbol>;
  hidden: Set<string>;
  modules: Map<string, RustModule>;
}

/** One module of a file: the file itself, or a `mod name { … }` in it. */
export interface RustModule {
  /** Own items and whether they are `pub`; without those handed on by `use`. */
  names: Map<string, boolean>;
  children: Map<string, { isPublic: boolean; isInline: boolean; isUnpromised: boolean; path: string | null }>;
  uses: RustUse[];
  /** Text of macros called between items: they may declare anything. */
  macros: string;
}

/** Items with the attributes that stand before them. */
export function* itemsOf(container: SyntaxNode): Iterable<{ node: SyntaxNode; attributes: RustAttributes }> {
  let before: SyntaxNode[] = [];
  for (const node of container.namedChildren) {
    if (node.type === "attribute_item") before.push(node);
    else if (node.type !== "line_comment" && node.type !== "block_comment") {
      yield { node, attributes: readAttributes(before) };
      before = [];
    }
  }
}

/** The same name under different conditions (`#[cfg]`) is one symbol that can be used in several ways. */
export function addSymbol(symbol: ApiSymbol, { symbols }: Reading): void {
  const known = symbols.get(symbol.id);
  if (!known) symbols.set(symbol.id, symbol);
  else {
    const signatures = [...known.signatures, ...symbol.signatures];
    symbols.set(symbol.id, { ...known, signatures, marks: [...new Set([...known.marks, ...symbol.marks])] });
  }
}

export function idOf(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}::${name}`;
}

export function placeOf(node: SyntaxNode, { path, lines }: Pick<Reading, "path" | "lines">) {
  const row = node.startPosition.row;
  return { path, line: row + 1, text: normalised(lines[row] ?? "") };
}
