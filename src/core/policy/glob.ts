/**
 * Globs whose matching cannot blow up: braces are expanded up to a cap, and each alternative is matched by remembering only the last
 * star, so the work is bounded by pattern length × text length whatever either says. Regular-expression based matchers are not.
 *
 * `*` any characters but `/`, `**` as a whole segment any number of segments, `?` one character, `[a-z]` and `[!a-z]` one of a class,
 * `{a,b}` alternatives, `\` takes the next character as it stands. Names that begin with a dot are names like any other. Case counts.
 */

/** How many alternatives the braces of one glob may come to. */
export const braceAlternativesMax = 64;

type Token =
  | { kind: "character"; code: number }
  | { kind: "one" }
  | { kind: "many" }
  | { kind: "class"; isNegated: boolean; ranges: readonly (readonly [number, number])[] };

/** One segment of a path glob: a literal is compared as a whole. */
type Segment = "globstar" | { literal: string } | { tokens: readonly Token[] };

export interface Glob {
  matches(text: string): boolean;
}

/** A glob over paths and branch names. @throws {GlobError} when the glob says nothing that can be matched */
export function compilePathGlob(text: string): Glob {
  const alternatives = expandBraces(tidy(text)).map(pathAlternative);
  const [only] = alternatives;
  if (alternatives.length === 1 && only) return { matches: only };
  return { matches: (path) => alternatives.some((alternative) => alternative(path)) };
}

/** A glob over running text: `*` also matches `/` and line breaks. @throws {GlobError} when it says nothing that can be matched */
export function compileTextGlob(text: string): Glob {
  const alternatives = expandBraces(text).map(tokenise);
  return { matches: (subject) => alternatives.some((tokens) => matchTokens(tokens, subject)) };
}

/** Why a glob cannot be used, and what to write instead. */
export class GlobError extends Error {
  override name = "GlobError";
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}

// People write `./docs/`, `/docs/` and `docs/` and mean the folder with everything in it; matching nothing would open the gate.
function tidy(text: string): string {
  const rooted = text.replace(/^(\.\/|\/)+/, "");
  return rooted.endsWith("/") ? `${rooted}**` : rooted;
}

function pathAlternative(text: string): (path: string) => boolean {
  const segments = text.split("/").map(segmentOf);
  // `a/**` is what lies in `a`, not `a` itself.
  if (segments.at(-1) === "globstar") segments.push({ tokens: [{ kind: "many" }] });
  const { start, end, inside } = literalsOf(text);
  return (path) =>
    path.startsWith(start) && path.endsWith(end) && path.includes(inside) && matchSegments(segments, path.split("/"));
}

