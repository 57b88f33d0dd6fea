/** docs/reports.md says what the code does: its limits and the inputs of the mode. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { modes } from "../../action/modes.ts";
import { reportLimits } from "../../src/core/failures/report-limits.ts";
import { reportsPerHour } from "../../src/store/reports.ts";

const text = readFileSync(join(import.meta.dirname, "../../docs/reports.md"), "utf8");

it.each([
  { limit: "lines of a log", words: "the last 1,000 lines", amount: reportLimits.logLines, is: 1_000 },
  { limit: "characters of a line", words: "2,000 characters a line", amount: reportLimits.lineCharacters, is: 2_000 },
  { limit: "characters of logs", words: "250,000 in all", amount: reportLimits.logCharacters, is: 250_000 },
  { limit: "logs", words: "up to 5 is read", amount: reportLimits.logs, is: 5 },
  { limit: "failed tests", words: "the first 200", amount: reportLimits.cases, is: 200 },
  { limit: "details", words: "8,000 of details", amount: reportLimits.detailsCharacters, is: 8_000 },
  { limit: "bytes", words: "2 MB, as sent and unpacked", amount: reportLimits.bodyBytes, is: 2 * 1024 * 1024 },
  { limit: "reports in an hour", words: "300 in an hour", amount: reportsPerHour, is: 300 },
])("the limit of $limit is told as it is", ({ words, amount, is }) => {
  expect(text).toContain(words);
  expect(amount).toBe(is);
});

it("every input of the mode is told, and no other", () => {
  const told = [...text.matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, name]) => name);
  expect(told.sort()).toEqual(Object.keys(modes.report?.inputs ?? {}).sort());
});
