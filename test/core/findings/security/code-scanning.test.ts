import { expect, it } from "vitest";
import type { CodeScanningAlert } from "../../../../src/core/code-scanning.ts";
import { codeScanning } from "../../../../src/core/findings/security/code-scanning.ts";
import { type Change, findingsFrom, findingsOf, rulesFrom } from "../../../support/changes.ts";

const change: Change = ["one\ntwo\nthree\n", "one\n2\nthree\n"];

function anAlert(more: Partial<CodeScanningAlert> = {}): CodeScanningAlert {
  return {
    number: 3,
    tool: "CodeQL",
    rule: "js/path-injection",
    description: "A path from outside",
    message: "This path depends on a value from outside.",
    severity: "high",
    path: "src/a.ts",
    startLine: 2,
    endLine: 2,
    classifications: [],
    url: "https://github.com/acme/api/security/code-scanning/3",
    isOnBase: false,
    ...more,
  };
}

const storyOf = (...value: CodeScanningAlert[]) => ({
  files: { "src/a.ts": change },
  snapshot: { codeScanning: { kind: "read", value } as const },
});

it.each([
  { name: "a critical alert", alert: { severity: "critical" }, rules: ["code_scanning_alert_high proven"] },
  { name: "a high one", alert: {}, rules: ["code_scanning_alert_high proven"] },
  { name: "a medium one", alert: { severity: "medium" }, rules: ["code_scanning_alert_medium likely"] },
  { name: "a low one", alert: { severity: "low" }, rules: ["code_scanning_alert_low hint"] },
  { name: "an error without rating", alert: { severity: "error" }, rules: ["code_scanning_alert_medium likely"] },
  { name: "a warning without rating", alert: { severity: "warning" }, rules: ["code_scanning_alert_low hint"] },
  { name: "a note", alert: { severity: "note" }, rules: ["code_scanning_alert_low hint"] },
  { name: "a severity nobody knows", alert: { severity: "dire" }, rules: ["code_scanning_alert_medium likely"] },
  {
    name: "one that is called constructor",
    alert: { severity: "constructor" },
    rules: ["code_scanning_alert_medium likely"],
  },
  {
    name: "one in what the tool takes for a test",
    alert: { classifications: ["test"] },
    rules: ["code_scanning_alert_high hint"],
  },
  {
    name: "one that spans the added line",
    alert: { startLine: 1, endLine: 3 },
    rules: ["code_scanning_alert_high proven"],
  },
  {
    name: "one at a line left alone, new",
    alert: { startLine: 3, endLine: 3 },
    rules: ["code_scanning_alert_high likely"],
  },
  { name: "one that the base branch has", alert: { isOnBase: true }, rules: [] },
  {
    name: "one on an added line, the base unread",
    alert: { isOnBase: null },
    rules: ["code_scanning_alert_high proven"],
  },
  {
    name: "one at a line left alone, the base unread",
    alert: { startLine: 3, endLine: 3, isOnBase: null },
    rules: ["code_scanning_unread hint"],
  },
  { name: "one in another file", alert: { path: "src/b.ts" }, rules: [] },
])("$name → $rules", async ({ alert, rules }) => {
  expect(await rulesFrom(codeScanning, storyOf(anAlert(alert)))).toEqual(rules);
});

it("shows the tool's rule, its words and where to see the alert, at the line", async () => {
  const [finding] = await findingsFrom(codeScanning, storyOf(anAlert()));
  expect(finding).toMatchObject({
    what: "CodeQL raised `js/path-injection`, an alert of severity high",
    path: "src/a.ts",
    line: 2,
    after: "This path depends on a value from outside. https://github.com/acme/api/security/code-scanning/3",
    symbol: "js/path-injection",
  });
});

it("takes the tool's words as one line of plain text, whatever they are", async () => {
  const odd = { tool: "a`b\n", rule: "x` **bold**\n@all", message: `line\n\u202eback ${"long ".repeat(900)}` };
  const [finding] = await findingsFrom(codeScanning, storyOf(anAlert(odd)));
  expect(finding?.what).toBe("a'b raised `x' **bold** @all`, an alert of severity high");
  expect(finding?.after).not.toMatch(/[\n\u202e]/);
  expect(finding?.after?.length).toBeLessThan(400);
  expect(finding?.after).toContain("https://github.com/acme/api/security/code-scanning/3");
});

it("tells two alerts of one rule in one file apart", async () => {
  const found = await findingsOf("security", storyOf(anAlert(), anAlert({ number: 4, startLine: 1, endLine: 2 })));
  const ids = found.filter(({ rule }) => rule === "code_scanning_alert_high").map(({ id }) => id);
  expect(new Set(ids).size).toBe(2);
});

it.each([
  [{ kind: "unreadable", reason: "GitHub answered 403" } as const, ", because GitHub answered 403"],
  [{ kind: "missing" } as const, ""],
])("says that alerts could not be read: %j", async (alerts, because) => {
  const found = await findingsFrom(codeScanning, { snapshot: { codeScanning: alerts } });
  expect(found.map(({ rule, strength, what }) => [rule, strength, what])).toEqual([
    ["code_scanning_unread", "hint", `the alerts of code scanning could not be read${because}`],
  ]);
});

it("says nothing where nobody asked", async () => {
  expect(await rulesFrom(codeScanning, { files: { "src/a.ts": change } })).toEqual([]);
});
