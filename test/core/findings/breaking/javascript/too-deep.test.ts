import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseModule } from "../../../../../src/core/findings/breaking/javascript/parse-module.ts";
import { isTooDeep } from "../../../../../src/core/findings/breaking/javascript/too-deep.ts";
import { classifyStory } from "../../../../support/changes.ts";

/** As much of one thing as fits into the largest text that is parsed in the server itself. */
const filled = (piece: string, start = "") => start + piece.repeat(Math.floor((80_000 - start.length) / piece.length));

it.each([
  "(",
  "[",
  "{",
  "({a:",
  "`${",
  "class A{a=",
  "a=>",
  "a?",
  "a=",
  "a:",
  "!",
  "~",
  "-",
  "+a",
  "a&&",
  "a||",
  "a??",
  "A<",
  "<a>",
  "new ",
  "void ",
  "typeof ",
  ".b()",
  "if(a){}else ",
  "for(;;)",
  "while(a)",
  "async()=>",
  "function a(){",
  "a[",
  "@a ",
])("a text of nothing but %s is parsed or refused, and the process lives", (piece) => {
  for (const path of ["a.ts", "a.tsx", "a.js"]) expect(() => parseModule(path, filled(piece))).not.toThrow();
});

it.each(["keyof ", "a extends b?c:", "A<", "B|", "[]", "readonly "])("a type of nothing but %s is, too", (piece) => {
  expect(() => parseModule("a.ts", filled(piece, "type A="))).not.toThrow();
});

it("is not what people write", () => {
  for (const path of ["src/core/gate/decide.ts", "src/core/findings/classify.ts", "package-lock.json"])
    expect(isTooDeep("a.tsx", readFileSync(path, "utf8"))).toBe(false);
});

it("is named, and the rest of the change is looked into", async () => {
  const { notAnalysed, classes } = await classifyStory({
    files: {
      "src/deep.ts": ["export const a = 1;\n", `export const a = ${"(".repeat(20_000)}`],
      "src/b.ts": ["export const b = 1;\n", "export {};\n"],
    },
    around: { "package.json": '{ "name": "a", "exports": { "./b": "./src/b.ts" } }' },
  });
  expect(notAnalysed.map(({ path }) => path)).toContain("src/deep.ts");
  expect(classes.breaking_change.findings.map(({ path }) => path)).toContain("src/b.ts");
});
