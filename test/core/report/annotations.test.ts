import { describe, expect, it } from "vitest";
import { annotate, headLineOf } from "../../../src/core/report/annotations.ts";
import { aClassification, aFile, aFinding } from "../../support/builders.ts";

const patch = "@@ -2,5 +2,4 @@ head\n two\n-three\n-four\n+3\n five\n six\n@@ -20,2 +19,4 @@\n twenty\n+a\n+b\n last";

describe("a line of the base side on the head side", () => {
  it.each([
    { name: "before the first hunk", line: 1, at: 1 },
    { name: "kept at the start of a hunk", line: 2, at: 2 },
    { name: "removed: what took its place", line: 3, at: 3 },
    { name: "removed after a removed one", line: 4, at: 3 },
    { name: "kept after the replacement", line: 5, at: 4 },
    { name: "between the hunks", line: 10, at: 9 },
    { name: "kept before an addition", line: 20, at: 19 },
    { name: "kept after an addition", line: 21, at: 22 },
    { name: "after the last hunk", line: 30, at: 31 },
  ])("$name: $line → $at", ({ line, at }) => {
    expect(headLineOf(patch, line)).toBe(at);
  });

  it("is the first line where there is no patch", () => {
    expect(headLineOf(null, 7)).toBe(1);
  });
});

it("leaves out findings whose file was removed, is not in the change, or is none", () => {
  const findings = [
    aFinding("security", { path: "gone.ts" }),
    aFinding("security", { path: "elsewhere.ts" }),
    aFinding("security", { path: null }),
    aFinding("security", { path: "old.ts", side: "base", line: 1 }),
  ];
  const files = [
    aFile("gone.ts", { status: "removed" }),
    aFile("new.ts", { previousPath: "old.ts", status: "renamed", patch: null }),
  ];
  const { annotations } = annotate({ classification: aClassification({ findings }) }, files, { ruleUrl: () => null });
  expect(annotations.map((one) => `${one.path}:${one.startLine}`)).toEqual(["new.ts:1"]);
});
