import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { markdownSpans } from "../../../src/cli/demo/markdown-spans.ts";
import { foldedTitles, layOutMarkdown } from "../../../src/cli/demo/terminal-markdown.ts";
import { paint, widthOf } from "../../../src/cli/styled-text.ts";

function show(markdown: string, width = 40): string {
  return layOutMarkdown(markdown, width)
    .map((line) => paint(line, false))
    .join("\n");
}

describe("within a line", () => {
  it.each([
    { name: "bold", source: "a **b** c", spans: [["a "], ["b", "bold"], [" c"]] },
    { name: "code", source: "`a_b`", spans: [["a_b", "cyan"]] },
    {
      name: "code in bold",
      source: "**a `b`**",
      spans: [
        ["a ", "bold"],
        ["b", "bold", "cyan"],
      ],
    },
    { name: "code that holds a back-tick", source: "`` a`b ``", spans: [["a`b", "cyan"]] },
    { name: "code as HTML", source: "<code>a\\|b</code>", spans: [["a|b", "cyan"]] },
    {
      name: "a link shows its words",
      source: "([rule](https://example.com/a#L2))",
      spans: [["("], ["rule", "underline"], [")"]],
    },
    { name: "escapes", source: "a\\_b \\#&#8203;1 &lt;b&gt; &#36;", spans: [["a_b #1 <b> $"]] },
    { name: "bytes that move a cursor are left out", source: "a\u001b[2Jb", spans: [["a[2Jb"]] },
    { name: "marks that never close", source: "a ** b ` c [d", spans: [["a ** b ` c [d"]] },
  ])("$name", ({ source, spans }) => {
    expect(markdownSpans(source).map(({ text, styles }) => [text, ...styles])).toEqual(spans);
  });
});

describe("blocks", () => {
  it("a paragraph is wrapped at spaces", () => {
    expect(show("one two three four", 9)).toBe("one two\nthree\nfour");
  });

  it("a word wider than the line is cut", () => {
    expect(show("abcdefgh", 3)).toBe("abc\ndef\ngh");
  });

  it("a table keeps its columns and wraps the widest cell", () => {
    const table = "| | What | Why |\n|---|---|---|\n| ✓ | peer | small and ordinary as ever |\n| ◌ | security | |";
    expect(show(table, 30)).toBe(
      ["   What      Why", "✓  peer      small and", "             ordinary as ever", "◌  security"].join("\n"),
    );
  });

  it("a bar in a cell is no border", () => {
    expect(show("| a | b |\n|---|---|\n| x\\|y | z |")).toBe("a    b\nx|y  z");
  });

  it("a list keeps its steps", () => {
    expect(show("- one\n  - two three", 10)).toBe("- one\n  - two\n    three");
  });

  it("a block of code is shown as it is", () => {
    expect(show("Line 2:\n\n```\n> 2 |   a  b\n\n    |   ^\n```\n\nend")).toBe(
      "Line 2:\n\n> 2 |   a  b\n\n    |   ^\n\nend",
    );
  });

  it("folded sections are told by their titles", () => {
    expect(foldedTitles("<details><summary>2 `findings`</summary>\n\n- a\n\n</details>")).toEqual(["2 findings"]);
  });

  it("no text makes it throw, and no line outside code is wider than it may be", () => {
    const pieces = fc.constantFrom("a", " ", "\n", "|", "`", "**", "[", "](x)", "- ", "# ", "&#8203;", "\\", "<", "é");
    const texts = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(""));
    fc.assert(
      fc.property(texts, fc.integer({ min: 8, max: 60 }), (text, width) => {
        fc.pre(!text.includes("```") && !text.includes("|"));
        for (const line of layOutMarkdown(text, width)) expect(widthOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});
