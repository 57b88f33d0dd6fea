import { somebodySchema } from "../blocks/roles.ts";
import { sample } from "./changed-paths.ts";
import { areAllOf, contributorsOf } from "./people.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the author and everybody with a commit in the change are among these people. */
export const onlyContributors = definePredicate({
  key: "only_contributors",
  schema: somebodySchema.describe("People, to whom the author and everybody with a commit in the change belong."),
  example: { users: ["renovate[bot]"] },
  reads: ["author", "commits", "directory", "incomplete"],
  test: (wanted, facts) => {
    const people = contributorsOf(facts);
    return {
      holds: areAllOf(people, wanted, facts),
      saw: sample(
        people.map((person) => person.shown),
        "",
      ),
    };
  },
});
