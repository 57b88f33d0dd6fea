import { expect, it } from "vitest";
import { type Change, findingsOf } from "../../../support/changes.ts";

const packages = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => `    "node_modules/p${index}": {\n      "version": "1.0.0"\n    },\n`,
  ).join("");
const crates = (count: number) =>
  Array.from({ length: count }, (_, index) => `[[package]]\nname = "c${index}"\nversion = "1.0.0"\n`).join("");

it.each<[string, Record<string, Change>, string[]]>([
  [
    "a decorator that keeps results goes",
    { "app/a.py": ["@lru_cache\ndef a(): pass\n", "def a(): pass\n"] },
    ["cache_removed hint"],
  ],
  [
    "a call on a cache goes",
    { "src/a.ts": ["const a = cache.get(k);\n", "const a = load(k);\n"] },
    ["cache_removed hint"],
  ],
  ["another cache takes its place", { "src/a.ts": ["cache.get(k);\n", "otherCache.get(k);\n"] }, []],
  ["a cache is added", { "src/a.ts": ["load(k);\n", "cache.get(k);\n"] }, []],
  ["a cache goes from a test", { "test/a.test.ts": ["cache.get(k);\n", "\n"] }, []],
  [
    "a query is rewritten",
    { "src/a.ts": ['run("SELECT a FROM b WHERE c = 1");\n', 'run("SELECT a FROM b WHERE lower(c) = 1");\n'] },
    ["query_changed hint"],
  ],
  ["prose about selecting", { "src/a.ts": ["// Select from all where you can\n", "// Select from some\n"] }, []],
  ["19 packages come", { "package-lock.json": ["{\n", `{\n${packages(19)}`] }, []],
  ["20 packages come", { "package-lock.json": ["{\n", `{\n${packages(20)}`] }, ["dependency_tree_grown hint"]],
  ["100 crates come", { "Cargo.lock": ["\n", `\n${crates(100)}`] }, ["dependency_tree_grown likely"]],
  [
    "as many go",
    { "Cargo.lock": [crates(30).replaceAll("c", "d").replaceAll("[[padkage]]", "[[package]]"), crates(30)] },
    [],
  ],
])("%s → %j", async (_, files, expected) => {
  const findings = await findingsOf("performance", { files });
  expect(findings.map(({ rule, strength }) => `${rule} ${strength}`)).toEqual(expected);
});
