import { namePatterns } from "../blocks/values.ts";
import { matchesName } from "../patterns.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the branch that the change comes from matches. */
export const headBranch = definePredicate({
  key: "head_branch",
  schema: namePatterns.describe(
    "Globs or `/regular expressions/`, any of which the head branch matches. Whoever opens a pull request chooses this name.",
  ),
  example: ["hotfix/**"],
  reads: ["head"],
  test: (patterns, { snapshot }) => {
    const name = snapshot.head.ref;
    return { holds: matchesSome(patterns, (pattern) => matchesName(pattern, name)), saw: name };
  },
});
