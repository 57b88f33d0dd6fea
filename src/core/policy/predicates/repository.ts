import { namePatterns } from "../blocks/values.ts";
import { matchesName } from "../patterns.ts";
import { matchesSome } from "./matches-some.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the repository matches. */
export const repository = definePredicate({
  key: "repository",
  schema: namePatterns.describe("Globs or `/regular expressions/`, any of which `owner/name` matches."),
  example: ["acme/service-*"],
  reads: ["repository"],
  test: (patterns, { snapshot }) => {
    const name = `${snapshot.repository.owner}/${snapshot.repository.name}`;
    return { holds: matchesSome(patterns, (pattern) => matchesName(pattern, name)), saw: name };
  },
});
