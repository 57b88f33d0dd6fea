import { basePath, defineDetector, type Observation, type ReadFile } from "../../detector.ts";
import { isTest } from "../../file-role.ts";
import type { PatchLine } from "../../patch-lines.ts";
import { addedTexts, type Edit, editsOf, replacer, trimmed } from "./edits.ts";
import { type TestSyntax, testSyntaxOf } from "./test-lines.ts";

/** Lines of the change that are gone for good: what only moved stands among the added ones. */
type IsGone = (line: PatchLine) => boolean;

/**
 * Reports what tests that were there no longer promise (C1). Each is a hint: a test may be rewritten for many reasons, but a behaviour that
 * others rely on seldom changes without one.
 */
export const existingTests = defineDetector({
  id: "existing_tests",
  class: "breaking_change",
  title: "what existing tests no longer ask",
  why: "Tests are the promises about behaviour that no declaration shows.",
  rules: {
    test_file_removed: {
      title: "a file of tests was removed",
      why: "What it asked is promised no longer.",
      looksAt: "Removed test files of which fewer than half of the lines stand elsewhere in the change.",
    },
    test_case_removed: {
      title: "a test case was removed",
      why: "What it asked is promised no longer.",
      looksAt: "Cases whose name is gone from a file that stays, without another case in their place.",
      example: {
        language: "ts",
        diff: '-it("keeps the order", () => {\n-  expect(sorted([2, 1])).toEqual([1, 2]);\n-});',
      },
    },
    test_case_renamed: {
      title: "a test case asks something under another name",
      why: "The sentence that described the behaviour no longer fitted it.",
    },
    test_assertion_removed: {
      title: "an assertion of an existing test was removed",
      why: "What it asserted may no longer hold.",
      looksAt: "Assertions taken away from a case that stays, more than were put in their place.",
    },
    test_expectation_changed: {
      title: "an existing test expects another value",
      why: "For the same input users get something else.",
      looksAt: "An assertion replaced by a similar one; an assertion that only got more to check is left alone.",
      example: { language: "ts", diff: "-expect(limit({})).toBe(20);\n+expect(limit({})).toBe(10);" },
    },
    test_expects_failure: {
      title: "an existing test now expects a failure",
      why: "What worked before is refused now.",
      example: {
        language: "python",
        diff: '-assert parse("1,2") == [1, 2]\n+with pytest.raises(ValueError):\n+    parse("1,2")',
      },
    },
    test_call_changed: {
      title: "existing tests had to call differently",
      why: "Users have to change their calls in the same way.",
      looksAt: "Lines of existing tests that are no assertions, replaced one for one by similar lines.",
    },
    test_snapshot_changed: {
      title: "a recorded snapshot changed",
      why: "The output that was recorded is no longer what comes out.",
      looksAt: "Lines removed from snapshot files that stay.",
    },
    test_fixture_changed: {
      title: "the data of existing tests changed",
      why: "Input or output that tests took for valid is other now.",
      looksAt: "Lines removed from data files in test folders that stay.",
    },
  },
  detect: ({ files }) => {
    const kept = addedTexts(files);
    const isGone: IsGone = (line) => !kept.has(trimmed(line));
    return { observations: files.flatMap((file) => observe(file, isGone)) };
  },
});

function observe(file: ReadFile, isGone: IsGone): Observation[] {
  const path = basePath(file);
  if (file.status === "added" || file.status === "copied" || file.leftOut === "vendored") return [];
  if (file.leftOut === "snapshot of a test") return dataChanged(file, "test_snapshot_changed", isGone);
  if (file.leftOut !== null || !isTest(path)) return [];
  const syntax = testSyntaxOf(path);
  if (syntax === null) return file.status === "removed" ? [] : dataChanged(file, "test_fixture_changed", isGone);
  if (file.status === "removed") return removedFile(file, syntax, isGone);
  const found = new Map<string, Observation & { count: number }>();
  for (const edit of editsOf(file)) {
    for (const seen of readEdit(edit, syntax, isGone)) {
      const known = found.get(seen.rule);
      if (known) known.count++;
      else found.set(seen.rule, { ...observation(file, seen), count: 1 });
    }
  }
  return [...found.values()].map(({ count, ...first }) => ({ ...first, what: phrases[first.rule]?.(count) ?? "" }));
}

