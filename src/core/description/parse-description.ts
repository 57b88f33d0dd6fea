/** A description's JSON text as a checked value, or everything that is wrong with it. */

import type { KeyPath } from "../policy/policy-text.ts";
import { schemaProblems } from "../policy/schema-problems.ts";
import type { Problem } from "../problem.ts";
import type { AccountConflict } from "./accounts.ts";
import { type Description, descriptionSchema } from "./schema.ts";

export type ParsedDescription = { kind: "parsed"; description: Description } | { kind: "broken"; problems: Problem[] };

/** Largest description that is read: 3,000 files with both texts fit many times over. */
export const descriptionBytesMax = 64 * 1024 * 1024;

/** @param file how problems name the description */
export function parseDescription(text: string, file: string): ParsedDescription {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    return { kind: "broken", problems: [notJson(error, file)] };
  }
  const parsed = descriptionSchema.safeParse(value);
  if (parsed.success) return { kind: "parsed", description: parsed.data };
  const where = (path: KeyPath) => (path.length === 0 ? { file } : { file, key: dottedKey(path) });
  const placed = schemaProblems(parsed.error.issues, {
    schema: descriptionSchema,
    value,
    where,
    whole: "the description",
  });
  return { kind: "broken", problems: placed.map(({ problem }) => problem) };
}

/** `reviews[0].state`. */
function dottedKey(path: KeyPath): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

function notJson(error: unknown, file: string): Problem {
  const message = error instanceof SyntaxError ? error.message : String(error);
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  const where = line && column ? { file, line: Number(line), column: Number(column) } : { file };
  const found = `the file is not valid JSON: ${message.replace(/\s+/g, " ").slice(0, 200)}`;
  return {
    code: "HP-D01",
    severity: "error",
    where,
    found,
    expected: "",
    fix: "write one JSON object; `holdpoint simulate --help` shows one",
  };
}

/** Accounts that the description names under two ids. */
export function conflictProblems(conflicts: readonly AccountConflict[], file: string): Problem[] {
  return conflicts.map(({ login, ids }) => ({
    code: "HP-D02",
    severity: "error",
    where: { file },
    found: `\`${login}\` has two ids, ${ids[0]} and ${ids[1]}`,
    expected: "one id for each login",
    fix: "",
  }));
}
