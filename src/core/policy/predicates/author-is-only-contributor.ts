import { z } from "zod";
import { isIncomplete, sample } from "./changed-paths.ts";
import { contributorsOf } from "./people.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when nobody but the author has a commit in the change. */
export const authorIsOnlyContributor = definePredicate({
  key: "author_is_only_contributor",
  schema: z.boolean().describe("`true`: nobody but the author has a commit in the change; `false`: somebody has."),
  example: true,
  reads: ["author", "commits", "incomplete"],
  test: (wanted, facts) => {
    const people = contributorsOf(facts);
    const saw = sample(
      people.map((person) => person.shown),
      "",
    );
    const { author } = facts.snapshot;
    if (people.some((person) => person.account !== null && person.account.id !== author.id)) {
      return { holds: !wanted, saw };
    }
    const isUnsure = people.some((person) => person.account === null) || isIncomplete("commits", facts);
    return { holds: isUnsure ? "unknown" : wanted, saw };
  },
});
