/** Loads grammars, each once for the life of the process. They are parts of the program, as imported code is. */

import { readFile } from "node:fs/promises";
import type { Parser } from "web-tree-sitter";
import { locateGrammar } from "./locate-grammar.ts";

const loaded = new Map<string, Promise<Parser>>();
let started: Promise<typeof import("web-tree-sitter")> | null = null;

/**
 * @param specifier of a compiled grammar, e.g. `@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm`
 * @returns a parser of that language
 * @throws when the package is not installed whole
 */
export function loadGrammar(specifier: string): Promise<Parser> {
  started ??= start();
  const known = loaded.get(specifier);
  if (known) return known;
  const parser = started.then(async ({ Language, Parser }) => {
    const language = await Language.load(await readFile(locateGrammar(specifier)));
    return new Parser().setLanguage(language);
  });
  loaded.set(specifier, parser);
  return parser;
}

/** Most changes need no tree of this kind, so that the library is loaded with the first grammar. */
async function start(): Promise<typeof import("web-tree-sitter")> {
  const library = await import("web-tree-sitter");
  await library.Parser.init();
  return library;
}
