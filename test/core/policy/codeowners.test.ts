import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOwnersOf, parseCodeowners } from "../../../src/core/policy/codeowners.ts";

const owns = (line: string, path: string) => codeOwnersOf(parseCodeowners(`${line} @me`).rules, path).length > 0;

describe("patterns", () => {
  it.each([
    ["*", "a.js", true],
    ["*", "a/b/c.js", true],
    ["*.js", "a.js", true],
    ["*.js", "a/b/c.js", true],
    ["*.js", "a.jsx", false],
    ["/build/logs/", "build/logs/x/y.log", true],
    ["/build/logs/", "a/build/logs/x.log", false],
    ["docs/*", "docs/a.md", true],
    ["docs/*", "docs/deep/a.md", false],
    ["apps/", "apps/x", true],
    ["apps/", "src/apps/x/y", true],
    ["apps/", "apps", false],
    ["/docs/", "docs/a/b.md", true],
    ["/docs", "docs/a/b.md", true],
    ["/docs", "src/docs/a.md", false],
    ["docs", "src/docs/a.md", true],
    ["src/docs", "src/docs/a.md", true],
    ["src/docs", "x/src/docs/a.md", false],
    ["/scripts/", "scripts/a.sh", true],
    ["**/logs", "build/logs/a.log", true],
    ["**/logs", "logs/a.log", true],
    ["/apps/**", "apps/a/b", true],
    ["/a/**/z.ts", "a/b/c/z.ts", true],
    ["/a?.ts", "ab.ts", true],
    ["/a?.ts", "abc.ts", false],
    ["/with\\ space.txt", "with space.txt", true],
    ["/{a,b}.txt", "a.txt", false],
    ["/{a,b}.txt", "{a,b}.txt", true],
    ["/Docs/", "docs/a.md", false],
    ["/.github/", ".github/workflows/ci.yml", true],
    ["/", "a/b", true],
  ])("%s and %s: %s", (pattern, path, as) => {
    expect(owns(pattern, path)).toBe(as);
  });
});

describe("files", () => {
  it("let the last matching line decide, also when it names nobody", () => {
    const rules = parseCodeowners(
      "* @olga\n/src/ @acme/Security Bob@acme.example # both\n\n#/ @nobody\n/src/docs/\n",
    ).rules;
    expect(codeOwnersOf(rules, "a.txt")).toEqual([{ kind: "user", login: "olga" }]);
    expect(codeOwnersOf(rules, "src/a.ts")).toEqual([
      { kind: "team", name: "acme/security" },
      { kind: "email", email: "Bob@acme.example" },
    ]);
    expect(codeOwnersOf(rules, "src/docs/a.md")).toEqual([]);
    expect(codeOwnersOf(parseCodeowners("").rules, "a.txt")).toEqual([]);
  });

  it.each(["!*.js @me", "[a-z].js @me", "*.js @me me", "*.js @@me"])(
    "leave out the line %s, as GitHub does",
    (line) => {
      expect(codeOwnersOf(parseCodeowners(`* @olga\n${line}`).rules, "a.js")).toEqual([
        { kind: "user", login: "olga" },
      ]);
    },
  );

  it("read line ends of all kinds", () => {
    expect(parseCodeowners("/a @x\r\n/b @y\r/c @z").rules).toHaveLength(3);
  });

  it("never throw, whatever they say", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, path) => {
        codeOwnersOf(parseCodeowners(`${text} @me`).rules, path);
      }),
    );
  });
});

it("tells the lines that cannot be read, with their numbers", () => {
  expect(parseCodeowners("* @olga\n!src/ @me\n\n/docs/ @me nobody\n[ab] @me\n").problems).toEqual([
    { line: 2, found: "the pattern !src/ cannot be read, so that the line is left out" },
    { line: 4, found: "the owner nobody cannot be read, so that the line is left out" },
    { line: 5, found: "the pattern [ab] cannot be read, so that the line is left out" },
  ]);
});
