import fc from "fast-check";
import { expect, it } from "vitest";
import { classify } from "../../../src/core/findings/classify.ts";
import { findingClasses } from "../../../src/core/findings/finding.ts";
import { detectors, rules } from "../../../src/core/findings/index.ts";
import { wantedContents } from "../../../src/core/findings/wanted-contents.ts";
import type { ChangedFile, FileStatus } from "../../../src/core/snapshot.ts";
import { aCommit, aFile, aSnapshot } from "../../support/builders.ts";
import { anInputOf, type Change, classifyStory, numbered, type Story } from "../../support/changes.ts";

const changed: Change = ["a\n", "b\n"];
const bump: Change = ['{\n  "dependencies": { "a": "^1.0.0" }\n}\n', '{\n  "dependencies": { "a": "^1.2.0" }\n}\n'];

it.each([
  {
    name: "prose",
    files: { "README.md": changed, "docs/a.rst": changed, LICENSE: changed },
    kinds: ["documentation_only"],
  },
  {
    name: "prose and a picture of it",
    files: { "docs/a.md": changed, "docs/a.png": changed },
    kinds: ["documentation_only"],
  },
  { name: "prose and source", files: { "README.md": changed, "src/a.ts": changed }, kinds: [] },
  { name: "prose that was source", files: { "src/a.ts => docs/a.md": changed }, kinds: [] },
  { name: "source that was prose", files: { "docs/a.md => src/a.ts": changed }, kinds: [] },
  { name: "prose that is executable", files: { "a.md": changed }, listed: { "a.md": { mode: "100755" } }, kinds: [] },
  { name: "prose that is a link", files: { "a.md": changed }, listed: { "a.md": { mode: "120000" } }, kinds: [] },
  {
    name: "prose that became a link",
    files: { "a.md": changed },
    listed: { "a.md": { status: "type_changed" as const } },
    kinds: [],
  },
  { name: "prose with a misleading name", files: { "a\u202e.md": changed }, kinds: [] },
  { name: "MDX, which is code", files: { "docs/a.mdx": changed }, kinds: [] },
  { name: "HTML, which is code", files: { "docs/a.html": changed }, kinds: [] },
  { name: "a script in docs", files: { "docs/conf.py": changed }, kinds: [] },
  { name: "a manifest in docs", files: { "docs/package.json": changed }, kinds: [] },
  { name: "requirements, which are no text", files: { "docs/requirements.txt": changed }, kinds: [] },
  { name: "instructions to agents", files: { "AGENTS.md": changed }, kinds: [] },
  { name: "the owners", files: { ".github/CODEOWNERS": changed }, kinds: [] },
  { name: "a workflow", files: { ".github/workflows/a.yml": changed }, kinds: [] },
  {
    name: "tests",
    files: { "test/a.ts": changed, "src/a.test.ts": changed, "test/a.json": changed },
    kinds: ["tests_only"],
  },
  { name: "tests and source", files: { "src/a.test.ts": changed, "src/a.ts": changed }, kinds: [] },
  { name: "a test that was source", files: { "src/a.ts => test/a.ts": changed }, kinds: [] },
  { name: "a manifest among tests", files: { "test/package.json": changed }, kinds: [] },
  { name: "configuration among tests", files: { "test/vitest.config.ts": changed }, kinds: [] },
  { name: "a bump", files: { "package.json": bump, "package-lock.json": changed }, kinds: ["dependency_bump"] },
  { name: "a lock file", files: { "yarn.lock": changed }, kinds: ["dependency_bump"] },
  {
    name: "a bump of requirements",
    files: { "requirements.txt": ["a==1.0\n", "a==1.1\n"] },
    kinds: ["dependency_bump"],
  },
  {
    name: "a bump of a Go module",
    files: { "go.mod": ["require x.example/a v1.0.0\n", "require x.example/a v1.1.0\n"], "go.sum": changed },
    kinds: ["dependency_bump"],
  },
  {
    name: "another dependency",
    files: { "package.json": [bump[0], '{\n  "dependencies": { "b": "^1.2.0" }\n}\n'] },
    kinds: [],
  },
  {
    name: "a script beside the bump",
    files: {
      "package.json": [bump[0], '{\n  "scripts": { "postinstall": "x" },\n  "dependencies": { "a": "^1.2.0" }\n}\n'],
    },
    kinds: [],
  },
  {
    name: "a script changed in a manifest",
    files: { "package.json": ['"prepare": "node a"\n', '"prepare": "node b"\n'] },
    kinds: [],
  },
  { name: "a bump and source", files: { "package.json": bump, "src/a.ts": changed }, kinds: [] },
  { name: "source moved onto a lock file", files: { "src/a.ts => yarn.lock": changed }, kinds: [] },
  { name: "a release", files: { "package.json": ['"version": "1.0.0"\n', '"version": "1.0.1"\n'] }, kinds: [] },
  { name: "a newer engine", files: { "go.mod": ["go 1.21\n", "go 1.22\n"] }, kinds: [] },
  {
    name: "another major of a Go module",
    files: { "go.mod": ["require x.example/a/v2 v2.0.0\n", "require x.example/a/v3 v3.0.0\n"] },
    kinds: ["dependency_bump"],
  },
  {
    name: "GitHub's revert",
    files: { "src/a.ts": changed },
    snapshot: { title: 'Revert "feat: a"' },
    kinds: ["revert"],
  },
  {
    name: "a conventional revert",
    files: { "src/a.ts": changed },
    snapshot: { title: "revert(api): a" },
    kinds: ["revert"],
  },
  {
    name: "git's revert",
    files: { "src/a.ts": changed },
    snapshot: { commits: [aCommit({ message: `x\n\nThis reverts commit ${"a".repeat(40)}.` })] },
    kinds: ["revert"],
  },
  {
    name: "a change that takes back one of its own commits",
    files: { "src/a.ts": changed },
    snapshot: {
      commits: [aCommit({ message: "a" }), aCommit({ message: `x\n\nThis reverts commit ${"a".repeat(40)}.` })],
    },
    kinds: [],
  },
  { name: "talk of a revert", files: { "src/a.ts": changed }, snapshot: { title: "Fix revert button" }, kinds: [] },
  { name: "no files", files: {}, kinds: [] },
  {
    name: "a list cut off",
    files: { "a.md": changed },
    snapshot: { incomplete: [{ what: "files", reason: "more than 3,000" }] },
    kinds: [],
  },
] as (Story & { name: string; kinds: string[] })[])("kind of $name → $kinds", async ({ kinds, ...story }) => {
  expect((await classifyStory(story)).kinds).toEqual(kinds);
});

