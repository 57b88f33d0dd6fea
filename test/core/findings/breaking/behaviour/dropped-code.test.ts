import { expect, it } from "vitest";
import { droppedCode } from "../../../../../src/core/findings/breaking/behaviour/dropped-code.ts";
import { findingsFrom, rulesFrom, type Story } from "../../../../support/changes.ts";

const body = (...lines: string[]) => `${["start()", ...lines, "end()"].join("\n")}\n`;

it.each([
  { name: "a source file is gone", files: { "src/a.ts": [body("work()"), null] }, rules: ["source_file_removed hint"] },
  {
    name: "a source file's lines stand elsewhere",
    files: { "src/a.ts": [body("work()"), null], "src/b.ts": [null, body("work()")] },
    rules: [],
  },
  { name: "a test file is gone", files: { "test/a.test.ts": [body("work()"), null] }, rules: [] },
  { name: "a script of the workshop is gone", files: { "scripts/a.ts": [body("work()"), null] }, rules: [] },
  {
    name: "deprecated TypeScript is gone",
    files: { "src/a.ts": [body("/** @deprecated use open */", "export function load() {}"), body()] },
    rules: ["deprecated_code_removed likely"],
  },
  {
    name: "deprecated Rust is gone",
    files: { "src/a.rs": [body('#[deprecated(note = "use open")]', "pub fn load() {}"), body()] },
    rules: ["deprecated_code_removed likely"],
  },
  {
    name: "a Python warning is gone with what it warned of",
    files: { "acme/a.py": [body("    warnings.warn('use open', DeprecationWarning)", "    return load()"), body()] },
    rules: ["deprecated_code_removed likely"],
  },
  {
    name: "only the mark of deprecation is gone",
    files: {
      "src/a.ts": [body("/** @deprecated use open */", "export function load() {}"), body("export function load() {}")],
    },
    rules: [],
  },
  {
    name: "only an import of the deprecation is gone",
    files: { "acme/a.py": [body("from tool import warn_deprecation", "x()"), body("x()")] },
    rules: [],
  },
  {
    name: "code for older versions is gone",
    files: { "src/a.ts": [body("// for backward compatibility", "work(legacyName)"), body()] },
    rules: ["compatibility_code_removed hint"],
  },
  {
    name: "a guard that throws",
    files: { "src/a.ts": [body("work()"), body("if (!ready) throw new TypeError('not ready')", "work()")] },
    rules: ["failure_added hint"],
  },
  {
    name: "a guard that raises",
    files: { "acme/a.py": [body("work()"), body("if not ready:", "    raise ValueError('no')", "work()")] },
    rules: ["failure_added hint"],
  },
  {
    name: "a guard that returns an error",
    files: { "a.go": [body("work()"), body("if !ready {", '\treturn nil, errors.New("not ready")', "}", "work()")] },
    rules: ["failure_added hint"],
  },
  {
    name: "an error only handed on",
    files: { "a.go": [body("work()"), body("if err != nil {", "\treturn nil, err", "}", "work()")] },
    rules: [],
  },
  {
    name: "a new function with failures of its own",
    files: { "src/a.ts": [body(), body("function open() {", "  throw new Error('no')", "}")] },
    rules: [],
  },
  {
    name: "a failure that says something else",
    files: { "src/a.ts": [body("throw new Error('no')"), body("throw new Error('not now')")] },
    rules: [],
  },
  {
    name: "another exit code",
    files: { "src/cli.ts": [body("process.exit(1);"), body("process.exit(2);")] },
    rules: ["exit_code_changed hint"],
  },
  {
    name: "another fallback",
    files: { "src/a.ts": [body("const limit = options.limit ?? 20;"), body("const limit = options.limit ?? 10;")] },
    rules: ["default_literal_changed hint"],
  },
  {
    name: "another default of a parameter",
    files: { "acme/a.py": [body("    limit: int = 20"), body("    limit: int = 10")] },
    rules: ["default_literal_changed hint"],
  },
  {
    name: "a fallback is gone",
    files: { "src/a.ts": [body("const limit = options.limit ?? 20;", "x();"), body("x();")] },
    rules: ["default_literal_removed hint"],
  },
  {
    name: "a switch is on now",
    files: { "src/flags.ts": [body("  strictMode: false,"), body("  strictMode: true,")] },
    rules: ["switch_flipped hint"],
  },
  {
    name: "an import whose name speaks of a default",
    files: { "src/a.js": ['const { defaultOptions } = require("./options.js");\nx();\n', "x();\n"] },
    rules: [],
  },
  {
    name: "a comment about a default",
    files: { "src/a.ts": [body("// the default is 20"), body("// the default is 10")] },
    rules: [],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, files }) => {
  expect(await rulesFrom(droppedCode, { files })).toEqual(rules);
});

it("shows the value before and after, on both lines", async () => {
  const files: Story["files"] = {
    "src/a.ts": [body("let port = env.port || 80;"), body("x();", "let port = env.port || 8080;")],
  };
  expect(await findingsFrom(droppedCode, { files })).toMatchObject([
    { what: "a default changed from `80` to `8080`", line: 3, counterLine: 2, path: "src/a.ts", side: "head" },
  ]);
});
