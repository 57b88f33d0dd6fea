/** Whether a condition holds for more changes than another, as far as its form tells. */

import type { Condition } from "../condition.ts";
import { isDeepEqual } from "../deep-equal.ts";

/** Of the changes that something is for. */
export type Extent = "same" | "wider" | "narrower" | "unsure";

/** @param before `undefined`: every change */
export function compareConditions(before: Condition | undefined, after: Condition | undefined): Extent {
  if (isDeepEqual(before, after)) return "same";
  if (before === undefined) return "narrower";
  if (after === undefined) return "wider";
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Condition>;
  return all([...keys].map((key) => compareKey(key, before[key], after[key])));
}

function compareKey(key: keyof Condition, before: unknown, after: unknown): Extent {
  if (isDeepEqual(before, after)) return "same";
  if (before === undefined) return "narrower"; // one more thing that must hold
  if (after === undefined) return "wider";
  if (!Array.isArray(before) || !Array.isArray(after)) return "unsure";
  if (key === "all" || key === "none") return opposite(compareLists(before, after));
  if (key === "any") return compareLists(before, after);
  // Any file that matches is enough; what is excluded turns it around.
  const hasExclusion = [...before, ...after].some((glob) => String(glob).startsWith("!"));
  return key === "changed_files" && !hasExclusion ? compareLists(before, after) : "unsure";
}

/** Alternatives: more of them hold for more. */
export function compareLists(before: readonly unknown[], after: readonly unknown[]): Extent {
  const isIn = (list: readonly unknown[]) => (value: unknown) => list.some((one) => isDeepEqual(one, value));
  const [keepsAll, addsNone] = [before.every(isIn(after)), after.every(isIn(before))];
  if (keepsAll && addsNone) return "same";
  return keepsAll ? "wider" : addsNone ? "narrower" : "unsure";
}

export function opposite(extent: Extent): Extent {
  return extent === "wider" ? "narrower" : extent === "narrower" ? "wider" : extent;
}

/** Of several things that must all hold. */
export function all(parts: readonly Extent[]): Extent {
  const moved = new Set(parts.filter((part) => part !== "same"));
  const [only] = moved;
  if (only === undefined) return "same";
  return moved.size === 1 ? only : "unsure";
}
