/** How a language writes calls, options and texts: node types of its grammar. */

import type { ValueKind } from "./facts.ts";

/** A field of a node, or the number of a named child; negative from the end. */
export type Part = string | number;

export type Shape =
  | { is: "call"; callee: readonly Part[]; args?: Part }
  | { is: "pair"; key: Part; value: Part }
  | { is: "mark" }
  | { is: "import" }
  | { is: "definition"; name: Part };

export interface Dialect {
  shapes: Readonly<Record<string, Shape>>;
  /** Bodies in which what is said no longer belongs to the call around them. */
  functions: readonly string[];
  texts: readonly string[];
  /** Node types that join texts, and the signs they do it with. */
  joins: Readonly<Record<string, readonly string[]>>;
  /** Nodes that stand for their only, or last, part. */
  wrappers: readonly string[];
  /** Other values; where `null` stands the word itself tells, `true` or `false`. */
  values: Readonly<Record<string, ValueKind | null>>;
  /** A name alone on a line is a call. */
  hasBareCalls?: boolean;
}

export const call = (callee: readonly Part[], args?: Part): Shape => ({
  is: "call",
  callee,
  ...(args === undefined ? {} : { args }),
});
export const pair = (key: Part, value: Part): Shape => ({ is: "pair", key, value });
export const definition = (name: Part = "name"): Shape => ({ is: "definition", name });
export const mark: Shape = { is: "mark" };
export const imported: Shape = { is: "import" };