it.each([
  { name: "source with a test", files: { "src/a.ts": changed, "src/a.test.ts": changed }, tests: "changed" },
  { name: "source alone", files: { "src/a.ts": changed }, tests: "missing" },
  {
    name: "source with a test taken away",
    files: { "src/a.ts": changed, "src/a.test.ts": ["a\n", null] },
    tests: "missing",
  },
  {
    name: "source with a test made shorter",
    files: { "src/a.ts": changed, "src/a.test.ts": ["a\nb\n", "a\n"] },
    tests: "missing",
  },
  { name: "a test alone", files: { "src/a.test.ts": changed }, tests: "no_source" },
  { name: "prose", files: { "a.md": changed }, tests: "no_source" },
  { name: "generated source", files: { "dist/a.js": changed }, tests: "no_source" },
] as (Story & { name: string; tests: string })[])("tests of $name → $tests", async ({ tests, ...story }) => {
  expect((await classifyStory(story)).tests).toBe(tests);
});

it.each([
  { name: "prose", files: { "a.md": changed }, level: "low" },
  { name: "two lines of source", files: { "src/a.ts": changed }, level: "low" },
  { name: "sixty lines without tests", files: { "src/a.ts": [null, numbered(60)] }, level: "medium" },
  {
    name: "sixty lines with tests",
    files: { "src/a.ts": [null, numbered(60)], "src/a.test.ts": changed },
    level: "low",
  },
  {
    name: "two hundred lines with tests",
    files: { "src/a.ts": [null, numbered(200)], "src/a.test.ts": changed },
    level: "medium",
  },
  { name: "eight hundred lines", files: { "src/a.ts": [null, numbered(800)] }, level: "high" },
  {
    name: "a login that the policy names",
    files: { "src/login.ts": changed },
    options: { security: { paths: ["src/login.ts"] } },
    level: "high",
  },
  { name: "a login by its path alone", files: { "src/login.ts": changed }, level: "low" },
  { name: "a thousand lines of prose", files: { "a.md": [null, numbered(1000)] }, level: "low" },
  { name: "a revert", files: { "src/a.ts": changed }, snapshot: { title: "revert: a" }, level: "medium" },
  {
    name: "a binary file",
    files: { "a.bin": changed },
    listed: { "a.bin": { isBinary: true, patch: null } },
    level: "medium",
  },
] as (Story & { name: string; level: string })[])("risk of $name → $level", async ({ level, ...story }) => {
  const { risk } = await classifyStory(story);
  expect(risk.level).toBe(level);
  expect(risk.reasons.length).toBeGreaterThan(0);
});

