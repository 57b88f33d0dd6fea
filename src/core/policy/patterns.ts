/**
 * Users' patterns: globs for paths and branches, globs or `/regular expressions/` for text. Everything is linear in time by
 * construction: see glob.ts, and RE2 (no look-around, no back-references) with a cap on program size × text length.
 */

import { RE2JS, RE2JSException } from "re2js";
import { compilePathGlob, compileTextGlob, type Glob, GlobError } from "./glob.ts";

/** Size of a compiled regular expression: what 400 letters come to. Repetitions such as `a{1000}` are refused by it. */
export const regexSizeMax = 400;

/** States × characters that one match may look at; measured 35 ns each, so at most about 0.2 s. */
const regexWorkMax = 5_000_000;

/** What is wrong with a pattern; `null` when it can be used. */
export type PatternFault = { found: string; fix: string } | null;

/** Checks a path glob; a leading `!` is allowed. */
export function checkGlob(text: string): PatternFault {
  return fault(() => pathGlob(text.startsWith("!") ? text.slice(1) : text));
}

/** Checks a glob or `/regular expression/` for text. */
export function checkTextPattern(text: string): PatternFault {
  return fault(() => (isRegex(text) ? regex(text) : textGlob(text)));
}

/** Checks a glob or `/regular expression/` for branch and repository names. */
export function checkNamePattern(text: string): PatternFault {
  return fault(() => (isRegex(text) ? regex(text) : pathGlob(text)));
}

/**
 * Whether a path is meant by a list of globs: at least one matches and none that begins with `!` does. A list of nothing but `!` means
 * everything else.
 *
 * @param globs checked before by {@link checkGlob}
 * @throws {GlobError} on a glob that was not
 */
export function matchesAny(globs: readonly string[], path: string): boolean {
  const { included, excluded } = compiledList(globs);
  const name = canonical(path);
  if (included.length > 0 && !included.some((glob) => glob.matches(name))) return false;
  return !excluded.some((glob) => glob.matches(name));
}

interface CompiledList {
  included: Glob[];
  excluded: Glob[];
}

const lists = new WeakMap<readonly string[], CompiledList>();

function compiledList(globs: readonly string[]): CompiledList {
  const known = lists.get(globs);
  if (known !== undefined) return known;
  const included = globs.filter((glob) => !glob.startsWith("!")).map(pathGlob);
  const excluded = globs.filter((glob) => glob.startsWith("!")).map((glob) => pathGlob(glob.slice(1)));
  const compiled = { included, excluded };
  lists.set(globs, compiled);
  return compiled;
}

/** Whether one path glob matches; canonically equal spellings (NFC, NFD) are the same path. */
export function matchesGlob(glob: string, path: string): boolean {
  return pathGlob(glob).matches(canonical(path));
}

function canonical(path: string): string {
  return asciiOnly.test(path) ? path : path.normalize("NFC");
}

/** Whether a branch or repository name matches a glob (`*` stops at `/`) or a `/regular expression/`. */
export function matchesName(pattern: string, name: string): boolean | "unknown" {
  return isRegex(pattern) ? matchesRegex(pattern, name) : matchesGlob(pattern, name);
}

/** Whether text matches: a glob matches the whole of it, a `/regular expression/` anywhere. `unknown` when the text is too long for it. */
export function matchesText(pattern: string, text: string): boolean | "unknown" {
  return isRegex(pattern) ? matchesRegex(pattern, text) : textGlob(pattern).matches(text.normalize("NFC"));
}

/** Names that look like another one, or that some checkouts turn into another one: control and bidi characters, backslashes, `..`, a trailing dot or space. */
export function isSuspiciousPath(path: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\\]|(^|\/)\.\.?(\/|$)|[. ](\/|$)/.test(
    path,
  );
}

const pathGlob = remember((text) => compilePathGlob(text.normalize("NFC")));
const textGlob = remember((text) => compileTextGlob(text.normalize("NFC")));
const regex = remember(compileRegex);

function matchesRegex(pattern: string, text: string): boolean | "unknown" {
  const compiled = regex(pattern);
  if (compiled.programSize() * text.length > regexWorkMax) return "unknown";
  return compiled.test(text);
}

function isRegex(text: string): boolean {
  return text.length > 2 && /^\/.*\/[a-z]*$/s.test(text);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const asciiOnly = /^[\x00-\x7f]*$/;

const flagsByLetter: Record<string, number> = {
  i: RE2JS.CASE_INSENSITIVE,
  s: RE2JS.DOTALL,
  m: RE2JS.MULTILINE,
};

function compileRegex(text: string): RE2JS {
  const end = text.lastIndexOf("/");
  let flags = 0;
  for (const letter of text.slice(end + 1)) {
    const flag = flagsByLetter[letter];
    if (flag === undefined) throw new GlobError(`\`${letter}\` is no flag`, "use `i`, `s` or `m` after the last slash");
    flags |= flag;
  }
  const compiled = RE2JS.compile(text.slice(1, end), flags);
  if (compiled.programSize() > regexSizeMax) {
    throw new GlobError("the regular expression is too large", "shorten it, or repeat fewer times");
  }
  return compiled;
}

function fault(compile: () => unknown): PatternFault {
  try {
    compile();
    return null;
  } catch (error) {
    if (error instanceof GlobError) return { found: error.message, fix: error.fix };
    if (error instanceof RE2JSException) {
      return { found: error.message, fix: "use RE2 syntax: no look-around and no back-references" };
    }
    throw error;
  }
}

/** Compiles once; bounded, because a server sees the policies of many repositories. */
function remember<T extends Glob | RE2JS>(compile: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const compiled = compile(text);
    if (known.size >= 5000) known.clear();
    known.set(text, compiled);
    return compiled;
  };
}
