import { expect, it } from "vitest";
import { type Change, findingsOf, type Story } from "../../../../support/changes.ts";

const source: Change = ["export function loadAll(path) {}\n", "export function open(path) {}\n"];

async function said(story: Story): Promise<string[]> {
  const findings = await findingsOf("breaking_change", story);
  return findings
    .filter(({ rule }) => rule.endsWith("_name_gone"))
    .map(({ rule, symbol, path, line }) => `${rule} ${symbol} ${path}:${line}`);
}

it.each<[string, Story["files"], string[]]>([
  [
    "a test that used the old name had to change",
    { "src/a.ts": source, "test/a.test.ts": ["loadAll('x');\n", "open('x');\n"] },
    ["tested_name_gone loadAll test/a.test.ts:1"],
  ],
  [
    "documentation that named it changed",
    { "src/a.ts": source, "docs/use.md": ["Text\nCall `loadAll` first.\n", "Text\nCall `open` first.\n"] },
    ["documented_name_gone loadAll docs/use.md:2"],
  ],
  [
    "another source file that called it changed",
    { "src/a.py": ["def load_all(): pass\n", "def open_one(): pass\n"], "src/b.py": ["load_all()\n", "open_one()\n"] },
    ["used_name_gone load_all src/b.py:1"],
  ],
  [
    "the name stays, for example as an alias",
    {
      "src/a.ts": [source[0], `${source[1]}export const loadAll = open;\n`],
      "test/a.test.ts": ["loadAll()\n", "open()\n"],
    },
    [],
  ],
  [
    "a test that goes as a whole adapted to nothing",
    { "src/a.ts": source, "test/a.test.ts": ["loadAll('x');\n", null] },
    [],
  ],
  ["only the declaring file changed", { "src/a.ts": ["const oldName = 1;\noldName++;\n", "const newName = 1;\n"] }, []],
  ["only a test changed", { "test/a.test.ts": ["const oldName = 1;\n", "const newName = 1;\n"] }, []],
  [
    "a key that stands everywhere says nothing",
    { "src/a.ts": ["  options: 1,\n", "\n"], "test/a.test.ts": ["options\n", "\n"] },
    [],
  ],
  [
    "a word of the language is no name",
    {
      "src/a.py": ["if ready:\n    open_one()\nelse:\n    wait()\n", "open_one()\n"],
      "src/b.py": ["if late:\n    pass\nelse:\n    wait()\n", "wait()\n"],
    },
    [],
  ],
  [
    "words of a comment are no names",
    {
      "src/a.ts": ["/**\n * The type wanted by loaders, whose class doesn't matter.\n */\nopen();\n", "open();\n"],
      "docs/use.md": ["The label wanted here doesn't matter.\n", "Text\n"],
    },
    [],
  ],
  [
    "an option in quotes",
    { "lib/options.js": ['  "dry-run": true,\n', "\n"], "README.md": ["Use `dry-run`.\n", "Nothing to use.\n"] },
    ["documented_name_gone dry-run README.md:1"],
  ],
])("%s", async (_, files, expected) => {
  expect(await said({ files })).toEqual(expected);
});

it("names the five that most had to adapt to", async () => {
  const names = Array.from({ length: 8 }, (_, index) => `oldName${index}`);
  const uses = (count: number) =>
    names
      .slice(0, count)
      .map((name) => `${name}();\n`)
      .join("");
  const findings = await findingsOf("breaking_change", {
    files: {
      "src/a.ts": [names.map((name) => `export function ${name}() {}\n`).join(""), "export {};\n"],
      "test/a.test.ts": [uses(8), "\n"],
      "test/b.test.ts": [uses(2), "\n"],
    },
  });
  const told = findings.filter(({ rule }) => rule === "tested_name_gone");
  expect(told).toHaveLength(5);
  expect(told[0]?.what).toBe("`oldName0` is gone from the source, and 2 test files that used it had to change");
});