it("is surer the more rules agree, and no surer for one rule met twice", async () => {
  const once = await classifyStory({ files: { "src/auth/a.ts": changed } });
  const twice = await classifyStory({ files: { "src/auth/a.ts": changed, "src/auth/b.ts": changed } });
  const both = await classifyStory({ files: { "src/auth/a.ts": changed, ".npmrc": changed } });
  expect(twice.classes.security.confidence).toBe(once.classes.security.confidence);
  expect(both.classes.security.confidence).toBeGreaterThan(once.classes.security.confidence);
  expect(twice.classes.security.score).toBeGreaterThan(once.classes.security.score);
});

it("puts the strongest finding first", async () => {
  const { classes } = await classifyStory({ files: { "src/roles/a.ts": changed, ".github/CODEOWNERS": changed } });
  expect(classes.security.findings.map(({ strength }) => strength)).toEqual(
    ["proven", "hint"].slice(0, classes.security.findings.length),
  );
  expect(classes.security).toMatchObject({ present: true, strength: "proven" });
});

it("has one detector and one owner for every rule, each explained", () => {
  const ids = detectors.flatMap((detector) => Object.keys(detector.rules));
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(detectors.map(({ id }) => id)).size).toBe(detectors.length);
  for (const { title, why } of Object.values(rules)) {
    expect(title).toMatch(/^[^.]+$/);
    expect(why).toMatch(/\.$/);
  }
  expect(new Set(detectors.map((detector) => detector.class))).toEqual(new Set(findingClasses));
});

it("asks for changed modules and what stands around them, then for what those name, then for nothing", async () => {
  const { snapshot, contents, options } = anInputOf({
    files: { "pkg/src/a.ts": ["export const one = 1;\n", "export {};\n"], "README.md": changed },
    around: {
      "pkg/package.json": '{ "main": "./dist/main.js" }',
      "pkg/src/main.ts": 'export * from "./deep/index.js";\n',
      "pkg/src/deep/index.ts": 'export * from "../a.js";\n',
    },
  });
  const have = { base: new Map<string, string | null>(), head: new Map<string, string | null>() };
  const rounds: string[][] = [];
  for (
    let wanted = await wantedContents(snapshot, options, have);
    wanted.length > 0;
    wanted = await wantedContents(snapshot, options, have)
  ) {
    rounds.push(wanted);
    for (const path of wanted) {
      have.base.set(path, contents.base.get(path) ?? null);
      have.head.set(path, contents.head.get(path) ?? null);
    }
  }
  expect(rounds[0]).toEqual(["package.json", "pkg/package.json", "pkg/src/a.ts", "pkg/src/package.json"]);
  expect(rounds[1]).toContain("pkg/src/main.ts");
  expect(rounds[2]).toContain("pkg/src/deep/index.ts");
  expect(rounds).toHaveLength(3);
});

it("asks for nothing where nothing can be lost", async () => {
  const added = anInputOf({ files: { "src/a.ts": ["a\n", "a\nb\n"], "src/b.ts": [null, "b\n"], "a.md": changed } });
  expect(await wantedContents(added.snapshot, undefined)).toEqual([]);
});

