import { somebodySchema } from "../blocks/roles.ts";
import { isOneOf } from "../resolve-role.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when whoever opened the pull request is one of these people. */
export const author = definePredicate({
  key: "author",
  schema: somebodySchema.describe("Who opened the pull request: the union of what is listed."),
  example: { teams: ["acme/core"] },
  reads: ["author", "directory"],
  test: (wanted, facts) => ({ holds: isOneOf(facts.snapshot.author, wanted, facts), saw: facts.snapshot.author.login }),
});
