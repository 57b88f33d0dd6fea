/**
 * The parsers' program and its compiled grammars, in their packages. What is shipped as a bundle has them beside itself instead, and brings
 * another such file.
 */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const specifiers = createRequire(import.meta.url);

/**
 * @param specifier of a compiled grammar, e.g. `@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm`; a relative one is resolved from here
 * @throws when the package is not installed whole
 */
export async function readGrammar(specifier: string): Promise<Uint8Array> {
  return readFile(specifiers.resolve(specifier));
}

/** @returns the path of the CommonJS module that runs grammars */
export function locateTreeSitter(): string {
  return specifiers.resolve("web-tree-sitter");
}
