/** Loads grammars, each once for the life of the process. They are parts of the program, as imported code is. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Language, Parser } from "web-tree-sitter";

const specifiers = createRequire(import.meta.url);
const loaded = new Map<string, Promise<Language>>();
let started: Promise<void> | null = null;

/**
 * @param specifier of a compiled grammar, e.g. `@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm`
 * @throws when the package is not installed whole
 */
export function loadGrammar(specifier: string): Promise<Language> {
  started ??= Parser.init();
  const known = loaded.get(specifier);
  if (known) return known;
  const language = started.then(async () => Language.load(await readFile(specifiers.resolve(specifier))));
  loaded.set(specifier, language);
  return language;
}
