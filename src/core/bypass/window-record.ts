/** What is remembered of one occurrence of a maintenance window: when it is, what was merged through it, and how far its validation is. */

import { createHash } from "node:crypto";
import { z } from "zod";
import { handsIn, personData, reviewData } from "./post-review-data.ts";

const merge = z.object({
  number: z.number(),
  commitSha: z.string().nullable(),
  mergedAt: z.string(),
  mergedBy: personData.nullable(),
  /** Whoever had a hand in it may not say afterwards that it was right. */
  people: z.array(personData.extend({ why: z.enum(handsIn) })),
});

const schema = z.object({
  window: z.string(),
  baseRef: z.string(),
  /** ISO 8601. */
  start: z.string(),
  end: z.string(),
  zone: z.string(),
  paths: z.array(z.string()).nullable(),
  checkpoints: z.array(z.string()).nullable(),
  environments: z.array(z.string()).nullable(),
  /** Pull requests may go through it; else only deployments may. */
  isForPullRequests: z.boolean(),
  /** Who looks over afterwards what was merged, and how long they have from the end. */
  role: z.string(),
  withinMs: z.number(),
  /** `planned`: until a little after its end. `validating`: something was merged, and nobody has looked it over. */
  phase: z.enum(["planned", "validating", "validated", "unused", "withdrawn"]),
  /** In the order of their merging. */
  merges: z.array(merge),
  /** The review of those merges. */
  review: reviewData.nullable(),
  /** Commands that were heard, by comment. */
  heard: z.array(z.number()).default([]),
});

/** Plain values only: it is kept as JSON with its issue. */
export type WindowRecord = z.infer<typeof schema>;
export type WindowMerge = WindowRecord["merges"][number];

/** @throws {z.ZodError} when something else stands there */
export function readWindowRecord(data: unknown): WindowRecord {
  return schema.parse(data);
}

/** One branch, one window, one start: one issue. */
export function windowKey({ window, baseRef, start }: Pick<WindowRecord, "window" | "baseRef" | "start">): string {
  return `window:${window}:${start}:${encodeURIComponent(baseRef)}`;
}

/** GitHub gives no such number: it stands for an issue that is still to be filed, where issues are off while something is owed. */
export function unfiledNumber(record: WindowRecord): number {
  const hash = createHash("sha256").update(windowKey(record)).digest().readUInt32BE(0);
  return -(unfiledMin + (hash % unfiledMin));
}

/** Beyond the numbers of pull requests, which stand for theirs in the same way. */
const unfiledMin = 1_000_000_000;

/** When the validation is due. */
export function validationDueAt({ end, withinMs }: WindowRecord): Date {
  return new Date(Date.parse(end) + withinMs);
}

export function isSettled({ phase }: WindowRecord): boolean {
  return phase === "validated" || phase === "unused" || phase === "withdrawn";
}
