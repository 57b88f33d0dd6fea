import { expect, it } from "vitest";
import { runtimes } from "../../../../../src/core/findings/breaking/behaviour/runtimes.ts";
import { findingsFrom, rulesFrom, type Story } from "../../../../support/changes.ts";

it.each([
  {
    name: "Python is raised in pyproject.toml",
    files: { "pyproject.toml": ['requires-python = ">=3.8"\n', 'requires-python = ">=3.10"\n'] },
    rules: ["python_version_raised proven"],
  },
  {
    name: "Python is lowered",
    files: { "pyproject.toml": ['requires-python = ">=3.10"\n', 'requires-python = ">=3.9"\n'] },
    rules: [],
  },
  {
    name: "Python is raised in setup.py",
    files: { "setup.py": ['    python_requires=">=3.7",\n', '    python_requires=">=3.9",\n'] },
    rules: ["python_version_raised proven"],
  },
  {
    name: "Rust is raised",
    files: { "Cargo.toml": ['rust-version = "1.74"\n', 'rust-version = "1.80.1"\n'] },
    rules: ["rust_version_raised likely"],
  },
  {
    name: "the edition is raised",
    files: { "Cargo.toml": ['edition = "2021"\n', 'edition = "2024"\n'] },
    rules: ["rust_edition_raised hint"],
  },
  { name: "Go is raised", files: { "go.mod": ["go 1.21\n", "go 1.23.0\n"] }, rules: ["go_version_raised hint"] },
  {
    name: "the compile target is raised",
    files: { "tsconfig.json": ['{\n  "target": "es2020"\n}\n', '{\n  "target": "es2022"\n}\n'] },
    rules: ["compile_target_raised hint"],
  },
  {
    name: "the base image is a major newer",
    files: { Dockerfile: ["FROM node:18-slim\n", "FROM node:22-slim\n"] },
    rules: ["base_image_raised hint"],
  },
  {
    name: "the base image is a patch newer",
    files: { Dockerfile: ["FROM node:18.1\n", "FROM node:18.2\n"] },
    rules: [],
  },
  { name: "another base image", files: { Dockerfile: ["FROM node:18\n", "FROM alpine:20\n"] }, rules: [] },
  { name: "a newer Node to work with", files: { ".nvmrc": ["18\n", "22\n"] }, rules: ["runtime_file_raised hint"] },
  {
    name: "Java is raised",
    files: { "pom.xml": ["<java.version>11</java.version>\n", "<java.version>17</java.version>\n"] },
    rules: ["java_version_raised likely"],
  },
  {
    name: "PHP is raised",
    files: { "composer.json": ['    "php": "^7.4"\n', '    "php": "^8.1"\n'] },
    rules: ["php_version_raised proven"],
  },
  {
    name: "Ruby is raised",
    files: { "a.gemspec": ['  s.required_ruby_version = ">= 2.7"\n', '  s.required_ruby_version = ">= 3.1"\n'] },
    rules: ["ruby_version_raised proven"],
  },
  {
    name: "the oldest Node is no longer tested",
    files: { ".github/workflows/ci.yml": ["  node-version: [18, 20, 22]\n", "  node-version: [20, 22]\n"] },
    rules: ["tested_version_dropped likely"],
  },
  {
    name: "several workflows drop the same version",
    files: {
      ".github/workflows/a.yml": ["  node-version: 18\n", "  node-version: 22\n"],
      ".github/workflows/ci.yml": ["  node-version: [18, 20, 22]\n", "  node-version: [20, 22]\n"],
      ".github/workflows/more.yml": ["  node-version: [18, 20, 22]\n", "  node-version: [20, 22]\n"],
    },
    rules: ["tested_version_dropped likely"],
  },
  {
    name: "the oldest Python of a list is no longer tested",
    files: {
      ".github/workflows/ci.yml": [
        'python-version:\n  - "3.8"\n  - "3.9"\n  - "3.10"\n',
        'python-version:\n  - "3.9"\n  - "3.10"\n',
      ],
    },
    rules: ["tested_version_dropped likely"],
  },
  {
    name: "the one version that a job uses went up",
    files: { ".github/workflows/release.yml": ["  node-version: 18\n", "  node-version: 22\n"] },
    rules: ["tested_version_dropped hint"],
  },
  {
    name: "a version between is no longer tested",
    files: { ".github/workflows/ci.yml": ["  node-version: [18, 19, 20]\n", "  node-version: [18, 20]\n"] },
    rules: [],
  },
  {
    name: "a newer version is tested too",
    files: { ".github/workflows/ci.yml": ["  node-version: [18, 20]\n", "  node-version: [18, 20, 22]\n"] },
    rules: [],
  },
  {
    name: "a number that is no runtime's",
    files: { ".github/workflows/ci.yml": ["  timeout-minutes: 10\n", "  timeout-minutes: 20\n"] },
    rules: [],
  },
  {
    name: "a manifest of a fixture",
    files: { "test/fixtures/Cargo.toml": ['rust-version = "1.74"\n', 'rust-version = "1.80"\n'] },
    rules: [],
  },
] as (Story & { name: string; rules: string[] })[])("$name → $rules", async ({ rules, files }) => {
  expect(await rulesFrom(runtimes, { files })).toEqual(rules);
});

it("names both versions", async () => {
  const files: Story["files"] = { "pyproject.toml": ['requires-python = ">=3.8"\n', 'requires-python = ">=3.10"\n'] };
  const [finding] = await findingsFrom(runtimes, { files });
  expect(finding?.what).toBe("Python is needed in version 3.10, before 3.8");
});
