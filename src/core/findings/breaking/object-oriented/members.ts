/** Gathers what the types of a file offer, in languages of classes and packages. */

import type { SyntaxNode } from "../../syntax/read-tree.ts";
import { type ApiSurface, type ApiSymbol, aSymbol, normalised } from "../api/api-surface.ts";

export interface Members {
  /** Adds a symbol, or one more way to call it. */
  add(node: SyntaxNode, symbol: Pick<ApiSymbol, "id" | "kind"> & Partial<ApiSymbol>): void;
  hide(id: string): void;
  surface(isWhole: boolean): ApiSurface;
}

export function gatherMembers(path: string, text: string): Members {
  const lines = text.split(/\r?\n/);
  const symbols = new Map<string, ApiSymbol>();
  const hidden = new Set<string>();
  return {
    add(node, symbol) {
      // The line of the name: annotations may fill lines above.
      const row = (node.childForFieldName("name") ?? node).startPosition.row;
      const made = aSymbol({ path, line: row + 1, text: normalised(lines[row] ?? ""), ...symbol });
      const known = symbols.get(symbol.id);
      if (!known) symbols.set(symbol.id, made);
      else symbols.set(symbol.id, bothOf(known, made));
    },
    hide: (id) => void hidden.add(id),
    surface(isWhole) {
      for (const id of symbols.keys()) hidden.delete(id);
      return { symbols, hidden, isWhole };
    },
  };
}

/** Overloads of a method, parts of a class. */
function bothOf(known: ApiSymbol, one: ApiSymbol): ApiSymbol {
  return {
    ...known,
    signatures: [...known.signatures, ...one.signatures],
    marks: [...new Set([...known.marks, ...one.marks])],
    bases: [...new Set([...known.bases, ...one.bases])],
    isAbstract: known.isAbstract || one.isAbstract,
  };
}

export function joinId(owner: string | null, name: string): string {
  return owner === null || owner === "" ? name : `${owner}.${name}`;
}

/** The name of a base class or interface without package and type arguments. */
export function erased(text: string): string {
  const bare = normalised(text).replace(/<.*$/, "");
  return bare.slice(bare.lastIndexOf(".") + 1).trim();
}
