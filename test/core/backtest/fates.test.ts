import { expect, it } from "vitest";
import { type Fate, findFates } from "../../../src/core/backtest/fates.ts";
import type { LaterChange } from "../../../src/core/backtest/later-change.ts";
import { aLaterChange, shaOf } from "../../support/backtest.ts";

const until = new Date(Date.UTC(2026, 5, 1));
const fixWithinMs = 14 * 86_400_000;

function fateOf(id: string, changes: readonly LaterChange[]): Fate {
  const fate = findFates(changes, { fixWithinMs, until }).get(id);
  if (!fate) throw new Error(`No change ${id}`);
  return fate;
}

const added = "+  const answer = computeTheAnswer(question);";
const taken = "-  const answer = computeTheAnswer(question);";
const change = aLaterChange("#1", "feat: answer questions (#1)", 0, { lines: [added] });

it.each([
  {
    name: "git's own revert",
    title: 'Revert "feat: answer questions (#1)"',
    message: `This reverts commit ${shaOf("#1")}.`,
  },
  {
    name: "a revert by a short commit id",
    title: "take it back",
    message: `This reverts commit ${shaOf("#1").slice(0, 10)}.`,
  },
  { name: "GitHub's revert button", title: 'Revert "feat: answer questions" (#9)', message: "Reverts acme/api#1" },
  { name: "a quoted title alone", title: 'Revert "feat: answer questions"', message: "" },
  { name: "a quoted title with both numbers", title: 'Revert "feat: answer questions (#1)" (#9)', message: "" },
  {
    name: "a quoted title behind a conventional prefix",
    title: 'chore: Revert "feat: answer questions" (#9)',
    message: "",
  },
  { name: "a number in the title", title: "fix(factory): revert PR #1", message: "" },
  { name: "a conventional revert", title: "revert: feat: answer questions", message: "" },
  { name: "a conventional revert with a scope", title: "revert(core): feat: answer questions", message: "" },
])("$name takes the change back", ({ title, message }) => {
  const fate = fateOf("#1", [change, aLaterChange("#9", title, 30, { message })]);
  expect(fate.revertedBy).toEqual({ id: "#9", title, afterMs: 30 * 3_600_000 });
  expect(fate.isRestored).toBe(false);
});

it.each([
  {
    name: "a revert of another commit",
    title: 'Revert "something else"',
    message: `This reverts commit ${"9".repeat(40)}.`,
  },
  { name: "talk about reverting", title: "docs: how to revert", message: "Reverts are explained." },
  {
    name: "a quotation of a revert inside a sentence",
    title: "chore: notes",
    message: `It says: This reverts commit ${shaOf("#1")}.`,
  },
  {
    name: "a commit id that only starts alike",
    title: "take back",
    message: `This reverts commit ${shaOf("#1").slice(0, 8)}${"f".repeat(32)}.`,
  },
])("$name takes nothing back", ({ title, message }) => {
  expect(fateOf("#1", [change, aLaterChange("#9", title, 30, { message })]).revertedBy).toBeNull();
});

it.each([
  {
    name: "a revert of the revert",
    title: 'Revert "Revert "feat: answer questions"" (#10)',
    message: "Reverts acme/api#9",
  },
  { name: "git's reapply", title: 'Reapply "feat: answer questions"', message: "" },
])("$name brings the change back", ({ title, message }) => {
  const revert = aLaterChange("#9", 'Revert "feat: answer questions" (#9)', 10, { message: "Reverts acme/api#1" });
  const fate = fateOf("#1", [change, revert, aLaterChange("#10", title, 20, { message })]);
  expect(fate.revertedBy?.id).toBe("#9");
  expect(fate.isRestored).toBe(true);
});

