/** Reads source texts as syntax trees, for languages beside JavaScript (which oxc reads faster). */

import { type Language, type Node, Parser } from "web-tree-sitter";
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

const languages = new Map<Grammar, Language>();
const parsers = new Map<Grammar, Parser>();

/** To be awaited before {@link readTree} is called for the language. */
export async function loadGrammars(names: Iterable<Grammar>): Promise<void> {
  const missing = [...new Set(names)].filter((name) => !languages.has(name));
  await Promise.all(
    missing.map(async (name) => {
      languages.set(name, await loadGrammar(grammarFiles[name]));
    }),
  );
}

/**
 * @param read gets the root of the tree, which is gone when it returns. `root.hasError` tells that a part was not understood
 * @returns what `read` returns; `null` when the text is too long or takes too long to parse
 * @throws {Error} when the grammar was not loaded
 */
export function readTree<T>(grammar: Grammar, text: string, read: (root: SyntaxNode) => T, limit = stepsMax): T | null {
  if (text.length > textCharactersMax) return null;
  const parser = parserOf(grammar);
  let steps = 0;
  const tree = parser.parse(text, null, { progressCallback: () => ++steps > limit });
  if (tree === null) {
    parser.reset();
    return null;
  }
  try {
    return read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

function parserOf(grammar: Grammar): Parser {
  const known = parsers.get(grammar);
  if (known) return known;
  const language = languages.get(grammar);
  if (language === undefined) throw new Error(`The grammar of ${grammar} was not loaded`);
  const parser = new Parser();
  parser.setLanguage(language);
  parsers.set(grammar, parser);
  return parser;
}
