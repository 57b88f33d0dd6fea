import { z } from "zod";
import { isIncomplete } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when every commit bears a signature that GitHub verified. */
export const signed = definePredicate({
  key: "signed",
  schema: z
    .boolean()
    .describe("`true`: GitHub verified the signature of every commit; `false`: of at least one it did not."),
  example: true,
  reads: ["commits", "incomplete"],
  test: (wanted, facts) => {
    const { commits } = facts.snapshot;
    const unsigned = commits.filter((commit) => !commit.signature?.isValid);
    if (unsigned.length > 0) {
      return { holds: !wanted, saw: `${unsigned.length} of ${commits.length} commits without a verified signature` };
    }
    if (commits.length === 0 || isIncomplete("commits", facts)) {
      return { holds: "unknown", saw: "not all commits could be read" };
    }
    return { holds: wanted, saw: `${commits.length} verified` };
  },
});
