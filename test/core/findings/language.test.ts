import { expect, it } from "vitest";
import { languageOf } from "../../../src/core/findings/language.ts";
import { parsePatch } from "../../../src/core/findings/patch-lines.ts";
import { pathWords } from "../../../src/core/findings/path-words.ts";

it.each([
  ["src/a.ts", "TypeScript", "programming"],
  ["src/a.tsx", "TSX", "programming"],
  ["a/Main.JAVA", "Java", "programming"],
  ["Dockerfile", "Dockerfile", "programming"],
  ["a.rs", "Rust", "programming"],
  ["views/a.blade.php", "Blade", "markup"],
  ["a.yml", "YAML", "data"],
  ["README.md", "Markdown", "prose"],
  ["a/constructor", undefined, undefined],
  ["a.zzz", undefined, undefined],
  ["", undefined, undefined],
])("%s is %s, %s", (path, name, type) => {
  expect(languageOf(path)?.name).toBe(name);
  expect(languageOf(path)?.type).toBe(type);
});

it.each([
  ["src/OAuthClient/user_session.ts", ["src", "oauth", "client", "user", "session", "ts"]],
  ["HTTPServer2.go", ["http", "server", "2", "go"]],
  ["überAuth/größe", ["über", "auth", "größe"]],
])("the words of %s", (path, words) => {
  expect([...pathWords(path)]).toEqual(expect.arrayContaining(words));
});

it("numbers lines before and after, over several hunks", () => {
  expect(parsePatch("@@ -1,2 +1,2 @@ a\n x\n-b\n+c\n\\ No newline at end of file\n@@ -10 +10,2 @@\n+d\r\n-e")).toEqual([
    { kind: "context", text: "x", line: 1 },
    { kind: "removed", text: "b", line: 2 },
    { kind: "added", text: "c", line: 2 },
    { kind: "added", text: "d", line: 10 },
    { kind: "removed", text: "e", line: 10 },
  ]);
  expect(parsePatch(null)).toEqual([]);
});
