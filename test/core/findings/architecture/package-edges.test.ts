import { expect, it } from "vitest";
import { type Change, findingsOf } from "../../../support/changes.ts";

const json = (dependencies: object) => JSON.stringify({ name: "@acme/a", dependencies }, null, 2);

it.each<[string, Record<string, Change>, string[]]>([
  ["a workspace package", { "packages/a/package.json": [json({}), json({ "@acme/b": "workspace:*" })] }, ["@acme/b"]],
  ["a folder", { "packages/a/package.json": [json({}), json({ b: "file:../b" })] }, ["b"]],
  ["a package from elsewhere", { "packages/a/package.json": [json({}), json({ zod: "^4.0.0" })] }, []],
  ["another version of the same", { "a/package.json": [json({ b: "workspace:^" }), json({ b: "workspace:*" })] }, []],
  ["a new package with its edges", { "packages/a/package.json": [null, json({ b: "workspace:*" })] }, []],
  [
    "a crate by its path",
    { "a/Cargo.toml": ["[dependencies]\n", '[dependencies]\nb = { path = "../b" }\nserde = "1"\n'] },
    ["b"],
  ],
  [
    "a Go module by its folder",
    { "go.mod": ["module a\n", "module a\nreplace example.org/b => ../b\n"] },
    ["example.org/b"],
  ],
  ["a Go module from elsewhere", { "go.mod": ["module a\n", "module a\nreplace b => example.org/b v1.0.0\n"] }, []],
  [
    "a source of uv",
    { "a/pyproject.toml": ["", "[tool.uv.sources]\nb = { workspace = true }\n[project]\nname='a'\n"] },
    ["b"],
  ],
  ["nonsense", { "a/Cargo.toml": ["[", "]["], "a/package.json": ["{", "}{"] }, []],
])("%s → %j", async (_, files, expected) => {
  const findings = await findingsOf("architecture", { files });
  expect(findings.filter(({ rule }) => rule === "package_edge_added").map(({ symbol }) => symbol)).toEqual(expected);
});
