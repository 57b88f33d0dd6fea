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
  { name: "ticked", body: "- [x] Rollback tested", ticked: true },
  { name: "ticked with a capital and another mark", body: "* [X] **Rollback tested**", ticked: true },
  { name: "numbered", body: "1. [x] Rollback tested", ticked: true },
  { name: "open", body: "- [ ] Rollback tested", ticked: false },
  { name: "ticked once and open once", body: "- [x] Rollback tested\n- [ ] Rollback tested", ticked: false },
  { name: "another text", body: "- [x] Rollback tested twice", ticked: false },
  { name: "in a comment", body: "<!-- - [x] Rollback tested -->", ticked: false },
])("a box: $name", ({ body, ticked }) => {
  expect(findTickedBox(body, "rollback tested")).toBe(ticked);
});
