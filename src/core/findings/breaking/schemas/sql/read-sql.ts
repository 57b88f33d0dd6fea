/** SQL by PostgreSQL's own grammar. Loaded only where a change has migrations: the grammar is a WebAssembly module. */

import { loadModule, type Node, parseSync } from "libpg-query";

export interface Statement {
  node: Node;
  /** The line, from 1, of a name within the statement; of its first word where it has no such name. */
  lineOf: (name: string) => number;
}

/** Comments within comments; beyond, the grammar takes seconds for each ten thousand of them. */
const commentsMax = 500;

/** @returns `null` for what PostgreSQL does not understand, and for comments nested without end */
export async function readSql(text: string): Promise<Statement[] | null> {
  if (text.trim() === "") return [];
  if (hasEndlessComments(text)) return null;
  // To the grammar the text ends here, whatever follows.
  if (text.includes("\0")) return null;
  await loadModule();
  try {
    // Positions of the grammar count bytes.
    const bytes = new TextEncoder().encode(text);
    const breaks: number[] = [];
    bytes.forEach((byte, at) => {
      if (byte === 10) breaks.push(at);
    });
    const { stmts } = parseSync(text);
    return (stmts ?? []).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }): Statement[] => {
      if (!stmt) return [];
      const end = length ? start + length : bytes.length;
      const lineOf = (name: string) =>
        1 + countBefore(breaks, start) + linesTo(new TextDecoder().decode(bytes.subarray(start, end)), name);
      return [{ node: stmt, lineOf }];
    });
  } catch {
    return null;
  }
}

function hasEndlessComments(text: string): boolean {
  let open = 0;
  for (const [mark] of text.matchAll(/\/\*|\*\//g)) {
    open = mark === "/*" ? open + 1 : Math.max(0, open - 1);
    if (open > commentsMax) return true;
  }
  return false;
}

function countBefore(breaks: readonly number[], offset: number): number {
  let [low, high] = [0, breaks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((breaks[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Line ends between the start of a statement and a name in it. */
function linesTo(statement: string, name: string): number {
  // Comments before a statement belong to it, and may speak of the name too.
  const code = statement.replace(/\/\*[^*]{0,5000}\*\/|--[^\n]{0,5000}/g, (comment) => comment.replace(/[^\n]/g, " "));
  const found = wordAt(code.toLowerCase(), name.toLowerCase());
  const end = found === -1 ? Math.max(code.search(/\S/), 0) : found;
  return code.slice(0, end).split("\n").length - 1;
}

/** Where a name stands as a word of its own; -1: nowhere. */
function wordAt(code: string, name: string): number {
  if (name === "") return -1;
  const isPart = (letter: string | undefined) => letter !== undefined && /[\p{L}\p{N}_$]/u.test(letter);
  let at = code.indexOf(name);
  while (at !== -1 && (isPart(code[at - 1]) || isPart(code[at + name.length])))
    at = code.indexOf(name, at + name.length);
  return at;
}
