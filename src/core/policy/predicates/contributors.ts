import { somebodySchema } from "../blocks/roles.ts";
import { sample } from "./changed-paths.ts";
import { contributorsOf, isAnyOf } from "./people.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when at least one contributor is one of these people. What commits claim is taken at its word: use it to ask for more, never for less. */
export const contributors = definePredicate({
  key: "contributors",
  schema: somebodySchema.describe(
    "People, of whom at least one opened the pull request or has a commit in it. Commits only claim who made them: use this to ask for more, never for less.",
  ),
  example: { organizations: ["contractors"] },
  reads: ["author", "commits", "directory", "incomplete"],
  test: (wanted, facts) => {
    const people = contributorsOf(facts);
    return {
      holds: isAnyOf(people, wanted, facts),
      saw: sample(
        people.map((person) => person.shown),
        "",
      ),
    };
  },
});
