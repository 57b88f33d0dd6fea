import { textPatterns } from "../blocks/values.ts";
import { matchesText } from "../patterns.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the description matches one of the patterns. */
export const body = definePredicate({
  key: "body",
  schema: textPatterns.describe(
    "Globs (of the whole description) or `/regular expressions/` (anywhere in it), any of which must match.",
  ),
  example: ["/^Ticket: [A-Z]+-\\d+$/m"],
  reads: ["body"],
  test: (patterns, { snapshot }) => ({
    holds: matchesSome(patterns, (pattern) => matchesText(pattern, snapshot.body)),
    saw: `a description of ${snapshot.body.length} characters`,
  }),
});
