/** What the policy leaves out of the findings, each with a reason. */

import { z } from "zod";
import { isDay, suppressionReasonMin } from "../../suppression-terms.ts";
import { globs, textPattern } from "./values.ts";

const dayWords = "a day such as `2027-01-31`";

export const suppressionSchema = z.strictObject({
  rule: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "a rule of findings such as `export_removed`")
    .describe(
      "A rule of findings, or a group such as `secret_detected`. Whole classes are set by `hold_at` and `ask_at`.",
    ),
  paths: globs.optional().describe("Only findings in these files."),
  symbol: textPattern.optional().describe("Only findings about this symbol, e.g. `Client.connect` or `Client.*`."),
  reason: z
    .string()
    .min(suppressionReasonMin)
    .max(300)
    .describe("Why they may be left out; shown wherever they would have been. At least 10 characters."),
  until: z
    .string({ error: dayWords })
    .refine(isDay, { message: "this is not a day", params: { expected: dayWords } })
    .optional()
    .describe("The last day on which it acts (UTC), e.g. `2027-01-31`. Left out: always."),
});
