/** What every predicate is: a key, a schema for its value, and a pure test that says what it saw. */

import type { z } from "zod";
import type { Classification } from "../../findings/finding.ts";
import type { Snapshot } from "../../snapshot.ts";
import type { Role } from "../blocks/roles.ts";

/** What a predicate may look at. */
export interface Facts {
  snapshot: Snapshot;
  /** The policy's own roles, for blocks of people that name some. */
  roles: Readonly<Record<string, Role>>;
  classification: Classification;
  now: Date;
}

/** `unknown` where a fact could not be read: neither true nor false, and never a reason to open. */
export interface Answer {
  holds: boolean | "unknown";
  /** Evidence for people: what was found, beside what was wanted. */
  saw: string;
}

export interface Predicate<Key extends string, Schema extends z.ZodType> {
  key: Key;
  schema: Schema;
  /** One YAML value as a user would write it; the docs and the tests use it. */
  example: z.input<Schema>;
  /** Parts of the snapshot it looks at, so that the reader fetches no more than the rules in force need. */
  reads: readonly (keyof Snapshot | "classification" | "now")[];
  test: (value: z.output<Schema>, facts: Facts) => Answer;
  /** For predicates about the clock: the first moment after `now` at which the answer may change by itself; `null` for never. */
  nextChange?: (value: z.output<Schema>, now: Date) => Date | null;
}

/** Gives a predicate its types; see the table in `index.ts`. */
export function definePredicate<const Key extends string, Schema extends z.ZodType>(
  predicate: Predicate<Key, Schema>,
): Predicate<Key, Schema> {
  return predicate;
}
