import { describe, expect, it } from "vitest";
import { type ShownCheck, showCheck } from "../../../src/cli/demo/show-check.ts";

const check: ShownCheck = {
  name: "holdpoint: main",
  status: "completed",
  conclusion: "failure",
  output: {
    title: "Waiting for a migration plan",
    summary: "**This change is breaking.** It opens when the open point is met.\n",
    text: "<details><summary>1 finding</summary>\n\n- a\n\n</details>",
  },
  annotations: [
    {
      path: "src/parse.ts",
      start_line: 3,
      end_line: 3,
      start_column: null,
      end_column: null,
      annotation_level: "failure",
      title: "breaking: an export was removed",
      message: "exported function parse was removed\nKeep an alias.",
      raw_details: null,
    },
  ],
};

const plain = { hasColour: false, width: 80 };

describe("a check in a terminal", () => {
  it("has the title, the summary, the annotations on their lines and what can be unfolded", () => {
    expect(showCheck(check, 7, plain)).toBe(`  ╭ #7  holdpoint: main  failure
  │ ✗ Waiting for a migration plan
  │
  │ This change is breaking. It opens when the open point is met.
  │
  │ src/parse.ts:3 breaking: an export was removed
  │   exported function parse was removed
  │   Keep an alias.
  │
  │ ▸\u00a01 finding
  ╰
`);
  });

  it("leaves out what was shown before", () => {
    expect(showCheck(check, 7, plain, true)).not.toContain("src/parse.ts");
  });

  it.each([
    { conclusion: "success", state: "success", mark: "✓" },
    { conclusion: "neutral", state: "neutral", mark: "◌" },
    { conclusion: null, state: "in progress", mark: "●" },
  ] as const)("marks $state with $mark", ({ conclusion, state, mark }) => {
    const status = conclusion === null ? "in_progress" : "completed";
    const shown = showCheck({ ...check, status, conclusion }, 7, plain);
    expect(shown).toContain(`holdpoint: main  ${state}\n  │ ${mark} Waiting`);
  });

  it("colours only where that is wanted", () => {
    expect(showCheck(check, 7, plain)).not.toContain("\u001b[");
    expect(showCheck(check, 7, { ...plain, hasColour: true })).toContain("\u001b[31m");
  });
});
