import { beforeAll, describe, expect, it } from "vitest";
import { grammarOf, grammars } from "../../../../src/core/findings/syntax/grammars.ts";
import {
  loadGrammars,
  readTree,
  type SyntaxNode,
  textCharactersMax,
} from "../../../../src/core/findings/syntax/read-tree.ts";

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

describe("a text that the parsers fail at", () => {
  /** Asking such a broken tree for what stands around its nodes takes the parsers' memory apart. */
  const breaking = `a = ${"() => ".repeat(1000)}b;\n\ndef run\n  c(:d)\n  e(:f)\nend\n`;
  const around = (root: SyntaxNode): string => {
    const open = [root];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.nextNamedSibling?.parent?.type === "no such type") return "read";
      for (const child of node.namedChildren) if (child !== null) open.push(child);
    }
    return "read";
  };
  const endless = (root: SyntaxNode): string => endless(root) + root.type;

  it.each([
    ["the parsers' program fails", breaking, around],
    ["a reader goes too deep", "a", endless],
  ])("because %s is given up, and the next change is read all the same", async (_why, text, read) => {
    expect(readTree("ruby", text, read)).toBeNull();
    expect(readTree("python", "a = 1\n", () => "read")).toBeNull();
    await loadGrammars(["go"]);
    expect(readTree("python", "a = 1\n", (root) => root.namedChild(0)?.type)).toBe("expression_statement");
    expect(readTree("ruby", "a = 1\n", (root) => root.hasError)).toBe(false);
  });
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