function segmentOf(text: string): Segment {
  if (text === "**") return "globstar";
  return /[*?[\\]/.test(text) ? { tokens: tokenise(text) } : { literal: text };
}

/** Text that every match begins with, ends in and contains: most paths are told apart by it alone. */
function literalsOf(text: string): { start: string; end: string; inside: string } {
  const runs = text.split(/\*+|\?|\[|\\/);
  const isPlain = !/[[\\]/.test(text); // in a class, what looks literal is not
  const [first = ""] = runs;
  const start = runs.length === 1 ? text : first.slice(0, first.lastIndexOf("/") + 1);
  if (!isPlain) return { start, end: "", inside: "" };
  const last = runs.at(-1) ?? "";
  // `**` between slashes may stand for nothing, slashes included: only what lies between slashes is sure to be there.
  const words = runs.flatMap((run) => run.split("/"));
  const inside = words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
  return { start, end: last.slice(last.lastIndexOf("/") + 1), inside };
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): boolean {
  let at = 0;
  let next = 0;
  let starAt = -1;
  let starNext = -1;
  while (at < path.length) {
    const segment = segments[next];
    if (segment === "globstar") {
      starNext = next++;
      starAt = at;
    } else if (segment !== undefined && matchSegment(segment, path[at] ?? "")) {
      at++;
      next++;
    } else if (starNext >= 0) {
      at = ++starAt;
      next = starNext + 1;
    } else {
      return false;
    }
  }
  while (segments[next] === "globstar") next++;
  return next === segments.length;
}

function matchSegment(segment: Exclude<Segment, "globstar">, text: string): boolean {
  return "literal" in segment ? segment.literal === text : text !== "" && matchTokens(segment.tokens, text);
}

function matchTokens(tokens: readonly Token[], text: string): boolean {
  let at = 0;
  let next = 0;
  let starAt = -1;
  let starNext = -1;
  while (at < text.length) {
    const token = tokens[next];
    const code = text.codePointAt(at) ?? 0;
    if (token?.kind === "many") {
      starNext = next++;
      starAt = at;
    } else if (token !== undefined && accepts(token, code)) {
      at += width(code);
      next++;
    } else if (starNext >= 0) {
      starAt += width(text.codePointAt(starAt) ?? 0);
      at = starAt;
      next = starNext + 1;
    } else {
      return false;
    }
  }
  while (tokens[next]?.kind === "many") next++;
  return next === tokens.length;
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}

function accepts(token: Exclude<Token, { kind: "many" }>, code: number): boolean {
  switch (token.kind) {
    case "character":
      return token.code === code;
    case "one":
      return true;
    case "class":
      return token.ranges.some(([low, high]) => low <= code && code <= high) !== token.isNegated;
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const characters = [...text];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "*") {
      if (tokens.at(-1)?.kind !== "many") tokens.push({ kind: "many" });
    } else if (character === "?") {
      tokens.push({ kind: "one" });
    } else if (character === "[") {
      const end = characters.indexOf("]", characters[at + 1] === "!" || characters[at + 1] === "^" ? at + 3 : at + 2);
      if (end < 0)
        throw new GlobError("`[` is never closed", "close it with `]`, or write `\\[` for the bracket itself");
      tokens.push(classOf(characters.slice(at + 1, end)));
      at = end;
    } else if (character === "\\") {
      const escaped = characters[++at];
      if (escaped === undefined) throw new GlobError("it ends in `\\`", "write `\\\\` for a backslash");
      tokens.push({ kind: "character", code: escaped.codePointAt(0) ?? 0 });
    } else {
      tokens.push({ kind: "character", code: character.codePointAt(0) ?? 0 });
    }
  }
  return tokens;
}

function classOf(inside: readonly string[]): Token {
  const isNegated = inside[0] === "!" || inside[0] === "^";
  const members = isNegated ? inside.slice(1) : inside;
  const ranges: [number, number][] = [];
  for (let at = 0; at < members.length; at++) {
    const low = members[at]?.codePointAt(0) ?? 0;
    const isRange = members[at + 1] === "-" && at + 2 < members.length;
    const high = isRange ? (members[at + 2]?.codePointAt(0) ?? 0) : low;
    if (high < low) throw new GlobError("a range in `[…]` runs backwards", "write the lower end first, e.g. `[a-z]`");
    ranges.push([low, high]);
    if (isRange) at += 2;
  }
  return { kind: "class", isNegated, ranges };
}

/** Alternatives of a glob with braces; itself when it has none. */
function expandBraces(text: string): string[] {
  if (/[!?*+@]\(/.test(text.replaceAll(/\\./g, ""))) {
    throw new GlobError("extended globs such as `@(a|b)` are not supported", "write `{a,b}`");
  }
  const done: string[] = [];
  const open = [text];
  while (open.length > 0) {
    const candidate = open.pop() ?? "";
    const brace = firstBrace(candidate);
    if (brace === null) done.push(candidate);
    else open.push(...brace.options.map((option) => brace.before + option + brace.after).reverse());
    if (done.length + open.length > braceAlternativesMax) {
      throw new GlobError(
        `its braces stand for more than ${braceAlternativesMax} patterns`,
        "write several shorter patterns",
      );
    }
  }
  return done;
}

function firstBrace(text: string): { before: string; options: string[]; after: string } | null {
  const start = findUnescaped(text, "{", 0);
  if (start < 0) return null;
  const options: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "," && depth === 1) {
      options.push(text.slice(from, at));
      from = at + 1;
    } else if (character === "}" && --depth === 0) {
      options.push(text.slice(from, at));
      if (options.length < 2) break;
      return { before: text.slice(0, start), options, after: text.slice(at + 1) };
    }
  }
  throw new GlobError(
    depth > 0 ? "`{` is never closed" : "`{…}` needs alternatives",
    "write `{a,b}`, or `\\{` for the brace itself",
  );
}

function findUnescaped(text: string, character: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === character) return at;
  }
  return -1;
}
