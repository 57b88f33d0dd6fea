import fc from "fast-check";
import { expect, it } from "vitest";
import { renderCodeFrame } from "../../../src/core/report/code-frame.ts";

const text = "checkpoints:\r\n  a:\r\n    timeout: 2 dayz\n  b: {}";

it("shows the line, its neighbours and a caret under the column", () => {
  expect(renderCodeFrame(text, { file: "x", line: 3, column: 14 })).toBe(
    ["  2 |   a:", "> 3 |     timeout: 2 dayz", "    |              ^", "  4 |   b: {}"].join("\n"),
  );
});

it("shows the first and the last line without neighbours that do not exist", () => {
  expect(renderCodeFrame("a\nb", { file: "x", line: 1, column: 1 })).toBe("> 1 | a\n    | ^\n  2 | b");
  expect(renderCodeFrame("a\nb", { file: "x", line: 2, column: 2 })).toBe("  1 | a\n> 2 | b\n    |  ^");
});

it.each([{ line: 0 }, { line: 3 }, {}])("shows nothing for a place outside the text: %j", (place) => {
  expect(renderCodeFrame("a\nb", { file: "x", ...place })).toBe("");
});

it("keeps the caret of a long line in sight, and its width bounded", () => {
  const frame = renderCodeFrame(`${"a".repeat(500)}X${"b".repeat(500)}`, { file: "x", line: 1, column: 501 });
  const [line = "", caret = ""] = frame.split("\n");
  expect(line[caret.indexOf("^")]).toBe("X");
  expect(line.length).toBeLessThan(140);
});

it("lets nothing through that a terminal would obey", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(5), fc.nat(200), (any, line, column) => {
      expect(renderCodeFrame(any, { file: "x", line, column }).replaceAll("\n", "")).not.toMatch(
        /[\p{Cc}\u202a-\u202e]/u,
      );
    }),
  );
});
