/** Collects the symbols of one module while its tree is read. */

import type { Node, Span } from "oxc-parser";
import { detached, lineFinder } from "../../line-finder.ts";
import { type ApiSymbol, aSymbol } from "../api/api-surface.ts";

/** Symbols beyond this many are data, not an interface. */
const symbolsMax = 5_000;

export interface SymbolWriter {
  symbols: Map<string, ApiSymbol>;
  hidden: Set<string>;
  /** Names of types met since it was emptied last. */
  met: Set<string>;
  /** Names of types that callers give values of. */
  given: Set<string>;
  /** What is added now can be named by nobody; see ApiSymbol. */
  isNameless: boolean;
  add(at: Span, symbol: Pick<ApiSymbol, "id" | "kind"> & Partial<ApiSymbol>): void;
  /** Text of a type on one line without comments; remembers the names in it. */
  typeText(node: Node | null | undefined): string | null;
  /** Text of an expression on one line without comments. */
  valueText(node: Span): string;
  /** The comment before a thing carries one of these tags. */
  hasTag(start: number, tag: RegExp): boolean;
}

export function symbolWriter(path: string, text: string): SymbolWriter {
  const lineAt = lineFinder(text);
  const writer: SymbolWriter = {
    symbols: new Map(),
    hidden: new Set(),
    met: new Set(),
    given: new Set(),
    isNameless: false,
    add: (at, symbol) => {
      const known = writer.symbols.get(symbol.id);
      if (known) {
        // Overloads and merged declarations are one thing.
        const signatures = [...known.signatures, ...(symbol.signatures ?? [])];
        const bases = [...known.bases, ...(symbol.bases ?? [])];
        // A namespace beside a class or a function of its name only adds to it, whichever stands first.
        const { line, text: shown } = known;
        const first = known.kind === "module" ? aSymbol({ ...known, ...symbol, line, text: shown }) : known;
        writer.symbols.set(symbol.id, { ...first, signatures, bases });
      } else if (writer.symbols.size < symbolsMax) {
        // Members are named by whoever holds the thing.
        const isNameless = writer.isNameless && (symbol.owner ?? null) === null;
        writer.symbols.set(symbol.id, aSymbol({ isNameless, ...symbol, path, ...lineAt(at.start) }));
      }
    },
    typeText: (node) => {
      if (!node) return null;
      collectNames(node, writer.met, 0);
      return onOneLine(text.slice(node.start, node.end));
    },
    valueText: (node) => onOneLine(text.slice(node.start, node.end)),
    hasTag: (start, tag) => {
      const before = text.slice(Math.max(0, start - 4000), start).trimEnd();
      if (!before.endsWith("*/")) return false;
      return tag.test(before.slice(Math.max(0, before.lastIndexOf("/*"))));
    },
  };
  return writer;
}

/** Longest type or value kept; longer ones are not compared. */
export const typeCharactersMax = 1_000;

/** White space and comments become one space; texts in quotes stay. */
function onOneLine(text: string): string {
  const parts: string[] = [];
  const token = /\/\/[^\n]*|\/\*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`|\s+|[^\s/"'`]+|\//gy;
  const shown = text.slice(0, typeCharactersMax * 4);
  for (let match = token.exec(shown); match !== null; match = token.exec(shown)) {
    const [piece] = match;
    if (piece === "/*") {
      const end = shown.indexOf("*/", token.lastIndex);
      token.lastIndex = end === -1 ? shown.length : end + 2;
      parts.push(" ");
    } else if (piece === "`") {
      const end = shown.indexOf("`", token.lastIndex);
      const after = end === -1 ? shown.length : end + 1;
      parts.push(shown.slice(match.index, after));
      token.lastIndex = after;
    } else parts.push(piece.startsWith("//") || piece.trim() === "" ? " " : piece);
  }
  return detached(parts.join("").replace(/ +/g, " ").trim().slice(0, typeCharactersMax));
}

/** Depth of types looked into. */
const depthMax = 60;

function collectNames(node: Node, met: Set<string>, depth: number): void {
  if (depth > depthMax) return;
  if (node.type === "TSTypeReference" || node.type === "TSTypeQuery") {
    let name: { type: string } = node.type === "TSTypeReference" ? node.typeName : node.exprName;
    while (name.type === "TSQualifiedName") name = (name as unknown as { left: { type: string } }).left;
    if (name.type === "Identifier") met.add((name as unknown as { name: string }).name);
  }
  for (const value of Object.values(node)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (isNode(one)) collectNames(one, met, depth + 1);
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
