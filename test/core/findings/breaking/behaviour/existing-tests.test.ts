import { expect, it } from "vitest";
import { existingTests } from "../../../../../src/core/findings/breaking/behaviour/existing-tests.ts";
import { findingsFrom, rulesFrom, type Story } from "../../../../support/changes.ts";

const suite = (...cases: string[]) => `import { limit } from "../src/limit";\n\n${cases.join("\n\n")}\n`;
const twenty = 'it("limits to twenty", () => {\n  expect(limit({})).toBe(20);\n});';
const order =
  'it("keeps the order", () => {\n  const sorted = limit({ sort: true });\n  expect(sorted).toEqual([1, 2]);\n});';

it.each([
  {
    name: "a case is gone",
    files: { "test/limit.test.ts": [suite(twenty, order), suite(twenty)] },
    rules: ["test_case_removed hint"],
  },
  {
    name: "a case moved to another file",
    files: { "test/limit.test.ts": [suite(twenty, order), suite(twenty)], "test/order.test.ts": [null, suite(order)] },
    rules: [],
  },
  {
    name: "a case got another sentence",
    files: {
      "test/limit.test.ts": [suite(twenty), suite(twenty.replace("limits to twenty", "has a limit of twenty"))],
    },
    rules: ["test_case_renamed hint"],
  },
  {
    name: "another value is expected",
    files: { "test/limit.test.ts": [suite(twenty), suite(twenty.replace("toBe(20)", "toBe(10)"))] },
    rules: ["test_expectation_changed hint"],
  },
  {
    name: "one more assertion is counted",
    files: {
      "test/limit.test.js": [
        'test("limits", (t) => {\n  t.plan(1);\n  t.equal(limit(1), 1);\n});\n',
        'test("limits", (t) => {\n  t.plan(2);\n  t.equal(limit(1), 1);\n  t.equal(limit(2), 2);\n});\n',
      ],
    },
    rules: [],
  },
  {
    name: "an assertion is gone from a case that stays",
    files: {
      "test/limit.test.ts": [suite(twenty), suite(twenty.replace("expect(limit({})).toBe(20);", "limit({});"))],
    },
    rules: ["test_assertion_removed hint"],
  },
  {
    name: "an assertion was added",
    files: { "test/limit.test.ts": [suite(twenty), suite(`${twenty.slice(0, -3)}  expect(1).toBe(1);\n});`)] },
    rules: [],
  },
  {
    name: "a failure is expected where a value was",
    files: {
      "test/limit.test.ts": [
        suite(twenty),
        suite(twenty.replace("expect(limit({})).toBe(20)", "expect(() => limit()).toThrow()")),
      ],
    },
    rules: ["test_expectation_changed hint", "test_expects_failure hint"],
  },
  {
    name: "the call had to change",
    files: {
      "test/limit.test.ts": [suite(order), suite(order.replace("limit({ sort: true })", "limit({ order: true })"))],
    },
    rules: ["test_call_changed hint"],
  },
  {
    name: "the whole file is gone",
    files: { "test/limit.test.ts": [suite(twenty, order), null] },
    rules: ["test_file_removed hint"],
  },
  {
    name: "the file only moved",
    files: { "test/limit.test.ts => test/unit/limit.test.ts": [suite(twenty), suite(twenty)] },
    rules: [],
  },
  {
    name: "a snapshot lost a line",
    files: { "test/__snapshots__/limit.test.ts.snap": ["exports[`a`] = `\n20\n`;\n", "exports[`a`] = `\n10\n`;\n"] },
    rules: ["test_snapshot_changed hint"],
  },
  {
    name: "a snapshot only grew",
    files: {
      "test/__snapshots__/limit.test.ts.snap": [
        "exports[`a`] = `20`;\n",
        "exports[`a`] = `20`;\nexports[`b`] = `1`;\n",
      ],
    },
    rules: [],
  },
  {
    name: "data of tests changed",
    files: { "test/fixtures/config.json": ['{\n  "retries": 3\n}\n', '{\n  "retry": 3\n}\n'] },
    rules: ["test_fixture_changed hint"],
  },
  {
    name: "source changed, no test",
    files: { "src/limit.ts": ["expect(a).toBe(1);\n", "expect(a).toBe(2);\n"] },
    rules: [],
  },
  {
    name: "Python expects another value",
    files: {
      "tests/test_limit.py": [
        "def test_limit():\n    assert limit() == 20\n",
        "def test_limit():\n    assert limit() == 10\n",
      ],
    },
    rules: ["test_expectation_changed hint"],
  },
  {
    name: "Python expects a failure",
    files: {
      "tests/test_limit.py": [
        "def test_limit():\n    assert limit(None) == 20\n",
        "def test_limit():\n    with pytest.raises(ValueError):\n        limit(None)\n",
      ],
    },
    rules: ["test_expects_failure hint"],
  },
  {
    name: "Go expects another value",
    files: {
      "limit_test.go": [
        "package limit\n\nfunc TestLimit(t *testing.T) {\n\trequire.Equal(t, 20, Limit())\n}\n",
        "package limit\n\nfunc TestLimit(t *testing.T) {\n\trequire.Equal(t, 10, Limit())\n}\n",
      ],
    },
    rules: ["test_expectation_changed hint"],
  },
  {
    name: "Rust lost an assertion",
    files: {
      "tests/limit.rs": [
        "#[test]\nfn test_limit() {\n    assert_eq!(limit(), 20);\n    assert!(strict());\n}\n",
        "#[test]\nfn test_limit() {\n    assert_eq!(limit(), 20);\n}\n",
      ],
    },
    rules: ["test_assertion_removed hint"],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, files }) => {
  expect(await rulesFrom(existingTests, { files })).toEqual(rules);
});

it("counts the places of a file in one finding, and shows the first before and after", async () => {
  const two = (value: number) => suite(twenty.replace("20", String(value)), order.replace("[1, 2]", `[${value}]`));
  const [finding, ...others] = await findingsFrom(existingTests, { files: { "test/a.test.ts": [two(1), two(2)] } });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    what: "existing tests expect something else in 2 places",
    line: 4,
    counterLine: 4,
    before: "expect(limit({})).toBe(1);",
    after: "expect(limit({})).toBe(2);",
  });
});
