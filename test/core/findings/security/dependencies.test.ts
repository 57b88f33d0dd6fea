import { describe, expect, it } from "vitest";
import type { ReviewedDependency } from "../../../../src/core/reviewed-dependency.ts";
import { findingsOf, rulesOf, type Story } from "../../../support/changes.ts";

type Row = { name: string; before: string | null; after: string; rules: string[] };

function table(path: string, rows: Row[]): void {
  it.each(rows)(`${path}: $name → $rules`, async ({ before, after, rules }) => {
    expect(await rulesOf("security", { files: { [path]: [before, after] } })).toEqual(rules);
  });
}

const seen = "dependency_manifest_changed hint";
const cargo = (dependencies: string) => `[package]\nname = "a"\n\n[dependencies]\n${dependencies}\n`;

table("Cargo.toml", [
  { name: "a crate is added", before: cargo(""), after: cargo('serde = "1.0"'), rules: ["dependency_added likely"] },
  {
    name: "a crate for tests is added",
    before: cargo(""),
    after: `${cargo("")}[dev-dependencies]\nserde = "1"\n`,
    rules: ["dependency_added hint"],
  },
  {
    name: "a minor version",
    before: cargo('serde = "1.0"'),
    after: cargo('serde = { version = "1.1", features = ["a"] }'),
    rules: [seen],
  },
  {
    name: "a major version",
    before: cargo('serde = "1.0"'),
    after: cargo('serde = "2.0"'),
    rules: ["dependency_major_changed hint"],
  },
  {
    name: "an older version",
    before: cargo('serde = "1.4"'),
    after: cargo('serde = "1.2"'),
    rules: ["dependency_downgraded likely"],
  },
  {
    name: "a fork",
    before: cargo('serde = "1.0"'),
    after: cargo('serde = { git = "https://x.example/serde", rev = "a" }'),
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "another commit of the same fork",
    before: cargo('serde = { git = "https://x.example/serde", rev = "a" }'),
    after: cargo('serde = { git = "https://x.example/serde", rev = "b" }'),
    rules: [seen],
  },
  {
    name: "back from a fork",
    before: cargo('serde = { git = "https://x.example/serde" }'),
    after: cargo('serde = "1.0"'),
    rules: [seen],
  },
  {
    name: "another registry",
    before: cargo('serde = "1.0"'),
    after: cargo('serde = { version = "1.0", registry = "own" }'),
    rules: ["dependency_source_changed proven"],
  },
  { name: "a folder of the repository", before: cargo(""), after: cargo('b = { path = "../b" }'), rules: [seen] },
  {
    name: "a crate is patched",
    before: cargo(""),
    after: `${cargo("")}[patch.crates-io]\nserde = { git = "https://x.example/s" }\n`,
    rules: ["dependency_source_changed proven"],
  },
]);

table("pyproject.toml", [
  {
    name: "a dependency is added",
    before: "[project]\ndependencies = []\n",
    after: '[project]\ndependencies = ["httpx>=0.20"]\n',
    rules: ["dependency_added likely"],
  },
  {
    name: "one of poetry's is added",
    before: "[tool.poetry.dependencies]\npython = '^3.11'\n",
    after: "[tool.poetry.dependencies]\npython = '^3.11'\nhttpx = '^0.20'\n",
    rules: ["dependency_added likely"],
  },
  {
    name: "one for development is added",
    before: "[dependency-groups]\ndev = []\n",
    after: '[dependency-groups]\ndev = ["pytest"]\n',
    rules: ["dependency_added hint"],
  },
  {
    name: "one comes from an address",
    before: '[project]\ndependencies = ["httpx>=0.20"]\n',
    after: '[project]\ndependencies = ["httpx @ git+https://x.example/httpx"]\n',
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "uv takes one from git",
    before: '[project]\ndependencies = ["httpx"]\n',
    after: '[project]\ndependencies = ["httpx"]\n[tool.uv.sources]\nhttpx = { git = "https://x.example/httpx" }\n',
    rules: ["dependency_source_changed proven"],
  },
  { name: "a setting of a tool", before: "[tool.ruff]\n", after: "[tool.ruff]\nline-length = 100\n", rules: [seen] },
]);

table("go.mod", [
  {
    name: "a module is required",
    before: "require (\n)\n",
    after: "require (\n\tx.example/b v1.2.3\n)\n",
    rules: ["dependency_added likely"],
  },
  {
    name: "a module is required indirectly",
    before: "require (\n)\n",
    after: "require (\n\tx.example/b v1.2.3 // indirect\n)\n",
    rules: ["dependency_added hint"],
  },
  {
    name: "a module is upgraded",
    before: "require x.example/b v1.2.3\n",
    after: "require x.example/b v1.3.0\n",
    rules: [seen],
  },
  {
    name: "a module is downgraded",
    before: "require x.example/b v1.3.0\n",
    after: "require x.example/b v1.2.3\n",
    rules: ["dependency_downgraded likely"],
  },
  {
    name: "a module is replaced by a fork",
    before: "module a\n",
    after: "module a\nreplace x.example/b => y.example/b v1.2.3\n",
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "a fork moves on",
    before: "replace x.example/b => y.example/b v1.2.3\n",
    after: "replace x.example/b => y.example/b v1.2.4\n",
    rules: [seen],
  },
  {
    name: "a module is replaced by a folder",
    before: "module a\n",
    after: "module a\nreplace x.example/b => ../b\n",
    rules: [seen],
  },
]);

