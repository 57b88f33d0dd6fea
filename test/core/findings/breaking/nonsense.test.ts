import fc from "fast-check";
import { expect, it } from "vitest";
import { documents } from "../../../../src/core/findings/breaking/behaviour/documents.ts";
import { droppedCode } from "../../../../src/core/findings/breaking/behaviour/dropped-code.ts";
import { existingTests } from "../../../../src/core/findings/breaking/behaviour/existing-tests.ts";
import { runtimes } from "../../../../src/core/findings/breaking/behaviour/runtimes.ts";
import { shippedDependencies } from "../../../../src/core/findings/breaking/behaviour/shipped-dependencies.ts";
import { environment } from "../../../../src/core/findings/breaking/options/environment.ts";
import { settings } from "../../../../src/core/findings/breaking/options/settings.ts";
import { findingsFrom } from "../../../support/changes.ts";

const long = [
  "DEFAULT_A = [".repeat(500),
  `.option("--a", ${"{".repeat(2000)}`,
  "flag.Int(".repeat(1000),
  `#[derive(Parser)]\nstruct A {\n${"#[arg(long, ".repeat(300)}`,
  `a: &a [${"*a, ".repeat(500)}]`,
  "default ".repeat(2000),
  "(".repeat(5000),
  "a(".repeat(3000),
  "enable".repeat(2000),
  "`".repeat(3000),
  "- ".repeat(3000),
  "no longer ".repeat(800),
  `${"[1, ".repeat(2000)}\n`,
  "\ud800\u0000\u202e\uFEFF\r\n",
];
const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.stringMatching(/^[ \n#`|*(){}[\]=?"':;,.0-9a-f@-]{0,200}$/),
  fc.constantFrom(...long),
);

it.each([
  {
    detector: existingTests,
    paths: ["test/a.test.ts", "tests/test_a.py", "a_test.go", "tests/a.rs", "test/a.snap", "test/a.json"],
  },
  { detector: documents, paths: ["README.md", "docs/a.rst"] },
  { detector: droppedCode, paths: ["src/a.ts", "acme/a.py", "a.go", "src/a.rs", "A.java"] },
  {
    detector: runtimes,
    paths: ["pyproject.toml", "Dockerfile", ".nvmrc", ".github/workflows/ci.yml", "go.mod", "pom.xml"],
  },
  { detector: environment, paths: ["src/a.ts", "acme/a.py"] },
  {
    detector: settings,
    paths: [
      "src/cli.ts",
      "src/options.js",
      "acme/cli.py",
      "cmd/a.go",
      "src/a.rs",
      "action.yml",
      "presets/a.json",
      "defaults.toml",
    ],
  },
  { detector: shippedDependencies, paths: ["package.json", "Cargo.toml", "pyproject.toml", "go.mod"] },
])("$detector.id reads any nonsense without failing, and says the same twice", async ({ detector, paths }) => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), text, text, async (path, before, after) => {
      const files = { [path]: [before, after] as [string, string] };
      const found = await findingsFrom(detector, { files });
      expect(await findingsFrom(detector, { files })).toEqual(found);
      expect(found.every((finding) => finding.path === path)).toBe(true);
    }),
    { numRuns: 40 },
  );
});
