/** Reads source texts as syntax trees, for languages beside JavaScript (which oxc reads faster). */

import type { Node, Parser, Tree } from "web-tree-sitter";
import { type Grammar, grammarFiles } from "./grammars.ts";
import { endParsers, loadParser } from "./load-grammar.ts";

export type SyntaxNode = Node;

/** Longest text parsed: what is longer was not written by hand. */
export const textCharactersMax = 1_000_000;

/**
 * The parser reports its progress this often at most before a text is given up: a few seconds of work. A count rather than a clock, so
 * that the same text always gives the same answer.
 */
const stepsMax = 20_000;

/** `null`: the parsers' program failed, and this one is still to be loaded anew. */
const parsers = new Map<Grammar, Parser | null>();

/** To be awaited before {@link readTree} is called for the language. */
export async function loadGrammars(names: Iterable<Grammar>): Promise<void> {
  const failed = [...parsers].flatMap(([name, parser]) => (parser === null ? [name] : []));
  const missing = [...new Set(names)].filter((name) => !parsers.has(name));
  await Promise.all(
    [...failed, ...missing].map(async (name) => {
      parsers.set(name, await loadParser(grammarFiles[name]));
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
 * @returns what `read` returns; `null` when the text is too long, takes too long to parse or nests deeper than can be read
 * @throws {Error} when the grammar was not loaded
 */
export function readTree<T>(grammar: Grammar, text: string, read: (root: SyntaxNode) => T, limit = stepsMax): T | null {
  if (text.length > textCharactersMax) return null;
  readers += 1;
  try {
    const tree = parsed(grammar, text, limit);
    if (tree === null) return null;
    try {
      return read(tree.rootNode);
    } finally {
      if (text.length > keptTextMax) remove(tree);
    }
  } catch (error) {
    if (!isFailure(error)) throw error;
    discardAll();
    return null;
  } finally {
    readers -= 1;
  }
}

/** Strangers' text can be built so that the parsers' program runs out of its stack, which it does not survive, or a reader out of ours. */
function isFailure(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === "RuntimeError");
}

function parsed(grammar: Grammar, text: string, limit: number): Tree | null {
  const key = `${grammar}\n${text}`;
  const known = recent.get(key) ?? older.get(key);
  if (known !== undefined) return known;
  const parser = parserOf(grammar);
  if (parser === null) return null;
  let steps = 0;
  const tree = parser.parse(text, null, { progressCallback: () => ++steps > limit });
  if (tree === null) {
    parser.reset();
    return null;
  }
  if (text.length > keptTextMax) return tree;
  recentCharacters += text.length;
  // A tree that somebody reads stays.
  if (recentCharacters > keptCharactersMax / 2 && readers === 1) {
    for (const old of older.values()) remove(old);
    older = recent;
    recent = new Map();
    recentCharacters = text.length;
  }
  recent.set(key, tree);
  return tree;
}

function parserOf(grammar: Grammar): Parser | null {
  const known = parsers.get(grammar);
  if (known === undefined) throw new Error(`The grammar of ${grammar} was not loaded`);
  return known;
}

/** What is not deleted, the garbage collector deletes at some time: in a program that failed, that would end ours. */
function discardAll(): void {
  const left = [...recent.values(), ...older.values(), ...parsers.values()];
  recent = new Map();
  older = new Map();
  recentCharacters = 0;
  for (const name of parsers.keys()) parsers.set(name, null);
  endParsers();
  for (const part of left) if (part !== null) remove(part);
}

function remove(part: Tree | Parser): void {
  try {
    part.delete();
  } catch (error) {
    if (!isFailure(error)) throw error;
    discardAll();
  }
}
