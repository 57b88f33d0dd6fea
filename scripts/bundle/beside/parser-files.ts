/** Stands in a bundle for `src/core/findings/syntax/parser-files.ts`: grammars, and what runs them, lie beside the bundle. */

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";

export async function readGrammar(specifier: string): Promise<Uint8Array> {
  return readFile(join(import.meta.dirname, basename(specifier)));
}

export function locateTreeSitter(): string {
  return join(import.meta.dirname, "web-tree-sitter.cjs");
}