table("requirements.txt", [
  {
    name: "one comes from an address",
    before: "a==1\n",
    after: "a==1\ngit+https://x.example/b@main#egg=b\n",
    rules: ["dependency_source_changed proven"],
  },
  {
    name: "another index",
    before: "a==1\n",
    after: "--extra-index-url https://x.example/simple\na==1\n",
    rules: ["dependency_source_changed proven"],
  },
  { name: "the same in other letters", before: "My_Package==1\n", after: "my-package==1.1\n", rules: [seen] },
  { name: "a remark", before: "a==1\n", after: "# b is not needed\na==1\n", rules: [seen] },
]);

describe("lock files", () => {
  const npm = (host: string, more = "") =>
    `{\n  "packages": {\n    "node_modules/a": {\n      "version": "1.0.0",\n      "resolved": "https://${host}/a/-/a-1.0.0.tgz",\n${more}      "integrity": "sha512-abc"\n    }\n  }\n}\n`;

  it.each([
    {
      name: "the usual registry",
      after: npm("registry.npmjs.org").replaceAll("1.0.0", "1.0.1"),
      rules: ["lock_changed_alone hint"],
    },
    {
      name: "another host",
      after: npm("cdn.x.example"),
      rules: ["lock_changed_alone likely", "lock_source_changed likely"],
    },
    {
      name: "a script at install",
      after: npm("registry.npmjs.org", '      "hasInstallScript": true,\n'),
      rules: ["dependency_runs_at_install likely", "lock_changed_alone likely"],
    },
    {
      name: "an own registry as before",
      before: npm("npm.acme.dev"),
      after: npm("npm.acme.dev").replaceAll("1.0.0", "1.0.1"),
      rules: ["lock_changed_alone hint"],
    },
  ])("package-lock.json: $name → $rules", async ({ before, after, rules }) => {
    expect(
      await rulesOf("security", { files: { "package-lock.json": [before ?? npm("registry.npmjs.org"), after] } }),
    ).toEqual(rules);
  });

  it.each([
    {
      name: "lies beside it",
      around: { "go.sum": "x\n" },
      rules: ["dependency_added likely", "manifest_changed_alone likely"],
    },
    { name: "does not exist", around: {}, rules: ["dependency_added likely"] },
  ] as (Story & { name: string; rules: string[] })[])(
    "a manifest moves on, and its lock file $name → $rules",
    async ({ around, rules }) => {
      const files: Story["files"] = { "go.mod": ["module a\n", "module a\nrequire x.example/b v1.2.3\n"] };
      expect(await rulesOf("security", { files, around })).toEqual(rules);
    },
  );
});

it("tells versions before and after, and the line", async () => {
  const [found] = await findingsOf("security", {
    files: { "Cargo.toml": [cargo('a = "1"\nserde = "1.0"'), cargo('a = "1"\nserde = "2.0"')] },
  });
  expect(found).toMatchObject({ before: "1.0", after: "2.0", line: 6, symbol: "serde" });
});

it("names a manifest that it cannot read, and still reads its lines", async () => {
  const rules = await rulesOf("security", {
    files: { "Cargo.toml": ["[dependencies]\n", '[dependencies\nserde = "1.0"\n'] },
  });
  expect(rules).toEqual(["dependency_added likely"]);
});

describe("GitHub's dependency review", () => {
  const one = (severity: string, more: Partial<ReviewedDependency> = {}): ReviewedDependency => ({
    change: "added",
    manifest: "Cargo.toml",
    ecosystem: "cargo",
    name: "serde",
    version: "1.0.1",
    scope: "runtime",
    vulnerabilities: [
      {
        severity,
        advisory: "GHSA-7x3q-9f2m-4c6v",
        summary: "Too much",
        url: "https://github.com/advisories/GHSA-7x3q-9f2m-4c6v",
      },
    ],
    ...more,
  });

  it.each([
    { name: "a critical fault", value: [one("critical")], rules: ["dependency_vulnerable proven"] },
    { name: "a high one", value: [one("high")], rules: ["dependency_vulnerable proven"] },
    { name: "a moderate one", value: [one("moderate")], rules: ["dependency_vulnerable likely"] },
    { name: "a low one", value: [one("low")], rules: ["dependency_vulnerable hint"] },
    { name: "a severity that nobody knows", value: [one("severe")], rules: ["dependency_vulnerable likely"] },
    { name: "a fault that goes", value: [one("high", { change: "removed" })], rules: [] },
    {
      name: "a fault that the version before had",
      value: [one("high"), one("high", { change: "removed", version: "1.0.0" })],
      rules: ["dependency_vulnerable hint"],
    },
    { name: "nothing wrong", value: [one("high", { vulnerabilities: [] })], rules: [] },
  ])("$name → $rules", async ({ value, rules }) => {
    const found = await rulesOf("security", {
      files: { "Cargo.toml": [cargo('serde = "1.0.0"'), cargo('serde = "1.0.1"')] },
      snapshot: { dependencyReview: { kind: "read", value } },
    });
    expect(found.filter((rule) => rule !== seen)).toEqual(rules);
  });

  it("says once that it could not be read", async () => {
    const found = await rulesOf("security", {
      snapshot: { dependencyReview: { kind: "unreadable", reason: "GitHub answered 404" } },
    });
    expect(found).toEqual(["dependency_review_unread hint"]);
  });
});
