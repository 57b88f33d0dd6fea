import { expect, it } from "vitest";
import { rulesOf, type Story } from "../../../support/changes.ts";

const code: [string, string] = ["a\n", "b\n"];
const options = { performance: { hot_paths: ["src/engine/**"] } };

it.each([
  { name: "a hot path", files: { "src/engine/a.ts": code }, rules: ["hot_path_changed proven"] },
  {
    name: "moved out of a hot path",
    files: { "src/engine/a.ts => src/b.ts": code },
    rules: ["hot_path_changed proven"],
  },
  { name: "a test of a hot path", files: { "src/engine/a.test.ts": code }, rules: [] },
  { name: "prose in a hot path", files: { "src/engine/README.md": code }, rules: [] },
  { name: "another path", files: { "src/engines/a.ts": code }, rules: [] },
  {
    name: "a benchmark",
    files: { "bench/a.ts": code, "pkg/a_bench_test.go": code },
    rules: ["benchmark_changed hint", "benchmark_changed hint"],
  },
  { name: "a bench in a park", files: { "src/workbench/a.ts": code }, rules: [] },
  {
    name: "an index dropped",
    files: { "db/2.sql": ["", "DROP INDEX CONCURRENTLY a;\n"] },
    rules: ["index_dropped likely"],
  },
  {
    name: "an index dropped by a migration",
    files: { "db/migrate/2.rb": ["", "  remove_index :a, :b\n"] },
    rules: ["index_dropped likely"],
  },
  {
    name: "an index built",
    files: { "migrations/2.sql": ["", "create unique index a on b (c);\n"] },
    rules: ["index_created hint"],
  },
  { name: "a line that dropped an index is taken away", files: { "db/2.sql": ["drop index a;\n", ""] }, rules: [] },
  { name: "an index file of a script", files: { "src/a.ts": ["", "// drop index\n"] }, rules: [] },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, ...story }) => {
  expect(await rulesOf("performance", { ...story, options })).toEqual(rules);
});
