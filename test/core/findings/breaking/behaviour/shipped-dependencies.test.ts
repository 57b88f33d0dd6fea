import { expect, it } from "vitest";
import { shippedDependencies } from "../../../../../src/core/findings/breaking/behaviour/shipped-dependencies.ts";
import { classifyStory, rulesFrom, type Story } from "../../../../support/changes.ts";

const npm = (dependencies: object, more: object = {}) =>
  `${JSON.stringify({ name: "tool", version: "1.0.0", dependencies, ...more }, null, 2)}\n`;
const crate = (text: string, more = "") => `[package]\nname = "tool"\nversion = "1.0.0"\n${more}\n${text}\n`;
const python = (text: string) => `[project]\nname = "tool"\n${text}\n`;

it.each([
  {
    name: "a dependency moved to another major version",
    files: { "package.json": [npm({ marked: "^4.1.0" }), npm({ marked: "^5.0.0" })] },
    rules: ["runtime_dependency_major_raised hint"],
  },
  {
    name: "a package of the own name's scope moved to another major version",
    files: { "package.json": [npm({ "@tool/core": "^4.1.0" }), npm({ "@tool/core": "^5.0.0" })] },
    rules: ["own_dependency_major_raised likely"],
  },
  {
    name: "a package of the own scope did, and one of another scope",
    files: {
      "package.json": [
        npm({ "@acme/core": "1.0.0", "@other/core": "1.0.0" }, { name: "@acme/tool" }),
        npm({ "@acme/core": "2.0.0", "@other/core": "2.0.0" }, { name: "@acme/tool" }),
      ],
    },
    rules: ["own_dependency_major_raised likely", "runtime_dependency_major_raised hint"],
  },
  {
    name: "a dependency got a minor version",
    files: { "package.json": [npm({ marked: "^4.1.0" }), npm({ marked: "^4.9.0" })] },
    rules: [],
  },
  {
    name: "a dependency below 1.0 got a minor version",
    files: { "package.json": [npm({ h3: "^0.7.0" }), npm({ h3: "^0.8.0" })] },
    rules: ["runtime_dependency_major_raised hint"],
  },
  {
    name: "a dependency of development moved",
    files: {
      "package.json": [npm({}, { devDependencies: { a: "^1.0.0" } }), npm({}, { devDependencies: { a: "^2.0.0" } })],
    },
    rules: [],
  },
  {
    name: "a private package",
    files: { "package.json": [npm({ a: "^1.0.0" }, { private: true }), npm({ a: "^2.0.0" }, { private: true })] },
    rules: [],
  },
  {
    name: "a dependency is gone",
    files: { "package.json": [npm({ a: "1.0.0" }), npm({})] },
    rules: ["runtime_dependency_removed hint"],
  },
  {
    name: "a Cargo feature is gone",
    files: { "Cargo.toml": [crate("[features]\ncache = []\nretry = []"), crate("[features]\nretry = []")] },
    rules: ["feature_removed likely"],
  },
  {
    name: "a Cargo feature moved to another manifest",
    files: {
      "core/Cargo.toml": [crate("[features]\ncache = []\nretry = []"), crate("[features]\nretry = []")],
      "cache/Cargo.toml": [null, crate("[features]\ncache = []")],
    },
    rules: ["feature_removed hint"],
  },
  {
    name: "an optional dependency that was a feature is gone",
    files: {
      "Cargo.toml": [crate('[dependencies]\nserde = { version = "1", optional = true }'), crate("[dependencies]")],
    },
    rules: ["feature_removed likely", "runtime_dependency_removed hint"],
  },
  {
    name: "a feature is no longer on by default",
    files: {
      "Cargo.toml": [
        crate('[features]\ndefault = [\n  "cache",\n]\ncache = []'),
        crate("[features]\ndefault = [\n]\ncache = []"),
      ],
    },
    rules: ["default_feature_removed likely"],
  },
  {
    name: "a crate that is not published",
    files: {
      "Cargo.toml": [crate("[features]\ncache = []", "publish = false"), crate("[features]", "publish = false")],
    },
    rules: [],
  },
  {
    name: "a Python extra is gone",
    files: { "pyproject.toml": [python('[project.optional-dependencies]\ncache = ["redis"]'), python("")] },
    rules: ["feature_removed likely"],
  },
  {
    name: "extras for those who work on the project",
    files: { "pyproject.toml": [python('[project.optional-dependencies]\ndev = ["pytest"]'), python("")] },
    rules: [],
  },
  {
    name: "an installed command is gone",
    files: { "pyproject.toml": [python('[project.scripts]\ntool = "tool:main"'), python("")] },
    rules: ["command_entry_removed proven"],
  },
  {
    name: "a Go module moved to another major version",
    files: {
      "go.mod": ["module a\n\nrequire example.com/b v1.2.0\n", "module a\n\nrequire example.com/b/v2 v2.0.0\n"],
    },
    rules: ["runtime_dependency_major_raised hint"],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, files }) => {
  expect(await rulesFrom(shippedDependencies, { files })).toEqual(rules);
});

it("names a manifest that it cannot read", async () => {
  const files: Story["files"] = { "pyproject.toml": ["[project]\nname = 1\n", "[project\n"] };
  const { notAnalysed } = await classifyStory({ files });
  expect(notAnalysed.map(({ path }) => path)).toContain("pyproject.toml");
});
