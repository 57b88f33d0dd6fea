import { parseSync } from "oxc-parser/src-js/bindings.js";
import { describe, expect, it } from "vitest";
import { withoutBodies } from "../../../../../src/core/findings/breaking/javascript/without-bodies.ts";

function written(text: string): string {
  return parseSync("a.ts", text, { lang: "ts", sourceType: "unambiguous", preserveParens: false }).program;
}

describe("a written tree without the bodies of functions", () => {
  it.each([
    { name: "a function", text: 'export function a(b = "]}"): void { return [c, "]", d`]${e}`]; }', without: "return" },
    {
      name: "functions within functions",
      text: "const a = () => { function b() { if (c) { d(); } } };",
      without: "if",
    },
    { name: "methods", text: 'class A { b() { say(\'\\\\\'); } c = 1; d() { say("\\"]"); } }', without: "say" },
    { name: "an empty body", text: "function a() {}\nexport const b = [1];", without: "return" },
  ])("$name", ({ text, without }) => {
    const shorter = withoutBodies(written(text));
    expect(JSON.parse(shorter)).toEqual(emptied(JSON.parse(written(text))));
    expect(shorter).not.toContain(`"${without}"`);
  });

  it("leaves alone what looks like a body only in a text", () => {
    const json = written(`const a = '{"type":"BlockStatement","body":[1]}';`);
    expect(withoutBodies(json)).toBe(json);
  });

  it("leaves alone what is written in another way", () => {
    expect(withoutBodies('{"type": "BlockStatement", "body": [1]}')).toBe('{"type": "BlockStatement", "body": [1]}');
  });
});

function emptied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(emptied);
  if (typeof value !== "object" || value === null) return value;
  const isBlock = "type" in value && value.type === "BlockStatement";
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, isBlock && key === "body" ? [] : emptied(inner)]),
  );
}
