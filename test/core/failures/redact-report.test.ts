import fc from "fast-check";
import { expect, it } from "vitest";
import { fitReport, redactReport } from "../../../src/core/failures/redact-report.ts";
import { reportLimits } from "../../../src/core/failures/report-limits.ts";
import { type FailedCase, type RunReport, runReportSchema } from "../../../src/core/failures/run-report.ts";
import { mismatchOf } from "../../../src/core/failures/workflow-claims.ts";
import { aReport, theClaims } from "../../support/reports.ts";

const canary = "Zk3vQ9xWmT7bLpR2sYfN8dHcJ5gKuA4eVtX6";

const aCase = (overrides: Partial<FailedCase> = {}): FailedCase => ({
  ...{ suite: "list", class_name: "List", name: "adds", file: "list.test.ts", line: 7, kind: "failure", type: "E" },
  ...{ message: "expected 2", details: "at list.test.ts:7", seconds: 0.1, reruns: 0 },
  ...overrides,
});

const aSummary = (cases: FailedCase[]): RunReport["junit"] => ({
  ...{ files: 1, tests: 9, failed: cases.length, errored: 0, skipped: 0, flaky: 0, seconds: 1 },
  ...{ cases, cases_left_out: 0, problems: [] },
});

it("a secret is cut out wherever it stands, and what GitHub is asked by stays", async () => {
  const report = aReport({
    run: { id: 7, attempt: 1, workflow: `CI ${canary}` },
    job: { key: `test ${canary}`, name: `test (${canary})`, status: "failure" },
    step: { number: 2, name: `Run ${canary}` },
    command: `npm test ${canary}`,
    logs: [{ source: `${canary}.log`, lines: ["a", `b ${canary}`, "c"], lines_left_out: 3 }],
    junit: aSummary([
      aCase({
        suite: canary,
        class_name: canary,
        name: canary,
        file: canary,
        type: canary,
        message: canary,
        details: canary,
      }),
    ]),
    tools: { node: canary },
  });
  const clear = await redactReport(report);
  expect(JSON.stringify(clear)).not.toContain(canary);
  expect(clear).toMatchObject({
    repository: report.repository,
    commit: report.commit,
    logs: [{ lines: ["a", "b [redacted]", "c"], lines_left_out: 3 }],
    redacted: 15,
  });
});

it("a secret with a colour in its middle is cut out, and control characters are gone", async () => {
  const lines = [`a \u001b[31m${canary.slice(0, 9)}\u001b[0m${canary.slice(9)}`, "\u0000b", ""];
  const clear = await redactReport(aReport({ logs: [{ source: "a.log", lines, lines_left_out: 0 }] }));
  expect(clear.logs).toEqual([{ source: "a.log", lines: ["a [redacted]", "b"], lines_left_out: 0 }]);
});

it("a log without a line has none afterwards", async () => {
  const clear = await redactReport(aReport({ logs: [{ source: "a.log", lines: [], lines_left_out: 0 }] }));
  expect(clear.logs[0]?.lines).toEqual([]);
});

it("what is longer than the limits is cut, after secrets are out", async () => {
  const line = `${"x ".repeat(660)}${canary} ${"y ".repeat(1_000)}`;
  const report = aReport({
    logs: [{ source: "a.log", lines: Array<string>(1_500).fill(line), lines_left_out: 0 }],
    junit: aSummary(Array<FailedCase>(300).fill(aCase({ details: "z ".repeat(8_000) }))),
  });
  const clear = await redactReport(report);
  expect(runReportSchema.safeParse(clear).error).toBeUndefined();
  expect(JSON.stringify(clear)).not.toContain(canary.slice(0, 8));
  expect(clear.junit).toMatchObject({ cases_left_out: 100 });
  expect(clear.logs[0]?.lines_left_out).toBe(1_500 - (clear.logs[0]?.lines.length ?? 0));
});

it("a report always fits, whatever characters it is made of", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "\u0007", '"', "語", "😀"), minLength: 2_000, maxLength: 2_000 });
  fc.assert(
    fc.property(text, fc.constantFrom(20_000, 200_000, reportLimits.bodyBytes), (words, bytesMax) => {
      const report = aReport({
        logs: [{ source: "a.log", lines: Array<string>(200).fill(words), lines_left_out: 0 }],
        junit: aSummary(Array<FailedCase>(200).fill(aCase({ message: words, details: words }))),
      });
      expect(Buffer.byteLength(JSON.stringify(fitReport(report, bytesMax)))).toBeLessThanOrEqual(bytesMax);
    }),
    { numRuns: 20 },
  );
});

it("a report that fits stays as it is", () => {
  const report = aReport({ junit: aSummary([aCase()]) });
  expect(fitReport(report, reportLimits.bodyBytes)).toEqual(report);
});

it("the schema takes no other names, so that a misspelt one is told", () => {
  expect(runReportSchema.safeParse(aReport()).success).toBe(true);
  expect(runReportSchema.safeParse({ ...aReport(), exitCode: 1 }).success).toBe(false);
});

it("names of repositories may be written in another case", () => {
  expect(mismatchOf(aReport({ repository: { id: 11, full_name: "Acme/API" } }), theClaims)).toBeNull();
});