const statuses: FileStatus[] = ["added", "removed", "modified", "renamed", "copied", "type_changed"];
const names = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "src/a.ts",
    "package.json",
    ".github/workflows/a.yml",
    "go.mod",
    "a.min.js",
    "docs/a.md",
    "db/1.sql",
    "x/CODEOWNERS",
    "a.py",
    "__proto__",
  ),
);
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "export const a = 1;\r\n",
    "\uFEFF{",
    '{"exports":{"__proto__":[{"a":[]}]}}',
    "on: {\n",
    "jobs: { a: 1, b: { permissions: [x] } }",
    "@@ -1 +1 @@\n-export default\n+",
  ),
);
const anyFile: fc.Arbitrary<ChangedFile> = fc
  .record({
    path: names,
    previousPath: fc.option(names),
    status: fc.constantFrom(...statuses),
    additions: fc.nat(10),
    deletions: fc.nat(10),
    patch: fc.option(
      fc.oneof(
        texts,
        texts.map((text) => `@@ -1,3 +1,4 @@ x\n-${text}\n+${text}\n ${text}`),
      ),
    ),
    isBinary: fc.boolean(),
    mode: fc.constantFrom(null, "100644", "100755", "120000", "160000"),
  })
  .map((file) => aFile(file.path, file));

it("never throws, whatever the names, patches and texts", async () => {
  const property = fc.asyncProperty(
    fc.array(anyFile, { maxLength: 5 }),
    fc.array(fc.tuple(names, fc.option(texts), fc.option(texts))),
    texts,
    async (files, around, title) => {
      const snapshot = aSnapshot({ files, title, body: title, commits: [aCommit({ message: title })] });
      const contents = {
        base: new Map(around.map(([path, base]) => [path, base])),
        head: new Map(around.map(([path, , head]) => [path, head])),
      };
      await wantedContents(snapshot, undefined, contents);
      const { classes, size } = await classify({ snapshot, contents, options: { performance: { hot_paths: ["**"] } } });
      for (const { confidence, score } of Object.values(classes)) {
        expect(confidence >= 0 && confidence <= 1 && score >= 0 && score <= 1).toBe(true);
      }
      expect(size.changed).toBeGreaterThanOrEqual(0);
      expect(size.files + size.leftOut.length).toBe(files.length);
    },
  );
  await fc.assert(property, { numRuns: 300 });
});

it("says the same when asked twice, and the order of files changes no class", async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(anyFile, { maxLength: 5, selector: ({ path }) => path }),
    async (files) => {
      const contents = { base: new Map(), head: new Map() };
      const first = await classify({ snapshot: aSnapshot({ files }), contents, options: undefined });
      expect(await classify({ snapshot: aSnapshot({ files }), contents, options: undefined })).toEqual(first);
      const turned = await classify({
        snapshot: aSnapshot({ files: [...files].reverse() }),
        contents,
        options: undefined,
      });
      for (const name of findingClasses) expect(turned.classes[name].strength).toBe(first.classes[name].strength);
      expect(turned.kinds).toEqual(first.kinds);
    },
  );
  await fc.assert(property, { numRuns: 100 });
});

it("keeps one finding of every rule, however much else was found", async () => {
  const files = Array.from({ length: 1_001 }, (_, index) => aFile(`src/auth/session-${index}.ts`));
  const token = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");
  const hidden = aFile("docs/zz.md", { patch: `@@ -0,0 +1 @@\n+${token}` });
  const input = { contents: { base: new Map(), head: new Map() }, options: undefined };
  const { classes } = await classify({ ...input, snapshot: aSnapshot({ files: [...files, hidden] }) });
  expect(classes.security.findings.length).toBeGreaterThan(1_000);
  expect(classes.security.findings.some(({ rule }) => rule === "secret_added")).toBe(true);
  const symlinks = Array.from({ length: 1_001 }, (_, index) => aFile(`l${index}`, { mode: "120000", status: "added" }));
  const behind = await classify({ ...input, snapshot: aSnapshot({ files: [...symlinks, hidden] }) });
  expect(behind.classes.security.findings.map(({ rule }) => rule)).toContain("secret_added");
});
