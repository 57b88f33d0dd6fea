import { beforeAll, expect, it } from "vitest";
import { grammarOf, grammars } from "../../../../src/core/findings/syntax/grammars.ts";
import { loadGrammars, readTree, textCharactersMax } from "../../../../src/core/findings/syntax/read-tree.ts";

beforeAll(() => loadGrammars(grammars));

it.each(grammars)("reads %s, a mistake in it as a mistake, and nothing at all", (grammar) => {
  expect(readTree(grammar, "", (root) => root.hasError)).toBe(false);
  expect(readTree(grammar, grammar === "php" ? "<?php ((((" : "((((", (root) => root.hasError)).toBe(true);
});

it("reads what stands in the tree", () => {
  expect(readTree("python", "def a(b): pass\n", (root) => root.namedChild(0)?.type)).toBe("function_definition");
});

it("gives up on texts that are too long or take too long, and reads the next one all the same", () => {
  expect(readTree("go", " ".repeat(textCharactersMax + 1), () => "read")).toBeNull();
  expect(readTree("c_sharp", "class A { int b; }\n".repeat(1000), () => "read", 10)).toBeNull();
  expect(readTree("c_sharp", "class A {}", (root) => root.hasError)).toBe(false);
});

it.each([
  ["a/b.py", "python"],
  ["a.PY", "python"],
  ["a.d.ts", "typescript"],
  ["main.tf", "hcl"],
  ["py", null],
  ["a.constructor", null],
  ["README", null],
])("%s is written in %s", (path, grammar) => {
  expect(grammarOf(path)).toBe(grammar);
});
