import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, readBody } from "../../../src/core/notifications/body-text.ts";
import { codeBlock, toMarkdown } from "../../../src/core/report/markdown.ts";
import { code, oneLine, say, strong } from "../../../src/core/report/words.ts";

/** `item: • **bold**` without the marks: the kind and the text alone. */
function shown(lines: readonly Line[]): string[] {
  return lines.map(({ kind, spans }) => `${kind}: ${spans.map(({ text }) => text).join("")}`);
}

describe("readBody", () => {
  it.each([
    ["a paragraph", "It waits.", ["text: It waits."]],
    ["bold, code and a link", "**a** `b` [c](https://x.test/)", ["text: a b c"]],
    [
      "headings and lists",
      "## Open\n- one\n* two\n1. three",
      ["heading: Open", "item: one", "item: two", "item: three"],
    ],
    ["a table, its rule left out", "| What | Why |\n|---|---|\n| a | b\\|c |", ["text: What · Why", "text: a · b|c"]],
    [
      "a block of code, with what looks like Markdown in it",
      "````\n**a**\n```\n- b\n````\nc",
      ["code: **a**", "code: ```", "code: - b", "text: c"],
    ],
    ["HTML and hidden comments", "<details><summary>More</summary>a<!-- holdpoint:x --></details>", ["text: Morea"]],
    ["a quotation", "> said", ["text: said"]],
    ["empty lines at the ends and in a row", "\n\na\n\n\nb\n\n", ["text: a", "text: ", "text: b"]],
    ["a link that is no address", "[x](javascript:alert)", ["text: x"]],
    ["an image", "![beacon](https://x.test/a.png)", ["text: beacon"]],
    ["marks that open and never close", "**a `b [c](d &amp <e", ["text: **a `b [c](d &amp <e"]],
    ["nothing", "", []],
  ])("%s", (_name, markdown, expected) => {
    expect(shown(readBody(markdown))).toEqual(expected);
  });

  it("keeps what is bold, code and a link", () => {
    const href = "https://github.com/acme/api/pull/42";
    expect(readBody(`**Due** for [\`ida\`](${href})`)).toEqual([
      { kind: "text", spans: [{ text: "Due", isBold: true }, { text: " for " }, { text: "ida", isCode: true, href }] },
    ]);
  });

  it("gives back every text of others as it was before it was escaped", () => {
    const texts = fc.string({
      unit: fc.constantFrom(...Array.from("a1 *_`~[](){}<>|\\&#@:!-+.$/"), "&lt;", "www.", "gh-1", "deadbeef"),
      maxLength: 60,
    });
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(!text.startsWith(" ")); // spaces in a row are one to a reader
        const markdown = toMarkdown(say`x ${text} y`);
        expect(shown(readBody(markdown))).toEqual([`text: x ${oneLine(text)} y`]);
        const bold = toMarkdown([strong(say`x${text}y`)]);
        expect(shown(readBody(bold))).toEqual([`text: x${oneLine(text)}y`]);
      }),
    );
  });

  it("gives back code in a sentence and in a block", () => {
    const texts = fc.string({ unit: fc.constantFrom(...Array.from("ab `|\\*<&")), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(text.trim() !== "");
        expect(shown(readBody(toMarkdown(say`x ${code(text)} y`)))).toEqual([`text: x ${text} y`]);
        const block = shown(readBody(codeBlock(`${text}|`)));
        expect(block).toEqual([`code: ${text}|`]);
      }),
    );
  });

  it("reads any text at all in reasonable time", () => {
    for (const unit of ["[", "`", "**", "<", "&#", "| ", "](", "\\"]) {
      expect(readBody(unit.repeat(5_000)).length).toBeGreaterThanOrEqual(0);
    }
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void readBody(text)));
  });
});
