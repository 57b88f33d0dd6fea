import fc from "fast-check";
import { expect, it } from "vitest";
import { findSection, findTickedBox } from "../../../src/core/gate/description-evidence.ts";

it.each([
  { name: "a heading with text", body: "## Rollback\nRevert it.", found: "Revert it." },
  { name: "another level, case and closing marks", body: "#### ROLLBACK: ####\nRevert it.", found: "Revert it." },
  {
    name: "text under a deeper heading of it",
    body: "## Rollback\n### Steps\n1. Revert it.\n## Other\nno",
    found: "1. Revert it.",
  },
  { name: "no such heading", body: "Rollback: revert it", found: null },
  { name: "nothing under it", body: "## Rollback\n\n## Other\ntext", found: null },
  { name: "a comment of the template", body: "## Rollback\n<!-- how? -->", found: null },
  { name: "a comment that is never closed hides the rest", body: "## Rollback\n<!-- how?\nRevert it.", found: null },
  { name: "a heading inside a comment", body: "<!--\n## Rollback\nRevert it.\n-->", found: null },
  { name: "a heading inside a code block", body: "```\n## Rollback\nRevert it.\n```", found: null },
  { name: "code under it is content", body: "## Rollback\n```\ngit revert\n```", found: "git revert" },
  { name: "TBD", body: "## Rollback\nTBD", found: null },
  { name: "n/a", body: "## Rollback\nN/A", found: null },
  { name: "an open box only", body: "## Rollback\n- [ ] describe it", found: null },
  { name: "an empty list mark", body: "## Rollback\n- ", found: null },
  {
    name: "the second of two sections has the text",
    body: "## Rollback\n\n## Rollback\nRevert it.",
    found: "Revert it.",
  },
])("a section: $name", ({ body, found }) => {
  expect(findSection(body, "Rollback")).toBe(found);
});

it.each([
  { name: "line ends of Windows", body: "## Rollback\r\nRevert it.\r\n\r\n## Other\r\ntext" },
  { name: "line ends of an old Mac", body: "## Rollback\rRevert it.\r## Other" },
  { name: "underlined", body: "Rollback\n--------\n\nRevert it.\n\nOther\n=====\ntext" },
  { name: "underlined twice", body: "Rollback\n===\nRevert it." },
  { name: "as an element", body: "<h3>Rollback</h3>\nRevert it." },
  { name: "bold on a line of its own", body: "**Rollback**\nRevert it.\n\n**Other**\ntext" },
  { name: "bold with a colon", body: "__Rollback:__\n\nRevert it.\n## Other" },
  { name: "with an emoji", body: "## 🔙 Rollback\nRevert it.\n## 🚀 Other" },
  { name: "with an emoji by name", body: "## :rewind: Rollback\nRevert it.\n## Other" },
  { name: "marked as required", body: "## Rollback (required)\nRevert it.\n## Other" },
  { name: "with punctuation at its end", body: "## Rollback?!\nRevert it.\n## Other" },
  { name: "numbered", body: "## 3. Rollback\nRevert it.\n## 4. Other" },
  { name: "bold, within a heading", body: "## **Rollback**\nRevert it.\n## Other" },
  { name: "as a link", body: "## [Rollback](#rollback)\nRevert it.\n## Other" },
  { name: "with a comment beside it", body: "## Rollback <!-- required -->\nRevert it.\n## Other" },
  { name: "after a comment in code", body: "Write `<!-- how -->` or `<!--`.\n## Rollback\nRevert it." },
  { name: "after a fenced comment", body: "```html\n<!--\n```\n## Rollback\nRevert it." },
  {
    name: "after a fence within a list",
    body: "- Run:\n    ```\n    ## no\n    ```\n\n## Rollback\nRevert it.\n## Other",
  },
])("a heading is found $name", ({ body }) => {
  expect(findSection(body, "Rollback")).toBe("Revert it.");
});

it.each([
  { name: "a longer heading", body: "## Rollback of the rollback\nRevert it." },
  { name: "a heading in a quote", body: "> ## Rollback\n> Revert it." },
  { name: "a heading in indented code", body: "text\n\n    ## Rollback\n    Revert it." },
  { name: "hashes without a space", body: "##Rollback\nRevert it." },
  { name: "bold within a sentence", body: "**Rollback** is easy.\nRevert it." },
  { name: "a list item and a line under it", body: "- Rollback\n---\nRevert it." },
  { name: "a paragraph of two lines, underlined", body: "About the\nRollback\n---\nRevert it." },
])("no heading: $name", ({ body }) => {
  expect(findSection(body, "Rollback")).toBeNull();
});

it.each([
  "Revert it.",
  "N/A - because nothing is stored",
  "n/a: documentation only",
  "None. The old version reads the new rows.",
  "Not applicable (no data is touched)",
  "No-op on the old version",
  "Pending-delete rows are kept",
  "- Revert it.",
  "> - 1. Revert it.",
  "- Steps:\n    - Revert the commit\n    - Redeploy",
  "- [x] Revert it.",
  "**Revert it and deploy.**",
  "![graph](https://example.com/graph.png)",
  '<img width="200" src="https://example.com/graph.png">',
  "<https://example.com/runbook>",
  "[runbook](https://example.com/runbook)",
  "| Step | Who |\n| --- | --- |\n| Revert | @sam |",
  "| Step |\n| --- |\n| Revert |",
  "    git revert HEAD",
  "<details><summary>Steps</summary>\n\nRevert it.\n\n</details>",
  "TBD\n\nRevert it.",
  "Sí, se revierte.",
  "元に戻す",
])("content: %j", (content) => {
  expect(findSection(`## Rollback\n\n${content}\n\n## Other\ntext`, "Rollback")).not.toBeNull();
});

