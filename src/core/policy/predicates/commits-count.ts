import { isIncomplete } from "./changed-paths.ts";
import { isInRange, numberRange } from "./number-range.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the number of commits is in the range. */
export const commitsCount = definePredicate({
  key: "commits_count",
  schema: numberRange.describe("How many commits there are."),
  example: { over: 100 },
  reads: ["commits", "incomplete"],
  test: (wanted, facts) => {
    const count = facts.snapshot.commits.length;
    const isLowerBound = isIncomplete("commits", facts);
    return {
      holds: isInRange(count, wanted, isLowerBound),
      saw: `${isLowerBound ? "at least " : ""}${count}`,
    };
  },
});
