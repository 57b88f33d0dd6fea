/** The parser that a bundle carries gives the same trees as the one for this platform. */

import { globSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSync } from "oxc-parser/src-js/bindings.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle, root } from "../../scripts/bundle/bundle.ts";
import { allParsersBeside } from "../../scripts/bundle/parsers.ts";

let folder = "";
let bundled: { parseSync: typeof parseSync };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parsers-"));
  await bundle({
    entries: { bindings: "scripts/bundle/beside/oxc-bindings.ts" },
    outDir: folder,
    files: allParsersBeside.files.filter((file) => file.startsWith("oxc-parser/")),
  });
  bundled = (await import(join(folder, "bindings.mjs"))) as typeof bundled;
}, 180_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

type Options = NonNullable<Parameters<typeof parseSync>[2]>;

function treesOf(parse: typeof parseSync, path: string, text: string, lang: Options["lang"]) {
  const { errors, module, program } = parse(path, text, {
    lang,
    sourceType: "unambiguous",
    preserveParens: false,
  } as Options);
  return { errors: errors.length, hasModuleSyntax: module.hasModuleSyntax, program };
}

it("for all of the project's own sources", { timeout: 120_000 }, async () => {
  const paths = globSync(["src/**/*.ts", "bin/*.mjs", "scripts/*.mjs"], { cwd: root });
  expect(paths.length).toBeGreaterThan(500);
  for (const path of paths) {
    const text = await readFile(join(root, path), "utf8");
    const lang = path.endsWith(".ts") ? "ts" : "jsx";
    expect(treesOf(bundled.parseSync, path, text, lang)).toEqual(treesOf(parseSync, path, text, lang));
  }
});

it.each([
  { name: "nothing", text: "", lang: "ts" },
  { name: "a mistake", text: "export const = 1;", lang: "ts" },
  { name: "a byte order mark and CRLF", text: "\ufeffexport const a = 1;\r\nexport const b = a;\r\n", lang: "ts" },
  { name: "signs of two, three and four bytes", text: 'const é = "→ 𝒳";\nexport { é };', lang: "ts" },
  { name: "half of a pair", text: 'export const a = "\ud800";', lang: "ts" },
  { name: "a declaration file", text: "declare module 'a' { export function b(c: string): void; }", lang: "dts" },
  { name: "tags", text: "export const A = () => <a b={1}>{...c}</a>;", lang: "tsx" },
  { name: "CommonJS", text: "module.exports = { a: 1n, b: /x/v };", lang: "jsx" },
  { name: "a million signs on a line", text: `export const a = [${"1,".repeat(450_000)}];`, lang: "ts" },
] as const)("for $name", ({ text, lang }) => {
  expect(treesOf(bundled.parseSync, "a.ts", text, lang)).toEqual(treesOf(parseSync, "a.ts", text, lang));
});

it.each([
  { name: "brackets", text: `const a = ${"[".repeat(400)}${"]".repeat(400)};` },
  { name: "arrows", text: `const a = ${"b => ".repeat(1300)}1;` },
  { name: "signs", text: `const a = ${"!".repeat(4000)}b;` },
  { name: "sums", text: `const a = 1${" + 1".repeat(4000)};` },
])("far deeper than anybody writes: $name", ({ text }) => {
  const [ours, native] = [bundled.parseSync, parseSync].map((parse) => treesOf(parse, "a.ts", text, "ts"));
  expect(ours?.errors).toBe(0);
  expect(ours?.program === native?.program).toBe(true);
});

it("what is too deep for it counts as a mistake, and the next text is read as ever", () => {
  const deep = `const a = ${"[".repeat(200_000)}`;
  expect(treesOf(bundled.parseSync, "a.ts", deep, "ts").errors).toBeGreaterThan(0);
  expect(treesOf(bundled.parseSync, "a.ts", "export const a = 1;", "ts")).toMatchObject({
    errors: 0,
    hasModuleSyntax: true,
  });
});