it.each([
  "None.",
  "none",
  "N/A",
  "n.a.",
  "Not applicable.",
  "not required",
  "No",
  "-",
  "...",
  "…",
  "???",
  "xxx",
  "___",
  "---",
  "TODO",
  "TODO: describe the rollback",
  "TBD - after the meeting",
  "**TBD**",
  "_to be done_",
  "`n/a`",
  "- [ ] Revert it.",
  "- [x] ",
  "- - -",
  "1. \n2. ",
  "> ",
  "[describe it]",
  "<describe it here>",
  "[runbook](url)",
  "![]()",
  "![graph](url)",
  "🚀",
  ":rocket:",
  "\u200b\u00a0&nbsp;",
  "<br>",
  "<details><summary></summary></details>",
  "**Steps:**",
  "| Step | Who |\n| --- | --- |",
  "| Step | Who |\n| :-- | --: |\n| Revert | |\n| Deploy | TBD |",
  "```\n\n```",
  "```sh\nTODO\n```",
  "[//]: # (Revert it.)",
  "[runbook]: https://example.com/runbook",
  "Rollback",
  "How is the change taken back, who does it, and what is lost by it?",
  "N/A - none",
  "Ninguno.",
  "Pendiente",
  "Lorem ipsum, dolor sit amet",
])("no content: %j", (content) => {
  expect(findSection(`## Rollback\n\n${content}\n\n## Other\ntext`, "Rollback")).toBeNull();
});

it.each([
  { name: "ticked", body: "- [x] Rollback tested", ticked: true },
  { name: "ticked with a capital and another mark", body: "* [X] **Rollback tested**", ticked: true },
  { name: "numbered", body: "1. [x] Rollback tested", ticked: true },
  { name: "open", body: "- [ ] Rollback tested", ticked: false },
  { name: "ticked once and open once", body: "- [x] Rollback tested\n- [ ] Rollback tested", ticked: false },
  { name: "another text", body: "- [x] Rollback tested twice", ticked: false },
  { name: "in a comment", body: "<!-- - [x] Rollback tested -->", ticked: false },
  { name: "nested", body: "- Before the release:\n    - [x] Rollback tested", ticked: true },
  { name: "with line ends of Windows", body: "- [x] Rollback tested\r\n- [ ] Other\r\n", ticked: true },
  { name: "with an emoji, a full stop and a remark", body: "- [x] ✅ Rollback tested. (required)", ticked: true },
  { name: "in a fence", body: "```\n- [x] Rollback tested\n```", ticked: false },
  { name: "in indented code", body: "As in\n\n    - [x] Rollback tested", ticked: false },
  { name: "in a quote", body: "> - [x] Rollback tested", ticked: false },
  { name: "ticked by another letter", body: "- [y] Rollback tested", ticked: false },
])("a box: $name", ({ body, ticked }) => {
  expect(findTickedBox(body, "rollback tested")).toBe(ticked);
});

const marks = fc.constantFrom(
  ...[
    "#",
    "## Rollback",
    "\n",
    "\r\n",
    " ",
    "\t",
    "    ",
    "-",
    "- ",
    "[",
    "]",
    "[ ]",
    "[x]",
    "`",
    "```",
    "~~~",
    "<!--",
    "-->",
  ],
  ...[
    "*",
    "**",
    "_",
    "|",
    "| - |",
    ">",
    "<",
    "</a>",
    "!",
    "![",
    "](",
    "(",
    ")",
    "n/a",
    "no.",
    "TBD",
    ":",
    ".",
    "x",
    "1.",
    "é",
    "🚀",
  ],
);

it("reads any description without failing, and finds the same however it is asked", () => {
  const bodies = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(marks, { maxLength: 60 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(bodies, (body) => {
      const found = findSection(body, "Rollback");
      expect(findSection(body.replaceAll("\r\n", "\n"), " **rollback** ")?.replaceAll("\r", "")).toBe(
        found?.replaceAll("\r", ""),
      );
      findTickedBox(body, "Rollback");
    }),
    { numRuns: 1_000 },
  );
});

it("what stands before a section takes nothing from it, unless it hides it", () => {
  const before = fc.array(
    fc.constantFrom("text", "- [ ] open", "## Other", "**Bold**", "| a |", "> quote", "```\ncode\n```", "TBD"),
  );
  fc.assert(
    fc.property(before, (blocks) => {
      expect(findSection(`${blocks.join("\n\n")}\n\n# Rollback\nRevert it.`, "Rollback")).toBe("Revert it.");
    }),
  );
});

// A pattern that goes back over what it has read takes minutes for one of these; a run of all of them is a fraction of a second.
it.each([...["#", "-", ".", " ", "\n", "(", "[", "![", "<", "<a ", "&", ":a", "*", "**", "_", "|", "| -", "> ", "- "]])(
  "the longest description of %j alone is read to its end",
  (mark) => {
    const run = mark.repeat(Math.floor(65_000 / mark.length));
    expect(findSection(`## Rollback\n${run}x y z`, "Rollback")).not.toBe("");
    expect(findTickedBox(`${run}\n- [x] ${run}tested`, `${run}tested`)).toBeTypeOf("boolean");
  },
  10_000,
);
