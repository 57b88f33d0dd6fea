import { expect, it } from "vitest";
import { declaredInNotes } from "../../../../src/core/findings/breaking/declared-in-notes.ts";
import { type Change, rulesFrom } from "../../../support/changes.ts";

const source: Change = ["a\n", "b\n"];
const declared = ["break_declared_in_notes likely"];

it.each<[string, Record<string, Change>, string[]]>([
  ["a heading in the changelog", { "CHANGELOG.md": ["# Notes\n", "# Notes\n## Breaking changes\n- all\n"] }, declared],
  ["a marker of a directive", { "docs/release-notes/changelog.rst": ["x\n", "x\n    :breaking:\n"] }, declared],
  ["a changeset", { ".changeset/blue-cat.md": [null, '---\n"@acme/core": major\n---\n\nGone\n'] }, declared],
  ["an item in brackets", { NEWS: ["x\n", "x\n* [BREAKING] the port is 80\n"] }, declared],
  ["none of them", { "CHANGELOG.md": ["x\n", "x\nThis release has no breaking changes.\n"] }, []],
  ["a change that breaks nothing", { "CHANGELOG.md": ["x\n", "x\n- non-breaking change of the cache\n"] }, []],
  ["a line that only moved", { "CHANGELOG.md": ["BREAKING: a\nx\n", "x\nBREAKING: a\n"] }, []],
  ["an old changelog that is moved", { "docs/changelog-1.md": [null, "BREAKING: a\n"] }, []],
  ["prose elsewhere", { "docs/guide.md": ["x\n", "x\nA breaking change is one that breaks.\n"] }, []],
  ["a guide that is extended", { "UPGRADING.md": ["x\n", "x\nCall open instead.\n"] }, ["upgrade_guide_changed hint"]],
  [
    "a guide that names it",
    { "docs/migration/v3.md": ["x\n", "x\n### Breaking changes\n"] },
    ["break_declared_in_notes likely", "upgrade_guide_changed hint"],
  ],
])("%s → %s", async (_, files, expected) => {
  expect(await rulesFrom(declaredInNotes, { files: { ...files, "src/a.ts": source } })).toEqual(expected);
});

it("leaves alone what a release gathers from earlier changes", async () => {
  const files: Record<string, Change> = {
    "CHANGELOG.md": ["x\n", "x\n### BREAKING CHANGES\n"],
    "version.txt": ["1.0.0\n", "2.0.0\n"],
  };
  expect(await rulesFrom(declaredInNotes, { files })).toEqual([]);
});
