/** Where the parsers' program and its compiled grammars lie: in their packages. What is shipped as a bundle has them beside itself instead, and brings another such file. */

import { createRequire } from "node:module";

const specifiers = createRequire(import.meta.url);

/**
 * @param specifier of a compiled grammar, e.g. `@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm`
 * @returns the path of its file
 * @throws when the package is not installed whole
 */
export function locateGrammar(specifier: string): string {
  return specifiers.resolve(specifier);
}

/** @returns the path of the CommonJS module that runs grammars */
export function locateTreeSitter(): string {
  return specifiers.resolve("web-tree-sitter");
}
