/** One difference between two JSON Schemas that somebody may trip over. */

import type { Strength } from "../../../finding.ts";
import type { ReadDocument } from "./read-document.ts";
import type { Part } from "./references.ts";

/** Who looks: those who write values (`in`), or those who read them (`out`). */
export type Direction = "in" | "out";

export interface SchemaDifference {
  kind:
    | "property_removed"
    | "property_required"
    | "property_optional"
    | "type_changed"
    | "value_removed"
    | "value_added"
    | "limit_narrowed"
    | "option_removed"
    | "closed";
  strength: Strength;
  /** The property, as people write it: `owner.email`, `tags[]`; empty for the whole. */
  name: string;
  /** What happened to it, after its name: `is required now`. */
  what: string;
  /** `null` where there is nothing to show on that side. */
  base: Part | null;
  head: Part | null;
}

export interface Comparison {
  before: ReadDocument;
  after: ReadDocument;
  direction: Direction;
  /** Pairs met already; shared by all comparisons of a document so that a schema used in many places is told once. */
  seen: Set<string>;
}

/** Compares two schemas of one pair of documents. */
export type Comparing = (direction: Direction, base: Part, head: Part) => SchemaDifference[];

/** `owner` and `email` → `owner.email`. */
export function propertyName(outer: string, name: string): string {
  return outer === "" ? name : `${outer}.${name}`;
}