const times = (count: number, one: string, many: string) => (count === 1 ? one : many.replace("%", String(count)));
const phrases: Readonly<Record<string, (count: number) => string>> = {
  test_case_removed: (n) => times(n, "a test case was removed", "test cases were removed in % places"),
  test_case_renamed: (n) => times(n, "a test case asks under another name", "% test cases ask under other names"),
  test_assertion_removed: (n) =>
    times(n, "an assertion of an existing test was removed", "assertions of existing tests were removed in % places"),
  test_expectation_changed: (n) =>
    times(n, "an existing test expects something else", "existing tests expect something else in % places"),
  test_expects_failure: (n) =>
    times(n, "an existing test now expects a failure", "existing tests now expect a failure in % places"),
  test_call_changed: (n) =>
    times(n, "an existing test had to call differently", "existing tests had to call differently in % places"),
};

interface Seen {
  rule: string;
  before: PatchLine | null;
  after: PatchLine | null;
}

function readEdit(edit: Edit, syntax: TestSyntax, isGone: IsGone): Seen[] {
  const { removed, added } = edit;
  const gone = removed.filter((line) => trimmed(line) !== "" && isGone(line));
  if (gone.length === 0) return [];
  const is = (pattern: RegExp) => (line: PatchLine) => pattern.test(trimmed(line));
  const seen: Seen[] = [];
  const begun = gone.filter(is(syntax.begins));
  const begins = added.filter(is(syntax.begins));
  const [first, instead] = [begun[0], begins[0]];
  if (first && begun.length > begins.length) seen.push({ rule: "test_case_removed", before: first, after: null });
  else if (first && instead) seen.push({ rule: "test_case_renamed", before: first, after: instead });

  const asserted = gone.filter((line) => is(syntax.asserts)(line) && !countsAssertions(line));
  const asserts = added.filter((line) => is(syntax.asserts)(line) && !countsAssertions(line));
  const failing = added.find(is(syntax.expectsFailure));
  if (failing && !removed.some(is(syntax.expectsFailure)))
    seen.push({ rule: "test_expects_failure", before: asserted[0] ?? gone[0] ?? null, after: failing });
  if (asserted[0] && asserted.length > asserts.length && begun.length === 0)
    seen.push({ rule: "test_assertion_removed", before: asserted[0], after: null });
  const assertedBy = replacer({ removed: asserted, added: asserts });
  for (const before of asserted) {
    const after = assertedBy(before);
    if (after) seen.push({ rule: "test_expectation_changed", before, after });
  }
  const replacedBy = replacer(edit);
  for (const before of gone) {
    if (syntax.asserts.test(before.text) || syntax.begins.test(before.text)) continue;
    const after = replacedBy(before);
    if (after && /[(]/.test(before.text)) seen.push({ rule: "test_call_changed", before, after });
  }
  return seen;
}

/** `t.plan(3)` moves with every assertion, and asserts nothing itself. */
function countsAssertions({ text }: PatchLine): boolean {
  return /^\s*(?:\w{1,20}\.)?(?:plan|assertions)\(\s?\d{1,4}\s?[),]|^\s*expect\.assertions\(/.test(text.slice(0, 200));
}

function removedFile(file: ReadFile, syntax: TestSyntax, isGone: IsGone): Observation[] {
  const lines = file.lines.filter((line) => line.kind === "removed" && trimmed(line) !== "");
  const gone = lines.filter(isGone);
  const first = gone.find(({ text }) => syntax.asserts.test(text));
  if (first === undefined || gone.length < lines.length / 2) return [];
  const what = "a file of tests was removed";
  return [{ ...observation(file, { rule: "test_file_removed", before: first, after: null }), what }];
}

function dataChanged(file: ReadFile, rule: string, isGone: IsGone): Observation[] {
  const first = file.lines.find((line) => line.kind === "removed" && trimmed(line) !== "" && isGone(line));
  if (file.status === "removed" || first === undefined) return [];
  const what = rule === "test_snapshot_changed" ? "a recorded snapshot changed" : "the data of existing tests changed";
  return [{ ...observation(file, { rule, before: first, after: null }), what }];
}

function observation(file: ReadFile, { rule, before, after }: Seen): Observation {
  const text = (line: PatchLine | null) => (line === null ? null : trimmed(line).slice(0, 200));
  const seen = { rule, strength: "hint" as const, what: "", before: text(before), after: text(after) };
  if (after !== null) return { ...seen, path: file.path, line: after.line, counterLine: before?.line ?? null };
  return { ...seen, path: basePath(file), line: before?.line ?? null, side: "base" };
}
