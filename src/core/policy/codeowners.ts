/**
 * CODEOWNERS: who owns which path. The last line that matches a path decides, also when it names nobody.
 *
 * @see https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
 */

import type { CodeownersProblem } from "../codeowners-problem.ts";
import { compilePathGlob, type Glob, GlobError } from "./glob.ts";

/** Where GitHub looks, in this order; the first that exists is the one. */
export const codeownersPaths = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] as const;

export type CodeOwner =
  | { kind: "user"; login: string }
  | { kind: "team"; name: string }
  | { kind: "email"; email: string };

export interface CodeownersRule {
  globs: Glob[];
  owners: CodeOwner[];
  /** From 1. */
  line: number;
}

/** Reads the rules in order. Lines that GitHub cannot read are left out, as GitHub leaves them out; each is told in `problems`. */
export function parseCodeowners(text: string): { rules: CodeownersRule[]; problems: CodeownersProblem[] } {
  const rules: CodeownersRule[] = [];
  const problems: CodeownersProblem[] = [];
  for (const [index, words] of text
    .split(/\r\n|\r|\n/)
    .map(wordsOf)
    .entries()) {
    const [pattern, ...names] = words;
    if (pattern === undefined) continue;
    const line = index + 1;
    const owners = names.map(ownerOf);
    const known = owners.filter((owner) => owner !== null);
    const unreadable = names.find((_, at) => owners[at] === null);
    const rule = unreadable === undefined ? compileRule(pattern, known) : null;
    if (rule) rules.push({ ...rule, line });
    else {
      const what = unreadable === undefined ? `the pattern ${pattern}` : `the owner ${unreadable}`;
      problems.push({ line, found: `${what} cannot be read, so that the line is left out` });
    }
  }
  return { rules, problems };
}

/** @returns the owners of a path; empty when it has none */
export function codeOwnersOf(rules: readonly CodeownersRule[], path: string): CodeOwner[] {
  const rule = rules.findLast(({ globs }) => globs.some((glob) => glob.matches(path.normalize("NFC"))));
  return rule?.owners ?? [];
}

/** Words up to a comment; a backslash keeps a space in its word. */
function wordsOf(line: string): string[] {
  const words = line.trim().match(/(?:\\.|[^\s\\]|\\$)+/g) ?? [];
  const comment = words.findIndex((word) => word.startsWith("#"));
  return comment === -1 ? words : words.slice(0, comment);
}

function ownerOf(word: string): CodeOwner | null {
  const [, team] = /^@([\w.-]+\/[\w.-]+)$/.exec(word) ?? [];
  if (team !== undefined) return { kind: "team", name: team.toLowerCase() };
  const [, login] = /^@([\w.-]+(?:\[bot\])?)$/.exec(word) ?? [];
  if (login !== undefined) return { kind: "user", login };
  return /^[^@\s]+@[^@\s]+$/.test(word) ? { kind: "email", email: word } : null;
}

function compileRule(pattern: string, owners: CodeOwner[]): Omit<CodeownersRule, "line"> | null {
  // Negation and classes are .gitignore's, not CODEOWNERS'.
  if (pattern.startsWith("!") || pattern.includes("[")) return null;
  try {
    return { globs: globsOf(pattern.normalize("NFC")).map(compilePathGlob), owners };
  } catch (error) {
    if (error instanceof GlobError) return null;
    throw error;
  }
}

/** A pattern without a slash, but for one at its end, means any folder; one that names a folder means all in it; `docs/*` only the files in it. */
function globsOf(pattern: string): string[] {
  const plain = pattern.replace(/[{}]/g, "\\$&");
  const isFolder = plain.endsWith("/");
  const path = plain.replace(/^\/+/, "").replace(/\/+$/, "");
  const rooted = plain.startsWith("/") || path.includes("/") ? path : `**/${path}`;
  if (isFolder || path === "") return [`${rooted}/**`.replace(/^\/+/, "")];
  if (rooted.endsWith("/**")) return [rooted];
  return path.endsWith("/*") ? [rooted] : [rooted, `${rooted}/**`];
}
