import { z } from "zod";
import { isIncomplete, sample } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the pull request bears at least one of these labels. */
export const anyLabel = definePredicate({
  key: "any_label",
  schema: z
    .array(z.string().min(1).max(100))
    .min(1)
    .describe("Labels, at least one of which the pull request bears; case does not matter."),
  example: ["trivial", "chore"],
  reads: ["labels", "incomplete"],
  test: (wanted, facts) => {
    const names = facts.snapshot.labels.map((label) => label.name);
    const known = names.map((name) => name.toLowerCase());
    const hasOne = wanted.some((name) => known.includes(name.toLowerCase()));
    return { holds: hasOne || (isIncomplete("labels", facts) ? "unknown" : false), saw: sample(names, "no labels") };
  },
});
