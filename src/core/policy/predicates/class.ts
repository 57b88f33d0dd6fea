import { z } from "zod";
import { type FindingClass, findingClasses, type Strength, strengths } from "../../findings/finding.ts";
import { isIncomplete } from "./changed-paths.ts";
import { definePredicate } from "./predicate.ts";

const strength = z.enum(strengths).optional().describe("The weakest evidence of this class that will do.");

/** Holds when every class that is named was found with at least the strength asked for. */
export const classPredicate = definePredicate({
  key: "class",
  schema: z
    .strictObject(
      Object.fromEntries(findingClasses.map((name) => [name, strength])) as Record<FindingClass, typeof strength>,
    )
    .refine((wanted) => Object.values(wanted).some((value) => value !== undefined), {
      message: "this names no class",
      params: { expected: `at least one of ${findingClasses.join(", ")}` },
    })
    .describe(
      "Kinds of change, each with the weakest strength of evidence that will do: `hint`, `likely` or `proven`.",
    ),
  example: { security: "likely" },
  reads: ["classification", "incomplete"],
  test: (wanted, facts) => {
    const saw: string[] = [];
    let isMissing = false;
    for (const name of findingClasses) {
      const needed = wanted[name];
      if (needed === undefined) continue;
      const found = facts.classification.classes[name].strength;
      if (found === null || rank(found) < rank(needed)) isMissing = true;
      saw.push(`${name}: ${found ?? "no evidence"}`);
    }
    const isUnsure = isIncomplete("files", facts) || isIncomplete("contents", facts);
    return { holds: !isMissing || (isUnsure ? "unknown" : false), saw: saw.join(", ") };
  },
});

function rank(value: Strength): number {
  return strengths.indexOf(value);
}
