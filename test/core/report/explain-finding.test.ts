import { describe, expect, it } from "vitest";
import { allFindings } from "../../../src/core/findings/find-finding.ts";
import type { Finding } from "../../../src/core/findings/finding.ts";
import { explainedMarkdown, explainedText, explainFinding } from "../../../src/core/report/explain-finding.ts";
import { findingFrames } from "../../../src/core/report/finding-frames.ts";
import { aClassification, aFile, aFinding } from "../../support/builders.ts";
import { judged } from "./telling.ts";

const none = { before: null, after: null };
const policy = {
  roles: { technical_lead: { users: ["lena"] } },
  checkpoints: {
    breaking_change: { approver: "technical_lead" },
    own: { when: [{ finding: ["export_removed"] }], approver: "technical_lead" },
  },
};
const parse: Partial<Finding> = {
  id: "F-1a2b3c",
  rule: "export_removed",
  what: "exported function `parse` was removed",
  path: "src/parse.ts",
  side: "base",
  before: "export function parse(text) {",
  reach: "public",
};

function explained(finding: Partial<Finding>, others: Finding[] = [], asked: object = policy) {
  const classification = aClassification({
    findings: [aFinding("breaking_change", { ...parse, ...finding }), ...others],
  });
  const { verdict, telling } = judged({ policy: asked, classification });
  const [first] = allFindings(verdict.classification).filter(({ id }) => id === "F-1a2b3c");
  return explainFinding(first as Finding, none, verdict, telling);
}

describe("a finding explained", () => {
  it("says what, where, how sure, what it brings about, what helps, and how to leave it out or disagree", () => {
    const markdown = explainedMarkdown(explained({}));
    expect(markdown).toMatch(/^`F-1a2b3c`: exported function `parse` was removed\n/);
    for (const said of [
      "- `src/parse.ts:3` before the change\n- `export function parse(text) {` → nothing",
      "- proven, others can use it: a reader of the change would agree nearly always",
      "- `breaking_change` holds the change; it can be released by `lena` (technical_lead)",
      "- `own` holds the change",
      "- for the workflow it counts in `no_breaking_changes`, `standard_functionality` and `breaking_changes`",
      "- the policy holds from `proven` on and asks from `likely` on for this class",
      "- Keep the old name as an alias",
      'suppress: [{ rule: export_removed, paths: ["src/parse.ts"], reason: "…", until: "…" }]',
      "`/holdpoint disagree F-1a2b3c <reason>`",
      "[`export_removed`](https://holdpoint.example/docs/rules/export_removed)",
    ])
      expect(markdown).toContain(said);
    expect(markdown).not.toContain("@lena");
  });

  it.each<[string, Partial<Finding>, Finding[], object, string]>([
    ["likely asks", { strength: "likely" }, [], policy, "`breaking_change` asks for its review and holds nothing"],
    [
      "a hint beside something proven",
      { strength: "hint" },
      [aFinding("breaking_change", { id: "F-999999" })],
      policy,
      "`breaking_change` applies by stronger findings",
    ],
    ["nothing asks for it", { strength: "hint" }, [], {}, "nothing: it is shown, and asks for nothing"],
    [
      "it is left out",
      {},
      [],
      { ...policy, classification: { suppress: [{ rule: "export_removed", reason: "agreed with its users" }] } },
      "nothing: it is left out by the policy: agreed with its users",
    ],
    [
      "it asks to be left out",
      { mark: { line: 2, until: "2027-01-31", reason: "agreed with its users", fault: "new" } },
      [],
      policy,
      "asks to be left out: the comment on line 2 came with this change",
    ],
  ])("says so where %s", (_, finding, others, asked, said) => {
    expect(explainedMarkdown(explained(finding, others, asked))).toContain(said);
  });

  it("reads in a terminal", () => {
    const text = explainedText(explained({ path: null, line: null }), (one) => [one]);
    expect(text).toContain("\n  Where\n    in no file: in what is said of the change\n");
    expect(text).not.toMatch(/`|\*\*/);
  });
});

describe("the lines around a finding", () => {
  const secret = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");
  const text = `one\n  two("${secret}")\n  three\nfour\nfive\nsix\n`;
  const contents = { base: new Map([["old.ts", text]]), head: new Map([["new.ts", text]]) };
  const file = aFile("new.ts", { previousPath: "old.ts", status: "renamed" });
  const at = (finding: Partial<Finding>) =>
    findingFrames(aFinding("breaking_change", { path: "new.ts", ...finding }), file, contents);

  it("are shown on both sides, as indented as they are, without what reads as a secret", async () => {
    const { before, after } = await at({ line: 3, counterLine: 6 });
    expect(after?.split("\n")).toEqual([
      "  1 | one",
      expect.stringMatching(/^ {2}2 \| {3}two\("\[.* fingerprint [0-9a-f]+\]"\)$/),
      "> 3 |   three",
      "  4 | four",
      "  5 | five",
    ]);
    expect(before).toBe("  4 | four\n  5 | five\n> 6 | six\n  7 |");
  });

  it("are none without a line, beyond the file's end, and around a secret", async () => {
    expect(await at({ line: null })).toEqual(none);
    expect(await at({ line: 99 })).toEqual(none);
    expect(await at({ line: 2, rule: "secret_added" })).toEqual(none);
    expect(await findingFrames(aFinding("security"), undefined, contents)).toEqual(none);
  });
});
