import { namePatterns } from "../blocks/values.ts";
import { matchesName } from "../patterns.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the branch that the change is for matches. */
export const baseBranch = definePredicate({
  key: "base_branch",
  schema: namePatterns.describe("Globs or `/regular expressions/`, any of which the base branch matches."),
  example: ["main", "release/*"],
  reads: ["base"],
  test: (patterns, { snapshot }) => {
    const name = snapshot.base.ref;
    return { holds: matchesSome(patterns, (pattern) => matchesName(pattern, name)), saw: name };
  },
});
