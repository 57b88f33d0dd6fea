import { z } from "zod";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the pull request bears all of these labels. */
export const labels = definePredicate({
  key: "labels",
  schema: z
    .array(z.string().min(1).max(100))
    .min(1)
    .describe("Labels, all of which the pull request bears; case does not matter."),
  example: ["trivial"],
  reads: ["labels", "incomplete"],
  test: (wanted, facts) => {
    const names = facts.snapshot.labels.map((label) => label.name);
    const known = names.map((name) => name.toLowerCase());
    const hasAll = wanted.every((name) => known.includes(name.toLowerCase()));
    return { holds: hasAll || (isIncomplete("labels", facts) ? "unknown" : false), saw: sample(names, "no labels") };
  },
});