it.each([
  { name: "names the number", title: "fix: a crash since #1", lines: [], tie: "named" },
  {
    name: "links the pull request",
    title: "Fix crash",
    message: "See https://example.com/acme/api/pull/1 for more.",
    lines: [],
    tie: "named",
  },
  {
    name: "names the commit",
    title: "hotfix: crash",
    message: `Since ${shaOf("#1").slice(0, 8)} it crashes.`,
    lines: [],
    tie: "named",
  },
  {
    name: "rewrites its lines",
    title: "fix(core): count again (#9)",
    lines: [taken, "+  const answer = other(question);"],
    tie: "same_lines",
  },
  {
    name: "rewrites its lines, indented otherwise",
    title: "Fixes counting",
    lines: ["-      const answer = computeTheAnswer(question);"],
    tie: "same_lines",
  },
  {
    name: "touches the same file",
    title: "fix: something near",
    lines: ["+const elsewhere = 12345;"],
    tie: "same_files",
  },
  { name: "speaks of a regression", title: "Regression in counting", lines: [taken], tie: "same_lines" },
])("a fix that $name is tied to it: $tie", ({ title, message, lines, tie }) => {
  const fate = fateOf("#1", [change, aLaterChange("#9", title, 48, { message, lines })]);
  expect(fate.fixedBy).toMatchObject({ id: "#9", afterMs: 48 * 3_600_000, tie });
});

it.each([
  { name: "a feature in the same lines", title: "feat: count again", lines: [taken], hours: 48 },
  {
    name: "a fix elsewhere",
    title: "fix: other",
    lines: ["-  const answer = computeTheAnswer(question);"],
    path: "src/b.ts",
    hours: 48,
  },
  { name: "a fix of tests", title: "fix: flaky", lines: [taken], path: "src/a.test.ts", hours: 48 },
  { name: "a fix a fortnight and an hour later", title: "fix: late", lines: [taken], hours: 14 * 24 + 1 },
  { name: "a fix by name a fortnight and an hour later", title: "fix: late, since #1", lines: [], hours: 14 * 24 + 1 },
  { name: "a bump of dependencies", title: "fix(deps): update it", lines: [taken], hours: 48 },
  { name: "a rule for linting", title: "fix(linters): ask for more", lines: [taken], hours: 48 },
  { name: "a typo", title: "fix typo in a comment", lines: [taken], hours: 48 },
  { name: "a number that only contains its own", title: "fix: a crash since #12", lines: [], hours: 48 },
  { name: "a number of another repository", title: "fix: a crash since other/repo#1", lines: [], hours: 48 },
])("$name is no fix of it", ({ title, lines, path, hours }) => {
  const options = path === undefined ? { lines } : { lines, path };
  expect(fateOf("#1", [change, aLaterChange("#9", title, hours, options)]).fixedBy).toBeNull();
});

it("takes the surest tie, and of equal ones the first", () => {
  const near = aLaterChange("#7", "fix: near", 10, { lines: ["+const elsewhere = 12345;"] });
  const lines = aLaterChange("#8", "fix: lines", 20, { lines: [taken] });
  const again = aLaterChange("#9", "fix: lines again", 30, { lines: [taken] });
  expect(fateOf("#1", [change, near, lines, again]).fixedBy).toMatchObject({ id: "#8", tie: "same_lines" });
});

it("does not take a fix for a fix of itself, nor a revert for a fix", () => {
  const fix = aLaterChange("#2", "fix: answer (#2)", 0, { lines: [added] });
  const revert = aLaterChange("#9", 'Revert "fix: answer (#2)"', 5, { lines: [taken] });
  const fate = fateOf("#2", [fix, revert]);
  expect(fate.fixedBy).toBeNull();
  expect(fate.revertedBy?.id).toBe("#9");
});

it("says where the history ends too soon to know", () => {
  const late = aLaterChange("#1", "feat: late", 0);
  expect(
    findFates([late], { fixWithinMs, until: new Date(late.at.getTime() + fixWithinMs - 1) }).get("#1")?.isRecent,
  ).toBe(true);
  expect(findFates([late], { fixWithinMs, until: new Date(late.at.getTime() + fixWithinMs) }).get("#1")?.isRecent).toBe(
    false,
  );
});

it("tells of GitLab's merge requests by their own numbers", () => {
  const merged = aLaterChange("!12", "Answer questions", 0);
  const revert = aLaterChange("!13", 'Revert "Answer questions"', 3, { message: "This reverts merge request !12" });
  expect(fateOf("!12", [merged, revert]).revertedBy?.id).toBe("!13");
});
