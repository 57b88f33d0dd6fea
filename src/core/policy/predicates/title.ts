import { textPatterns } from "../blocks/values.ts";
import { matchesText } from "../patterns.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the title matches one of the patterns. */
export const title = definePredicate({
  key: "title",
  schema: textPatterns.describe(
    "Globs (of the whole title) or `/regular expressions/` (anywhere in it), any of which must match.",
  ),
  example: ["/^(feat|fix)(\\(.+\\))?: /"],
  reads: ["title"],
  test: (patterns, { snapshot }) => ({
    holds: matchesSome(patterns, (pattern) => matchesText(pattern, snapshot.title)),
    saw: snapshot.title,
  }),
});
