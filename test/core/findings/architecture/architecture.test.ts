import { expect, it } from "vitest";
import { importTargets } from "../../../../src/core/findings/architecture/layers.ts";
import { type Change, rulesOf, type Story } from "../../../support/changes.ts";

const isNew: Change = [null, "a\n"];
const isGone: Change = ["a\n", null];
const isChanged: Change = ["a\n", "b\n"];
const same: Change = ["a\n", "a\n"];

const moves = (count: number, from: string, to: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`${from}/f${at}.ts => ${to}/f${at}.ts`, same]));

it.each([
  {
    name: "a new package",
    files: { "packages/x/package.json": isNew, "packages/x/README.md": isNew },
    rules: ["module_added proven"],
  },
  {
    name: "a new module with an entry",
    files: { "src/billing/index.ts": isNew, "src/billing/a.ts": isNew, "src/billing/b.ts": isNew },
    rules: ["module_added proven"],
  },
  {
    name: "a new module of three files",
    files: { "src/billing/a.ts": isNew, "src/billing/b.ts": isNew, "src/billing/c.ts": isNew },
    rules: ["module_added likely"],
  },
  { name: "two new files in a folder", files: { "src/billing/a.ts": isNew, "src/billing/b.ts": isNew }, rules: [] },
  {
    name: "new files beside a changed one",
    files: { "src/billing/index.ts": isNew, "src/billing/b.ts": isChanged },
    rules: [],
  },
  { name: "new files right in src", files: { "src/index.ts": isNew, "src/b.ts": isNew, "src/c.ts": isNew }, rules: [] },
  { name: "a new top-level folder", files: { "tool/main.go": isNew }, rules: ["module_added likely"] },
  { name: "new documentation", files: { "docs/index.ts": isNew, "docs/a.md": isNew, "docs/b.ts": isNew }, rules: [] },
  { name: "new tests", files: { "test/index.ts": isNew, "test/a.ts": isNew, "test/b.ts": isNew }, rules: [] },
  {
    name: "a module removed",
    files: { "src/billing/index.ts": isGone, "src/billing/a.ts": isGone, "src/billing/b.ts": isGone },
    rules: ["module_removed proven"],
  },
  { name: "four files moved", files: moves(4, "src/core/old", "src/core/new"), rules: [] },
  { name: "five files moved", files: moves(5, "src/core/old", "src/core/new"), rules: ["folder_moved likely"] },
  { name: "fifteen files moved", files: moves(15, "src/core/old", "src/core/new"), rules: ["folder_moved proven"] },
  { name: "the workspace changed", files: { "pnpm-workspace.yaml": isChanged }, rules: ["workspace_changed hint"] },
  {
    name: "the build changed",
    files: { "vite.config.ts": isChanged, "src/tsconfig.json": isChanged },
    rules: ["build_changed hint", "build_changed hint"],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, ...story }) => {
  expect(await rulesOf("architecture", story)).toEqual(rules);
});

const options = { architecture: { layers: [{ from: "src/core/**", never: ["src/web/**"] }] } };

it.each([
  { name: "an import across", path: "src/core/a.ts", line: 'import { b } from "../web/b.ts";', crosses: true },
  { name: "an import without extension", path: "src/core/a.ts", line: "import b from '../web/b'", crosses: true },
  { name: "a lazy import", path: "src/core/deep/a.ts", line: 'const b = await import("../../web/b");', crosses: true },
  { name: "a require", path: "src/core/a.js", line: "const b = require('../web/b');", crosses: true },
  { name: "a re-export", path: "src/core/a.ts", line: 'export * from "../web";', crosses: true },
  { name: "an alias", path: "src/core/a.ts", line: 'import b from "@/web/b";', crosses: true },
  { name: "a Python import", path: "src/core/a.py", line: "from web.b import c", crosses: true },
  { name: "a relative Python import", path: "src/core/a.py", line: "from ..web import b", crosses: true },
  { name: "an import within", path: "src/core/a.ts", line: 'import b from "./b.ts";', crosses: false },
  { name: "an import of a package", path: "src/core/a.ts", line: 'import b from "web";', crosses: false },
  { name: "an import by another layer", path: "src/cli/a.ts", line: 'import b from "../web/b.ts";', crosses: false },
  { name: "text", path: "src/core/a.ts", line: "// see ../web/b.ts", crosses: false },
])("layers: $name → $crosses", async ({ path, line, crosses }) => {
  const rules = await rulesOf("architecture", { files: { [path]: ["a\n", `a\n${line}\n`] }, options });
  expect(rules).toEqual(crosses ? ["layer_crossed proven"] : []);
});

it("leaves alone imports that were there, and those that are taken away", async () => {
  const line = 'import b from "../web/b.ts";\n';
  expect(await rulesOf("architecture", { files: { "src/core/a.ts": [line, `${line}b\n`] }, options })).toEqual([]);
  expect(await rulesOf("architecture", { files: { "src/core/a.ts": [`${line}b\n`, "b\n"] }, options })).toEqual([]);
});

it("leads out of the repository to nothing", () => {
  expect(importTargets("a.ts", 'import b from "../../b"')).toEqual([]);
  expect(importTargets("src/a.md", 'import b from "./b"')).toEqual([]);
});
