/** Parses JavaScript and TypeScript into syntax trees, and gives the parser's memory back at once. */

import type { Program, TSType } from "oxc-parser";
import { parseSync } from "oxc-parser/src-js/bindings.js";
import { isTooDeep } from "./too-deep.ts";
import { withoutBodies } from "./without-bodies.ts";

export interface ParsedModule {
  body: Program["body"];
  /** It imports or exports; without, it may be CommonJS. */
  hasModuleSyntax: boolean;
}

/** Longest file looked at: bundles are longer, and nobody imports from their insides. */
const textCharactersMax = 1_000_000;

/** Holds for files that {@link parseModule} can read. */
export function isModule(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** Trees parsed last, by language and text: several detectors look at the same few files. A tree takes some fifty bytes for a character. */
const keptCharactersMax = 200_000;
let recent = new Map<string, ParsedModule | null>();
let older = new Map<string, ParsedModule | null>();
let recentCharacters = 0;

/**
 * The same tree is handed to everybody who asks: nobody changes it.
 *
 * @returns `null` when the text cannot be parsed
 */
export function parseModule(path: string, text: string): ParsedModule | null {
  const key = `${languageOf(path)}\n${text}`;
  const known = recent.get(key) ?? older.get(key);
  if (known !== undefined) return known;
  const parsed = parse(path, text);
  recentCharacters += text.length;
  if (recentCharacters > keptCharactersMax / 2) {
    older = recent;
    recent = new Map();
    recentCharacters = text.length;
  }
  if (text.length < keptCharactersMax / 4) recent.set(key, parsed);
  return parsed;
}

/**
 * Like {@link parseModule}, without what stands in the bodies of functions: most of a tree, and nothing that others could name. It is not
 * kept for the next who asks.
 */
export function parseOutline(path: string, text: string): ParsedModule | null {
  return parse(path, text, withoutBodies);
}

function parse(path: string, text: string, shortened = (json: string) => json): ParsedModule | null {
  if (text.length > textCharactersMax || isTooDeep(path, text)) return null;
  const options = { lang: languageOf(path), sourceType: "unambiguous", preserveParens: false } as const;
  const result = parseSync(path, text, options);
  const hasErrors = result.errors.length > 0;
  const { hasModuleSyntax } = result.module;
  /*
   * Reading the tree frees what the parser keeps of it. Unread, it stays until a garbage collection that knows nothing of its size: 800 MB
   * after 6,000 files of 100 lines.
   */
  const json = result.program;
  if (hasErrors) return null;
  const { node } = JSON.parse(shortened(json)) as { node: Program };
  return { body: node.body, hasModuleSyntax };
}

/** @returns `null` for what is no type */
export function parseType(text: string): TSType | null {
  const parsed = parseModule("a.ts", `type T = ${text}`);
  const [alias, another] = parsed?.body ?? [];
  return alias?.type === "TSTypeAliasDeclaration" && another === undefined ? alias.typeAnnotation : null;
}

/** Plain JavaScript is read as JSX: many projects write it in `.js` files. */
function languageOf(path: string): "jsx" | "ts" | "tsx" | "dts" {
  if (/\.d\.[cm]?ts$/.test(path)) return "dts";
  if (/\.[cm]?ts$/.test(path)) return "ts";
  return path.endsWith(".tsx") ? "tsx" : "jsx";
}
