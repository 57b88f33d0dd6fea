import { posix } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkGlob,
  checkNamePattern,
  checkTextPattern,
  isSuspiciousPath,
  matchesAny,
  matchesGlob,
  matchesName,
  matchesText,
} from "../../../src/core/policy/patterns.ts";

describe("path globs", () => {
  it.each([
    ["src/**", "src/a.ts", true],
    ["src/**", "src/a/b/c.ts", true],
    ["src/**", "src", false],
    ["src/**", "lib/src/a.ts", false],
    ["**/src/**", "src/a.ts", true],
    ["**", "a", true],
    ["*", "a/b", false],
    ["*.md", "README.md", true],
    ["*.md", "docs/README.md", false],
    ["**/*.md", "README.md", true],
    ["docs/", "docs/deep/a.md", true],
    ["/docs/*", "docs/a.md", true],
    ["./docs/*", "docs/a.md", true],
    [".github/**", ".github/workflows/ci.yml", true],
    ["**/*", ".env", true],
    ["a/**/b", "a/b", true],
    ["a/**/b/**/c", "a/x/b/y/b/z/c", true],
    ["file?.ts", "file1.ts", true],
    ["file?.ts", "file.ts", false],
    ["file?.ts", "file😀.ts", true],
    ["[a-c]x", "bx", true],
    ["[!a-c]x", "bx", false],
    ["[]]x", "]x", true],
    ["app/\\[id\\]/page.tsx", "app/[id]/page.tsx", true],
    ["{src,lib}/**/*.{ts,tsx}", "lib/a/b.tsx", true],
    ["{src,lib}/**/*.{ts,tsx}", "test/a/b.tsx", false],
    ["{a,b/{c,d}}/x", "b/d/x", true],
    ["Infra/**", "infra/x", false],
    ["caf\u00e9/**", "cafe\u0301/x", true],
    ["src/(auth)/**", "src/(auth)/a.ts", true],
  ])("%s on %s → %s", (glob, path, expected) => {
    expect(checkGlob(glob)).toBeNull();
    expect(matchesGlob(glob, path)).toBe(expected);
  });

  it.each([
    [["src/**", "!src/docs/**"], "src/a.ts", true],
    [["src/**", "!src/docs/**"], "src/docs/a.md", false],
    [["!src/docs/**", "src/**"], "src/docs/a.md", false],
    [["!docs/**"], "src/a.ts", true],
    [["!docs/**"], "docs/a.md", false],
    [[], "a", true],
  ])("the list %j on %s → %s", (globs, path, expected) => {
    expect(matchesAny(globs, path)).toBe(expected);
  });

  it("agrees with the globs of the platform on whatever both understand", () => {
    const letters = (...more: string[]) =>
      fc.array(fc.constantFrom("a", "b", ...more), { minLength: 1, maxLength: 4 }).map((parts) => parts.join(""));
    // There, names that begin with a dot are hidden; they are tested above. `a**` is one star in both.
    const segment = letters("*", "?", "x*", "[ab]", ".b").filter((text) => !/^\.|\*\*/.test(text));
    const glob = fc.array(fc.oneof(segment, fc.constant("**")), { minLength: 1, maxLength: 5 });
    const path = fc.array(letters("c", "x", "b.b"), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(glob, path, (segments, names) => {
        const [pattern, subject] = [segments.join("/"), names.join("/")];
        expect(matchesGlob(pattern, subject), `${pattern} on ${subject}`).toBe(posix.matchesGlob(subject, pattern));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["a/[b", "never closed"],
    ["a/{b,c", "never closed"],
    ["a/{b}", "needs alternatives"],
    ["a/@(b|c)", "extended globs"],
    ["[z-a]", "backwards"],
    ["a\\", "ends in"],
    ["{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", "more than 64"],
    [`${"{a,".repeat(70)}b${"}".repeat(70)}`, "more than 64"],
  ])("%s is refused: %s", (glob, found) => {
    expect(checkGlob(glob)?.found).toContain(found);
  });

  it("matches patterns that make backtracking matchers stall", () => {
    const hostile = `${"*a".repeat(100)}*b`;
    expect(matchesGlob(hostile, "a".repeat(4000))).toBe(false);
    expect(matchesGlob(`${"**/a/".repeat(50)}b`, "a/".repeat(1000))).toBe(false);
    expect(matchesText(hostile, "a".repeat(20_000))).toBe(false);
  });

  it("never throws but on a glob that the check refuses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ unit: "binary" }), (glob, path) => {
        if (checkGlob(glob) === null) matchesAny([glob], path);
      }),
      { numRuns: 500 },
    );
  });
});

describe("text patterns", () => {
  it.each([
    ["fix: *", "fix: a/b", true],
    ["fix: *", "chore: fix: a", false],
    ["*urgent*", "this is\nurgent indeed", true],
    ["/^fix(\\(.+\\))?: /", "fix(core): it", true],
    ["/urgent/", "Urgent", false],
    ["/urgent/i", "Urgent", true],
    ["/^b/m", "a\nb", true],
    ["//", "//", true],
  ])("%s on %j → %s", (pattern, text, expected) => {
    expect(checkTextPattern(pattern)).toBeNull();
    expect(matchesText(pattern, text)).toBe(expected);
  });

  it.each([
    ["release/*", "release/1.0", true],
    ["release/*", "release/1/0", false],
    ["release/**", "release/1/0", true],
    ["/^release/", "release/1/0", true],
  ])("the name pattern %s on %s → %s", (pattern, text, expected) => {
    expect(checkNamePattern(pattern)).toBeNull();
    expect(matchesName(pattern, text)).toBe(expected);
  });

  it.each([
    ["/(?=a)b/", "RE2"],
    ["/a(/", "RE2"],
    ["/(a)\\1/", "RE2"],
    ["/a/g", "use `i`"],
    ["/a{1000}/", "repeat fewer"],
    ["/((a{1,10}){1,10}){1,10}/", "repeat fewer"],
  ])("%s is refused with %s", (pattern, fix) => {
    expect(checkTextPattern(pattern)?.fix).toContain(fix);
  });

  it("says that it does not know when the text is too long for the expression", () => {
    expect(matchesText("/(a|b|c|d){50}e/", "a".repeat(200_000))).toBe("unknown");
  });
});

it.each([
  ["src/a.ts", false],
  [".github/x", false],
  ["a..b/c", false],
  ["src\\auth\\a.ts", true],
  ["src/../auth", true],
  ["src/auth./a", true],
  ["src/auth /a", true],
  ["src/\u202eauth", true],
  ["src/\u200bauth", true],
])("%j is suspicious: %s", (path, expected) => {
  expect(isSuspiciousPath(path)).toBe(expected);
});
