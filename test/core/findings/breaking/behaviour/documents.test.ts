import { expect, it } from "vitest";
import { documents } from "../../../../../src/core/findings/breaking/behaviour/documents.ts";
import { rulesFrom, type Story } from "../../../../support/changes.ts";

const guide = (...lines: string[]) => `# Tool\n\n${lines.join("\n")}\n`;

it.each([
  {
    name: "a flag is gone",
    files: { "README.md": [guide("- `--legacy` keeps the old format", "- `--new`"), guide("- `--new`")] },
    rules: ["docs_flag_removed hint"],
  },
  {
    name: "a flag stands in another guide now",
    files: {
      "README.md": [guide("- `--legacy` keeps the old format"), guide("See the reference.")],
      "docs/flags.md": [null, "Use --legacy for the old format.\n"],
    },
    rules: [],
  },
  {
    name: "a row of a table of options is gone",
    files: {
      "docs/options.md": [guide("| `retries` | number |", "| `wait` | number |"), guide("| `wait` | number |")],
    },
    rules: ["docs_option_removed hint"],
  },
  {
    name: "a row of a table of options was reworded",
    files: { "docs/options.md": [guide("| `retries` | how often |"), guide("| `retries` | how often it is tried |")] },
    rules: [],
  },
  {
    name: "a section is gone",
    files: { "docs/a.md": [guide("## Retries", "It tries again."), guide("It tries once.")] },
    rules: ["docs_heading_removed hint"],
  },
  {
    name: "a section got a longer heading",
    files: { "docs/a.md": [guide("## Retries"), guide("## Retries and waiting")] },
    rules: [],
  },
  {
    name: "a page is gone",
    files: { "docs/old.md": [guide("About the old way."), null] },
    rules: ["docs_page_removed hint"],
  },
  {
    name: "a page moved",
    files: { "docs/old.md": [guide("About the old way."), null], "docs/new.md": [null, guide("About the old way.")] },
    rules: [],
  },
  {
    name: "another default is given",
    files: { "docs/a.md": [guide("Tries again. Default: `3` times"), guide("Tries again. Default: `5` times")] },
    rules: ["docs_default_changed hint"],
  },
  {
    name: "a sentence about a default was reworded",
    files: { "docs/a.md": [guide("By default it is tried `3` times."), guide("By default we try it `3` times.")] },
    rules: [],
  },
  {
    name: "an example had to change",
    files: { "README.md": [guide("const tool = createTool(options);"), guide("const tool = new Tool(options);")] },
    rules: ["docs_example_changed hint"],
  },
  {
    name: "a page that an example points to has moved",
    files: {
      "README.md": [
        guide("const page = open(https://example.com/a?can=be);"),
        guide("const page = open(https://archive.example.org/web/2025/a?can=be);"),
      ],
    },
    rules: [],
  },
  {
    name: "users are told that something is gone",
    files: { "docs/a.md": [guide("All is well."), guide("All is well.", "The old format was removed in v3.")] },
    rules: ["docs_tell_of_break hint"],
  },
  {
    name: "users are told that something is easier",
    files: { "docs/a.md": [guide("All is well."), guide("All is well.", "A token is no longer required.")] },
    rules: [],
  },
  {
    name: "a migration guide names what is gone",
    files: { "docs/migration-v3.md": [guide("a", "- `old` does it."), guide("a", "`new` does what was removed.")] },
    rules: [],
  },
  { name: "prose of contributors", files: { "CONTRIBUTING.md": [guide("## Tests"), guide("Nothing")] }, rules: [] },
  { name: "data of tests", files: { "test/fixtures/a.md": [guide("## Tests"), guide("Nothing")] }, rules: [] },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, files }) => {
  expect(await rulesFrom(documents, { files })).toEqual(rules);
});
