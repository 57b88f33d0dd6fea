import { expect, it } from "vitest";
import { environment } from "../../../../../src/core/findings/breaking/options/environment.ts";
import { findingsFrom, rulesFrom, type Story } from "../../../../support/changes.ts";

const removed = ["environment_variable_removed likely"];

it.each([
  {
    name: "JavaScript",
    path: "src/a.ts",
    before: "const port = process.env.APP_PORT ?? 80;\nx();\n",
    after: "x();\n",
    rules: removed,
  },
  {
    name: "JavaScript, by a text",
    path: "src/a.ts",
    before: 'f(process.env["APP_PORT"]);\nx();\n',
    after: "x();\n",
    rules: removed,
  },
  {
    name: "Python",
    path: "acme/a.py",
    before: 'p = os.environ.get("APP_PORT")\nx()\n',
    after: "x()\n",
    rules: removed,
  },
  { name: "Go", path: "a.go", before: 'p := os.Getenv("APP_PORT")\nx()\n', after: "x()\n", rules: removed },
  { name: "Rust", path: "src/a.rs", before: 'let p = env::var("APP_PORT");\nx();\n', after: "x();\n", rules: removed },
  {
    name: "still read, otherwise",
    path: "src/a.ts",
    before: "const port = process.env.APP_PORT ?? 80;\n",
    after: "const { APP_PORT: port } = process.env;\n",
    rules: [],
  },
  {
    name: "a variable of the system",
    path: "src/a.ts",
    before: "f(process.env.NODE_ENV);\nx();\n",
    after: "x();\n",
    rules: [],
  },
  {
    name: "only set, never read",
    path: "src/a.ts",
    before: 'process.env.APP_PORT = "1";\nx();\n',
    after: "x();\n",
    rules: [],
  },
  { name: "a test", path: "test/a.test.ts", before: "f(process.env.APP_PORT);\nx();\n", after: "x();\n", rules: [] },
])("a variable no longer read, $name → $rules", async ({ path, before, after, rules }) => {
  expect(await rulesFrom(environment, { files: { [path]: [before, after] } })).toEqual(rules);
});

it("tells of a variable once, and not when another changed file reads it now", async () => {
  const read = "f(process.env.APP_PORT);\n";
  const twice: Story["files"] = { "src/a.ts": [`${read}x();\n`, "x();\n"], "src/b.ts": [`${read}y();\n`, "y();\n"] };
  expect(await findingsFrom(environment, { files: twice })).toMatchObject([
    { symbol: "APP_PORT", path: "src/a.ts", line: 1 },
  ]);
  const moved: Story["files"] = { "src/a.ts": [`${read}x();\n`, "x();\n"], "src/b.ts": [null, read] };
  expect(await findingsFrom(environment, { files: moved })).toEqual([]);
});
