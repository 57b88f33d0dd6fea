/** Values that several blocks share. Every one refuses with what it expected. */

import { z } from "zod";
import { parseDuration } from "../../duration.ts";
import { checkGlob, checkNamePattern, checkTextPattern, type PatternFault } from "../patterns.ts";

const durationWords = "a duration such as `2 days`, `48h` or `PT48H`";

/** A duration as people write it; parsed to milliseconds. */
export const duration = z
  .string({ error: durationWords })
  .max(40)
  .transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== null) return ms;
    context.addIssue({
      code: "custom",
      message: `"${text}" is not a duration`,
      params: { expected: durationWords, code: "HP-P09" },
    });
    return z.NEVER;
  })
  .describe("A duration: `24_hours`, `48h`, `2 days`, `30s` or ISO 8601 (`PT48H`).");

/** Names of checkpoints, workflows, roles, levels, channels: what a person can also type in a command. */
export const name = z
  .string({ error: "a name" })
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, "a name of letters, digits, `_`, `-` and `.`, at most 64 characters");

/** One or several; always read as a list. */
export function oneOrMany<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([schema, z.array(schema).min(1)])
    .transform((value) => (Array.isArray(value) ? value : [value]) as z.output<Schema>[]);
}

/** A path glob (`!` in front excludes where a list of globs stands). */
export const glob = z.string().min(1).max(300).superRefine(refusing(checkGlob, "a glob such as `src/**/*.ts`"));
export const globs = oneOrMany(glob);

/** A glob, or a regular expression between slashes (RE2), for running text. */
export const textPattern = z
  .string()
  .min(1)
  .max(500)
  .superRefine(refusing(checkTextPattern, "a glob such as `*urgent*`, or a regular expression such as `/urgent/i`"));
export const textPatterns = oneOrMany(textPattern);

/** A glob, or a regular expression between slashes (RE2), for the name of a branch or repository. */
export const namePattern = z
  .string()
  .min(1)
  .max(500)
  .superRefine(refusing(checkNamePattern, "a glob such as `release/*`, or a regular expression such as `/^v\\d+$/`"));
export const namePatterns = oneOrMany(namePattern);

function refusing(check: (text: string) => PatternFault, expected: string) {
  return (text: string, context: z.RefinementCtx) => {
    const fault = check(text);
    if (fault === null) return;
    context.addIssue({
      code: "custom",
      message: `"${text}" cannot be matched: ${fault.found}`,
      params: { expected, fix: fault.fix, code: "HP-P10" },
    });
  };
}

/** `org/team-slug`. */
export const teamName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9][A-Za-z0-9_-]*$/, "a team as `organisation/team-slug`");

export const login = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}(\[bot\])?$/, "an account's login, e.g. `lena` or `renovate[bot]`");

/** A repository permission that a person must hold at least. */
export const permission = z.enum(["read", "triage", "write", "maintain", "admin"]);

export const mode = z.enum(["enforce", "observe"]);
