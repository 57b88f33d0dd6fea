import { isIncomplete } from "./changed-paths.ts";
import { isInRange, numberRange } from "./number-range.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the number of changed files is in the range. */
export const filesCount = definePredicate({
  key: "files_count",
  schema: numberRange.describe("How many changed files there are."),
  example: { over: 100 },
  reads: ["files", "incomplete"],
  test: (wanted, facts) => {
    const count = facts.snapshot.files.length;
    const isLowerBound = isIncomplete("files", facts);
    return {
      holds: isInRange(count, wanted, isLowerBound),
      saw: `${isLowerBound ? "at least " : ""}${count}`,
    };
  },
});
