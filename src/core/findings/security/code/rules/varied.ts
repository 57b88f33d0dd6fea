import type { Value } from "../facts.ts";

/** Holds for a value that is neither written out nor made of constants alone. */
export function isVaried(value: Value | undefined): boolean {
  const kind = value?.kind;
  return kind === "name" || kind === "call" || kind === "built" || kind === "other";
}
