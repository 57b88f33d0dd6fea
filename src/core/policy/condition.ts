/** Conditions: predicates joined by `all`, `any` and `none`; several keys in one block mean `all`, a bare list means `all`. */

import { z } from "zod";
import { type PredicateKey, predicates } from "./predicates/index.ts";
import type { Answer, Facts, Predicate } from "./predicates/predicate.ts";

/** One block: predicates by key with their parsed values, and nested blocks. */
export type Condition = {
  all?: Condition[];
  any?: Condition[];
  none?: Condition[];
} & Partial<Record<PredicateKey, unknown>>;

/** A condition's answer with those of its parts, for people to read. */
export interface Trace extends Answer {
  /** A predicate's key, or `all`, `any`, `none`. */
  what: string;
  wanted: unknown;
  parts: Trace[];
}

/** How deep `all`/`any`/`none` may nest: deeper is a mistake, not a policy. */
export const conditionDepthMax = 10;

const table: ReadonlyMap<string, Predicate<string, z.ZodType>> = new Map(
  (predicates as readonly Predicate<string, z.ZodType>[]).map((predicate) => [predicate.key, predicate]),
);

const block: z.ZodType<Condition> = z
  .lazy(() =>
    z
      .strictObject({
        all: z.array(block).min(1).optional().describe("Every one of these must hold."),
        any: z.array(block).min(1).optional().describe("At least one of these must hold."),
        none: z.array(block).min(1).optional().describe("None of these may hold."),
        ...Object.fromEntries([...table.values()].map((predicate) => [predicate.key, predicate.schema.optional()])),
      })
      // Nothing to test would hold for every change.
      .refine((value) => Object.values(value).some((part) => part !== undefined), {
        message: "this asks for nothing",
        params: { expected: "at least one predicate, or `all`, `any`, `none`" },
      }),
  )
  .meta({ id: "condition" }) as z.ZodType<Condition>;

/** A condition as users write it: a block, or a bare list of blocks (all of them must hold). */
export const conditionSchema = z
  .union([block, z.array(block).min(1)])
  .transform((value): Condition => (Array.isArray(value) ? { all: value } : value))
  .describe("Predicates joined by `all`, `any` and `none`; several keys in one block, or a bare list, mean `all`.");

/** Judges a condition in three-valued logic: `unknown` spreads unless the other parts settle the answer. */
export function testCondition(condition: Condition, facts: Facts): Trace {
  const parts: Trace[] = [];
  for (const [key, value] of Object.entries(condition)) {
    if (value === undefined) continue;
    parts.push(testKey(key, value, facts));
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  return only ?? { what: "all", wanted: null, holds: every(parts), saw: "", parts };
}

/** The first moment after `now` at which the clock alone may change the answer; `null` when it cannot. */
export function nextChange(condition: Condition, now: Date): Date | null {
  const moments: Date[] = [];
  for (const [key, value] of Object.entries(condition)) {
    if (value === undefined) continue;
    const isJoint = key === "all" || key === "any" || key === "none";
    const next = isJoint
      ? (value as Condition[]).map((part) => nextChange(part, now))
      : [table.get(key)?.nextChange?.(value, now) ?? null];
    moments.push(...next.filter((moment) => moment !== null));
  }
  return moments.sort((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** How many levels of `all`, `any` and `none` a condition has. */
export function depthOf(condition: Condition): number {
  const inner = [condition.all, condition.any, condition.none].flatMap((parts) => (parts ?? []).map(depthOf));
  return inner.length === 0 ? 0 : 1 + Math.max(...inner);
}

function testKey(key: string, value: unknown, facts: Facts): Trace {
  if (key === "all" || key === "any" || key === "none") {
    const parts = (value as Condition[]).map((part) => testCondition(part, facts));
    const holds = key === "all" ? every(parts) : key === "any" ? some(parts) : not(some(parts));
    return { what: key, wanted: null, holds, saw: "", parts };
  }
  const predicate = table.get(key);
  if (!predicate) throw new Error(`No predicate ${key}: the schema and the table disagree`);
  return { what: key, wanted: value, ...predicate.test(value, facts), parts: [] };
}

type Holds = Answer["holds"];

function every(parts: readonly Trace[]): Holds {
  if (parts.some((part) => part.holds === false)) return false;
  return parts.some((part) => part.holds === "unknown") ? "unknown" : true;
}

function some(parts: readonly Trace[]): Holds {
  if (parts.some((part) => part.holds === true)) return true;
  return parts.some((part) => part.holds === "unknown") ? "unknown" : false;
}

function not(holds: Holds): Holds {
  return holds === "unknown" ? "unknown" : !holds;
}
