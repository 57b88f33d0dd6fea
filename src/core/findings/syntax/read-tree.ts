/** Reads source texts as syntax trees, for languages beside JavaScript (which oxc reads faster). */

import type { Node, Parser, Tree } from "web-tree-sitter";
import { type Grammar, grammarFiles } from "./grammars.ts";
import { loadGrammar } from "./load-grammar.ts";

export type SyntaxNode = Node;

/** Longest text parsed: what is longer was not written by hand. */
export const textCharactersMax = 1_000_000;

/**
 * The parser reports its progress this often at most before a text is given up: a few seconds of work. A count rather than a clock, so
 * that the same text always gives the same answer.
 */
const stepsMax = 20_000;

const parsers = new Map<Grammar, Parser>();

/** To be awaited before {@link readTree} is called for the language. */
export async function loadGrammars(names: Iterable<Grammar>): Promise<void> {
  const missing = [...new Set(names)].filter((name) => !parsers.has(name));
  await Promise.all(
    missing.map(async (name) => {
      parsers.set(name, await loadGrammar(grammarFiles[name]));
    }),
  );
}

/**
 * Trees parsed last, by grammar and text: several detectors look at the same few files. They hold memory outside of the garbage
 * collector's sight, some thirty bytes for each character, until they are deleted.
 */
const keptCharactersMax = 400_000;
/** The tree of a longer text goes as soon as it was read. */
const keptTextMax = 100_000;
let recent = new Map<string, Tree>();
let older = new Map<string, Tree>();
let recentCharacters = 0;
let readers = 0;

/**
 * @param read gets the root of the tree, which may be gone when it returns. `root.hasError` tells that a part was not understood
 * @returns what `read` returns; `null` when the text is too long or takes too long to parse
 * @throws {Error} when the grammar was not loaded
 */
export function readTree<T>(grammar: Grammar, text: string, read: (root: SyntaxNode) => T, limit = stepsMax): T | null {
  if (text.length > textCharactersMax) return null;
  const key = `${grammar}\n${text}`;
  const tree = recent.get(key) ?? older.get(key) ?? parsed(grammar, text, key, limit);
  if (tree === null) return null;
  readers += 1;
  try {
    return read(tree.rootNode);
  } finally {
    readers -= 1;
    if (text.length > keptTextMax) tree.delete();
  }
}

function parsed(grammar: Grammar, text: string, key: string, limit: number): Tree | null {
  const parser = parserOf(grammar);
  let steps = 0;
  const tree = parser.parse(text, null, { progressCallback: () => ++steps > limit });
  if (tree === null) {
    parser.reset();
    return null;
  }
  if (text.length > keptTextMax) return tree;
  recentCharacters += text.length;
  // A tree that somebody reads stays.
  if (recentCharacters > keptCharactersMax / 2 && readers === 0) {
    for (const old of older.values()) old.delete();
    older = recent;
    recent = new Map();
    recentCharacters = text.length;
  }
  recent.set(key, tree);
  return tree;
}

function parserOf(grammar: Grammar): Parser {
  const parser = parsers.get(grammar);
  if (parser === undefined) throw new Error(`The grammar of ${grammar} was not loaded`);
  return parser;
}
