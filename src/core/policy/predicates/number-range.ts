/** `{ over, under, equals }`: what a count is held against. */

import { z } from "zod";
import type { Answer } from "./predicate.ts";

const count = z.number().int().min(0).max(10_000_000);

export const numberRange = z
  .strictObject({
    over: count.optional().describe("More than this."),
    under: count.optional().describe("Fewer than this."),
    equals: count.optional().describe("Exactly this."),
  })
  .refine((range) => range.over !== undefined || range.under !== undefined || range.equals !== undefined, {
    message: "this compares with nothing",
    params: { expected: "at least one of over, under, equals" },
  });
export type NumberRange = z.output<typeof numberRange>;

/** @param isLowerBound the true count may be larger: not everything could be read */
export function isInRange(value: number, range: NumberRange, isLowerBound: boolean): Answer["holds"] {
  const unlessMore = (holds: boolean) => (isLowerBound ? "unknown" : holds);
  const { over, under, equals } = range;
  if (under !== undefined && value >= under) return false;
  if (equals !== undefined && value > equals) return false;
  if (over !== undefined && value <= over) return unlessMore(false);
  if (equals !== undefined && value !== equals) return unlessMore(false);
  return under === undefined && equals === undefined ? true : unlessMore(true);
}
