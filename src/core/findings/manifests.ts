/** Files that say what a project depends on, and those that say which exact versions it got. */

import { nameOf } from "./file-role.ts";

export type Ecosystem =
  | "npm"
  | "python"
  | "go"
  | "rust"
  | "ruby"
  | "php"
  | "jvm"
  | "dotnet"
  | "dart"
  | "elixir"
  | "swift"
  | "other";

const locks: Record<string, Ecosystem> = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "yarn.lock": "npm",
  "pnpm-lock.yaml": "npm",
  "bun.lock": "npm",
  "bun.lockb": "npm",
  "deno.lock": "npm",
  "poetry.lock": "python",
  "uv.lock": "python",
  "pdm.lock": "python",
  "pixi.lock": "python",
  "Pipfile.lock": "python",
  "conda-lock.yml": "python",
  "go.sum": "go",
  "go.work.sum": "go",
  "Gopkg.lock": "go",
  "glide.lock": "go",
  "Cargo.lock": "rust",
  "Gemfile.lock": "ruby",
  "composer.lock": "php",
  "gradle.lockfile": "jvm",
  "packages.lock.json": "dotnet",
  "paket.lock": "dotnet",
  "pubspec.lock": "dart",
  "mix.lock": "elixir",
  "Package.resolved": "swift",
  "Podfile.lock": "swift",
  "Cartfile.resolved": "swift",
  "flake.lock": "other",
  "MODULE.bazel.lock": "other",
  ".terraform.lock.hcl": "other",
  "Chart.lock": "other",
};

const manifests: Record<string, Ecosystem> = {
  "package.json": "npm",
  "pnpm-workspace.yaml": "npm",
  "deno.json": "npm",
  "pyproject.toml": "python",
  "setup.cfg": "python",
  Pipfile: "python",
  "environment.yml": "python",
  "go.mod": "go",
  "Cargo.toml": "rust",
  Gemfile: "ruby",
  "composer.json": "php",
  "pom.xml": "jvm",
  "build.gradle": "jvm",
  "build.gradle.kts": "jvm",
  "libs.versions.toml": "jvm",
  "Directory.Packages.props": "dotnet",
  "packages.config": "dotnet",
  "pubspec.yaml": "dart",
  "mix.exs": "elixir",
  "Package.swift": "swift",
  Podfile: "swift",
  "flake.nix": "other",
  "MODULE.bazel": "other",
  "Chart.yaml": "other",
};

const requirements = /^(requirements|constraints)[\w.-]{0,60}\.(txt|in)$/i;
const project = /\.(csproj|fsproj|vbproj|gemspec)$/i;

/** The ecosystem whose exact versions the file pins; `null` when it is no lock file. */
export function lockOf(path: string): Ecosystem | null {
  const name = nameOf(path);
  return Object.hasOwn(locks, name) ? (locks[name] ?? null) : null;
}

/** The ecosystem whose dependencies the file declares; `null` when it is no manifest. */
export function manifestOf(path: string): Ecosystem | null {
  const name = nameOf(path);
  if (Object.hasOwn(manifests, name)) return manifests[name] ?? null;
  if (requirements.test(name) || /(^|\/)requirements\/[^/]+\.(txt|in)$/.test(path)) return "python";
  const extension = project.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return null;
  return extension === "gemspec" ? "ruby" : "dotnet";
}
