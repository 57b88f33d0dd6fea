import { z } from "zod";
import { isIncomplete } from "./changed-paths.ts";
import { isInRange, numberRange } from "./number-range.ts";
import { type Answer, definePredicate } from "./predicate.ts";

/** Holds when every count that is named is in its range. */
export const lines = definePredicate({
  key: "lines",
  schema: z
    .strictObject({
      added: numberRange.optional().describe("Lines added, in all files."),
      removed: numberRange.optional().describe("Lines removed, in all files."),
      changed: numberRange.optional().describe("Lines added and lines removed together, in all files."),
      net: numberRange
        .optional()
        .describe(
          "Lines that a person has to read: net of generated, vendored, lock, snapshot and binary files and of moved lines.",
        ),
    })
    .refine((value) => value.added ?? value.removed ?? value.changed ?? value.net, {
      message: "this counts nothing",
      params: { expected: "at least one of added, removed, changed, net" },
    })
    .describe("How many lines changed; each count that is named must be met."),
  example: { net: { under: 200 } },
  reads: ["files", "classification", "incomplete"],
  test: (wanted, facts) => {
    const { files } = facts.snapshot;
    const added = files.reduce((sum, file) => sum + file.additions, 0);
    const removed = files.reduce((sum, file) => sum + file.deletions, 0);
    const counts = { added, removed, changed: added + removed, net: facts.classification.size.changed };
    const isLowerBound = isIncomplete("files", facts);
    const answers: Answer["holds"][] = [];
    const saw: string[] = [];
    for (const name of ["added", "removed", "changed", "net"] as const) {
      const range = wanted[name];
      if (!range) continue;
      answers.push(isInRange(counts[name], range, isLowerBound));
      saw.push(`${isLowerBound ? "at least " : ""}${counts[name]} ${name}`);
    }
    const holds = answers.includes(false) ? false : answers.includes("unknown") ? "unknown" : true;
    return { holds, saw: saw.join(", ") };
  },
});
