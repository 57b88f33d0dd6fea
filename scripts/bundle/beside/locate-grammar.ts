/** Stands in a bundle for `src/core/findings/syntax/locate-grammar.ts`: grammars, and what runs them, lie beside the bundle. */

import { basename, join } from "node:path";

export function locateGrammar(specifier: string): string {
  return join(import.meta.dirname, basename(specifier));
}

export function locateTreeSitter(): string {
  return join(import.meta.dirname, "web-tree-sitter.cjs");
}
