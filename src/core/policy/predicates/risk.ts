import { z } from "zod";
import { type RiskLevel, riskLevels } from "../../findings/finding.ts";
import { isIncomplete } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

/** Holds when the risk lies in the range. */
export const risk = definePredicate({
  key: "risk",
  schema: z
    .strictObject({
      at_least: z.enum(riskLevels).optional().describe("This risk or a higher one."),
      at_most: z.enum(riskLevels).optional().describe("This risk or a lower one."),
    })
    .refine((wanted) => wanted.at_least ?? wanted.at_most, {
      message: "this compares with nothing",
      params: { expected: "at_least or at_most with low, medium or high" },
    })
    .describe("How risky the change is, judged from all findings."),
  example: { at_least: "medium" },
  reads: ["classification", "incomplete"],
  test: (wanted, facts) => {
    const { level } = facts.classification.risk;
    if (wanted.at_most && rank(level) > rank(wanted.at_most)) return { holds: false, saw: level };
    // What was not read can only add to the risk.
    const isUnsure = isIncomplete("files", facts) || isIncomplete("contents", facts);
    const isReached = !wanted.at_least || rank(level) >= rank(wanted.at_least);
    if (isUnsure && (wanted.at_most || !isReached)) return { holds: "unknown", saw: `${level} or higher` };
    return { holds: isReached, saw: level };
  },
});

function rank(level: RiskLevel): number {
  return riskLevels.indexOf(level);
}
