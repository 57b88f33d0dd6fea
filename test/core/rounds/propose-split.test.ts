import { expect, it } from "vitest";
import { proposeSplit } from "../../../src/core/rounds/propose-split.ts";
import { aClassification, aFile, aFinding } from "../../support/builders.ts";

const split = (paths: string[], findings = aClassification()) =>
  proposeSplit(
    paths.map((path) => aFile(path, { additions: 10, deletions: 2 })),
    findings,
  );

it("by module, tests with what they test, documentation first, what is held for findings last", () => {
  const findings = aClassification({ findings: [aFinding("security", { path: "src/auth/login.ts" })] });
  const parts = split(
    ["src/auth/login.ts", "src/billing/a.ts", "src/billing/b.ts", "test/billing/a.test.ts", "docs/billing.md"],
    findings,
  );
  expect(parts.map(({ name, lines, classes }) => ({ name, lines, classes }))).toEqual([
    { name: "documentation", lines: 12, classes: [] },
    { name: "billing", lines: 36, classes: [] },
    { name: "auth", lines: 12, classes: ["security"] },
  ]);
  expect(parts[1]?.files.map(({ path }) => path)).toEqual([
    "src/billing/a.ts",
    "src/billing/b.ts",
    "test/billing/a.test.ts",
  ]);
});

it("files beside every folder are one part, and tests of nothing that is named another", () => {
  expect(split(["package.json", "test/smoke.test.ts", "api/a.go"]).map(({ name }) => name)).toEqual([
    "api",
    "other files",
    "tests",
  ]);
});

it("at most eight parts: the smallest are put together, and every file is in exactly one", () => {
  const paths = Array.from({ length: 20 }, (_, index) => `module-${index}/file.ts`);
  const parts = split(paths);
  expect(parts).toHaveLength(8);
  expect(parts.flatMap(({ files }) => files.map(({ path }) => path)).sort()).toEqual([...paths].sort());
});

it("nothing changed, nothing to split", () => {
  expect(split([])).toEqual([]);
});
