import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeBlock, codeSpan, escapeMarkdown, toMarkdown } from "../../../src/core/report/markdown.ts";
import { link, phrase, say, strong } from "../../../src/core/report/words.ts";

describe("text of others comes out as text", () => {
  it.each([
    { name: "a mention", text: "ask @acme/security", markdown: "ask @&#8203;acme/security" },
    { name: "an e-mail address", text: "a@b.example", markdown: "a@&#8203;b.example" },
    { name: "a closing keyword", text: "Fixes #12", markdown: "Fixes \\#&#8203;12" },
    { name: "a closing keyword elsewhere", text: "closes acme/api#12", markdown: "closes acme/api\\#&#8203;12" },
    { name: "a GH reference", text: "fixes GH-12", markdown: "fixes GH-&#8203;12" },
    { name: "an address", text: "see https://evil.example/x", markdown: "see https:&#8203;//evil.example/x" },
    { name: "an address without a scheme", text: "www.evil.example", markdown: "www&#8203;.evil.example" },
    { name: "a commit id", text: "1a2b3c4d", markdown: "1a2&#8203;b3c4d" },
    { name: "an image as a beacon", text: "![x](https://e.example)", markdown: "!\\[x\\](https:&#8203;//e.example)" },
    { name: "HTML", text: "<img src=x>", markdown: "&lt;img src=x&gt;" },
    { name: "a comment that forges state", text: "<!-- holdpoint -->", markdown: "&lt;!-- holdpoint --&gt;" },
    { name: "an entity", text: "&lt;b&gt;", markdown: "&amp;lt;b&amp;gt;" },
    { name: "the end of a table cell", text: "a | b", markdown: "a \\| b" },
    { name: "the end of a line", text: "a\r\n# b", markdown: "a \\#&#8203; b" },
    { name: "bold", text: "**b** _i_", markdown: "\\*\\*b\\*\\* \\_i\\_" },
    { name: "mathematics", text: "$x$", markdown: "&#36;x&#36;" },
    { name: "emoji by name", text: ":tada:", markdown: ":&#8203;tada:&#8203;" },
    { name: "a list", text: "- a", markdown: "&#8203;- a" },
    { name: "a numbered list", text: "1. a", markdown: "&#8203;1. a" },
    { name: "a direction override", text: "a\u202eb", markdown: "a\\[U+202E\\]b" },
    { name: "a terminal's escape", text: "\u001b[31m", markdown: "\\[U+001B\\]\\[31m" },
    { name: "a name of the policy's", text: "security_team", markdown: "security_team" },
  ])("$name", ({ text, markdown }) => {
    expect(escapeMarkdown(text)).toBe(markdown);
  });
});

describe("code spans", () => {
  it.each([
    { name: "plain", text: "src/a.ts", markdown: "`src/a.ts`" },
    { name: "a back-tick inside", text: "a`b", markdown: "``a`b``" },
    { name: "back-ticks at the ends", text: "`a`", markdown: "`` `a` ``" },
    { name: "a bar, which would end a table cell", text: "a|b", markdown: "<code>a\\|b</code>" },
    { name: "a line end", text: "a\nb", markdown: "`a b`" },
    { name: "nothing", text: "", markdown: "" },
  ])("$name", ({ text, markdown }) => {
    expect(codeSpan(text)).toBe(markdown);
  });

  it("a block's fence is longer than any inside", () => {
    expect(codeBlock("```\n# not a heading\n````")).toBe("`````\n```\n# not a heading\n````\n`````");
  });
});

describe("words", () => {
  it("keeps ours and escapes theirs", () => {
    const title = "*Fixes #1*";
    expect(toMarkdown(say`${strong(say`Title`)}: ${title}`)).toBe("**Title**: \\*Fixes \\#&#8203;1\\*");
  });

  it("takes back-ticked names as code and leaves an odd back-tick alone", () => {
    expect(toMarkdown(phrase("function `parse` was removed"))).toBe("function `parse` was removed");
    expect(toMarkdown(phrase("an odd ` one"))).toBe("an odd \\` one");
  });

  it("links only to web addresses and anchors, whatever the address holds", () => {
    expect(toMarkdown(link(say`x`, "javascript:alert(1)"))).toBe("x");
    expect(toMarkdown(link(say`x`, "https://g.example/a b)(c|d"))).toBe("[x](https://g.example/a%20b%29%28c%7Cd)");
    expect(toMarkdown(link(say`x`, "https://g.example/a%20b"))).toBe("[x](https://g.example/a%20b)");
  });

  it("mentions well-formed logins of people only", () => {
    const person = (login: string, isBot = false) => toMarkdown([{ kind: "person", login, isBot }]);
    expect(person("sam")).toBe("@sam");
    expect(person("sam_acme")).toBe("@sam_acme");
    expect(person("renovate[bot]", true)).toBe("renovate\\[bot\\]");
    expect(person("acme/security")).toBe("acme/security");
    expect(person("sam @all")).toBe("sam @&#8203;all");
  });
});

/** Text with many more dangerous pieces than chance would bring. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "@sam",
        "#1",
        "fixes #2",
        "GH-3",
        "`",
        "``",
        "|",
        "\n",
        "<b>",
        "</details>",
        "<!--",
        "-->",
        "](",
        "![",
        "[",
      ),
      fc.constantFrom(
        "https://x.example",
        "www.x.example",
        "\\",
        "*",
        "_",
        "~~",
        "$",
        "\u202e",
        "\u200b",
        "&#64;",
        "&",
        "- ",
        "1. ",
      ),
      fc.string({ unit: "binary", maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

/** Nothing in it that GitHub would turn into anything. */
function expectInert(markdown: string): void {
  expect(markdown).not.toMatch(/@(?!&#8203;)/);
  expect(markdown).not.toMatch(/#(?!&#8203;|8203;|36;)/);
  expect(markdown).not.toMatch(/gh-\d/i);
  expect(markdown).not.toMatch(/[<>]/);
  expect(markdown).not.toMatch(/:\/\/|www\./i);
  expect(markdown).not.toMatch(/[\n\r\u202e]/);
  // Every mark of formatting stands behind an odd number of backslashes.
  expect(markdown).not.toMatch(/(?:^|[^\\])(?:\\\\)*[`*[\]|~]/);
}

describe("any text of others (property)", () => {
  it("is inert in a sentence", () => {
    fc.assert(
      fc.property(hostile, (text) => expectInert(escapeMarkdown(text))),
      { numRuns: 500 },
    );
  });

  it("never ends its code span before its end", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const span = codeSpan(text);
        if (span === "" || span.startsWith("<code>")) return expectInert(span.replace(/^<code>|<\/code>$/g, ""));
        const fence = /^`+/.exec(span)?.[0] ?? "";
        const inside = span.slice(fence.length, -fence.length);
        expect(span.endsWith(fence)).toBe(true);
        for (const run of inside.match(/`+/g) ?? []) expect(run.length).not.toBe(fence.length);
        expect(span).not.toMatch(/[|\n\r]/);
      }),
      { numRuns: 500 },
    );
  });

  it("never ends its code block before its end", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = codeBlock(text).split("\n");
        const fence = lines[0] ?? "";
        for (const line of lines.slice(1, -1)) expect(line.trim().startsWith(fence)).toBe(false);
      }),
    );
  });
});
