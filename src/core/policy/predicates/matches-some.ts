import type { Answer } from "./predicate.ts";

/** Whether one of several patterns matches; `unknown` when none does and one could not be tried. */
export function matchesSome(
  patterns: readonly string[],
  matches: (pattern: string) => Answer["holds"],
): Answer["holds"] {
  let isUnsure = false;
  for (const pattern of patterns) {
    const answer = matches(pattern);
    if (answer === true) return true;
    if (answer === "unknown") isUnsure = true;
  }
  return isUnsure ? "unknown" : false;
}
