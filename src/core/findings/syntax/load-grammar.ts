/** Loads grammars, each once for the life of the parsers' program. They are parts of the program, as imported code is. */

import { createRequire } from "node:module";
import type { Parser } from "web-tree-sitter";
import { locateTreeSitter, readGrammar } from "./parser-files.ts";

type TreeSitter = typeof import("web-tree-sitter");

const parsers = new Map<string, Promise<Parser>>();
let started: Promise<TreeSitter> | null = null;

/**
 * @param specifier of a compiled grammar, e.g. `@vscode/tree-sitter-wasm/wasm/tree-sitter-go.wasm`
 * @returns the one parser for it, until {@link endParsers}
 * @throws when the package is not installed whole
 */
export function loadParser(specifier: string): Promise<Parser> {
  started ??= start();
  const known = parsers.get(specifier) ?? load(started, specifier);
  parsers.set(specifier, known);
  return known;
}

/** The parsers' program failed: its memory is no longer to be trusted, so the next parser is loaded into a new one. */
export function endParsers(): void {
  started = null;
  parsers.clear();
}

async function load(program: Promise<TreeSitter>, specifier: string): Promise<Parser> {
  const { Language, Parser } = await program;
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readGrammar(specifier)));
  return parser;
}

/** Required rather than imported: what is imported is there only once, and stays with all its memory. */
async function start(): Promise<TreeSitter> {
  const require = createRequire(import.meta.url);
  const path = locateTreeSitter();
  const program: TreeSitter = require(path);
  delete require.cache[path];
  await program.Parser.init();
  return program;
}
