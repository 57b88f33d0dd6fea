/** What a piece of source code says, in words that are the same for every language. */

import type { Grammar } from "../../syntax/grammars.ts";

export const families = ["javascript", "python", "go", "java", "csharp", "ruby", "php", "rust"] as const;
/** A language, or several that are written alike. */
export type Family = (typeof families)[number];

export type ValueKind =
  | "text" // constant text
  | "built" // text with other values put in: interpolated, concatenated or formatted
  | "number"
  | "true"
  | "false"
  | "null"
  | "name" // a variable or a path of members
  | "call"
  | "function"
  | "list"
  | "map"
  | "other";

export interface Value {
  kind: ValueKind;
  /** As written, on one line, cut at {@link sourceCharactersMax}. */
  source: string;
  /** The content of a text; of a built one with {@link hole} where other values stand; numbers and names as written; else `null`. */
  literal: string | null;
  /** The expressions put into a built text, as written. */
  holes: readonly string[];
  /** The keyword of a named argument. */
  key: string | null;
}

/** Stands in the literal of a built text where another value comes in. */
export const hole = "\uFFFC";

export const sourceCharactersMax = 300;

export type FactKind =
  | "call" // of a function, a constructor, a macro; also a literal of a named type
  | "pair" // a name given a value: assignment, option, named argument, attribute
  | "mark" // decorator, annotation, attribute
  | "import"
  | "text"; // a text that stands by itself, built or constant

export interface Fact {
  kind: FactKind;
  /** Dotted, calls within as `()`: `crypto.createHash`, `axios.create().get`, `process.env.NODE_ENV`; of a text empty. */
  name: string;
  /** What it is a part of: the call or type whose option a pair is, the definition that a mark stands on; else empty. */
  owner: string;
  /** The innermost call or literal around it, as {@link source}; empty where there is none. */
  around: string;
  /** Names of the definitions around it, outermost first, dotted; a handler stands within its route. */
  within: string;
  args: readonly Value[];
  /** Of pairs and texts. */
  value: Value | null;
  /** Lines from 1. */
  start: number;
  end: number;
  /** As written, on one line, cut at {@link sourceCharactersMax}. */
  source: string;
}

const familyOf: Readonly<Partial<Record<Grammar, Family>>> = {
  javascript: "javascript",
  typescript: "javascript",
  tsx: "javascript",
  python: "python",
  go: "go",
  java: "java",
  c_sharp: "csharp",
  ruby: "ruby",
  php: "php",
  rust: "rust",
};

/** Grammars that facts can be read with. */
export const codeGrammars = Object.keys(familyOf) as readonly Grammar[];

export function familyOfGrammar(grammar: Grammar | null): Family | null {
  return grammar === null ? null : (familyOf[grammar] ?? null);
}

/** @param text of any length, over any number of lines */
export function oneLine(text: string): string {
  return text
    .slice(0, sourceCharactersMax * 2)
    .replaceAll(/\s+/g, " ")
    .trim()
    .slice(0, sourceCharactersMax);
}
