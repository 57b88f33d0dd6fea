/** What a unit of code offers to others, told alike for every language. */

/** `reexport`: what another unit offers, handed on under a name of this one; it may stand for anything. */
export const symbolKinds = [
  "function",
  "method",
  "constructor",
  "class",
  "struct",
  "interface",
  "trait",
  "type",
  "enum",
  "enum_member",
  "field",
  "constant",
  "module",
  "macro",
  "reexport",
] as const;
export type SymbolKind = (typeof symbolKinds)[number];

export interface ApiParameter {
  name: string;
  /** May be left out by callers. */
  isOptional: boolean;
  /** How callers give it; `rest` takes any number by position, `keywords` any by name. */
  passing: "position" | "keyword" | "either" | "rest" | "keywords";
  /** As written, white space normalised; `null` where nothing is written. */
  type: string | null;
  default: string | null;
}

/** One way to call something. */
export interface ApiSignature {
  parameters: readonly ApiParameter[];
  /** Type of the result, as written; `null` where nothing is written. */
  result: string | null;
}

export interface ApiSymbol {
  /** As users of the unit write it: `parse`, `Client.connect`. Unique within the unit; overloads are several signatures of one symbol. */
  id: string;
  kind: SymbolKind;
  /** From 1. */
  line: number;
  /** The line it stands on, trimmed, or what stands before its body, on one line; at most 300 characters. */
  text: string;
  /** In which file of the unit. */
  path: string;
  /** The id of the symbol it is a member of. */
  owner: string | null;
  /** Empty for what is not called. */
  signatures: readonly ApiSignature[];
  /** Type of a field, constant or alias, as written. */
  type: string | null;
  /** Literal value of a constant or default of a field, as written. */
  value: string | null;
  /** A field that may be left out, a member that may be missing. */
  isOptional: boolean;
  /** Whoever implements the owner has to provide it. */
  isAbstract: boolean;
  isDeprecated: boolean;
  /** Classes and interfaces it is one of, as written. */
  bases: readonly string[];
  /** What only its language knows of it, for `compareMore`: `unsafe`, `derive Clone`, … */
  marks: readonly string[];
  /** Nobody can name it, and users meet it through what names it: losing it is no loss, losing its members is. */
  isNameless: boolean;
}

export interface ApiSurface {
  /** By id, members after their owners. */
  symbols: ReadonlyMap<string, ApiSymbol>;
  /** Things that exist and are not offered, by the id they would have: tells "hidden" from "gone". */
  hidden: ReadonlySet<string>;
  /** False when the parser did not understand a part of the text: what is missing may stand there. */
  isWhole: boolean;
}

export const emptySurface: ApiSurface = { symbols: new Map(), hidden: new Set(), isWhole: true };

const plain = {
  owner: null,
  signatures: [],
  type: null,
  value: null,
  isOptional: false,
  isAbstract: false,
  isDeprecated: false,
  bases: [],
  marks: [],
  isNameless: false,
} as const;

/** A symbol with what it must have; the rest is as for the plainest one. */
export function aSymbol(
  symbol: Pick<ApiSymbol, "id" | "kind" | "line" | "text" | "path"> & Partial<ApiSymbol>,
): ApiSymbol {
  return { ...plain, ...symbol };
}

/** Type or expression on one line with single spaces, at most 300 characters. */
export function normalised(text: string): string {
  return text.slice(0, 2000).replace(/\s+/g, " ").trim().slice(0, 300);
}
