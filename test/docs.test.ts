/** What the documents show can be used as it stands. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parsePolicy } from "../src/core/policy/parse-policy.ts";

const root = join(import.meta.dirname, "..");
const source = { repository: "", path: "checkpoints.yml", commit: null, blobSha: null };
const documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", ...markdownBelow("docs")];

describe.each(documents)("%s", (path) => {
  const text = readFileSync(join(root, path), "utf8");

  it("shows policies that load without an error or a warning", () => {
    for (const [, yaml = ""] of text.matchAll(/^```yaml\n(.*?)^```$/gms)) {
      expect(mistakesIn(isPartOfCheckpoint(yaml) ? asCheckpoint(yaml) : yaml), yaml).toEqual([]);
    }
  });
});

it("loads this repository's own policy", () => {
  expect(mistakesIn(readFileSync(join(root, ".github/checkpoints.yml"), "utf8"))).toEqual([]);
});

function mistakesIn(policy: string): string[] {
  const load = parsePolicy(policy, source);
  const problems = load.kind === "loaded" ? load.document.problems : load.problems;
  return problems
    .filter((problem) => problem.severity !== "note")
    .map(({ where, found }) => `${where.line}:${where.column} ${found}`);
}

/** The guide shows conditions and criteria by themselves. */
function isPartOfCheckpoint(yaml: string): boolean {
  return /^(when|criteria):/.test(yaml);
}

function asCheckpoint(yaml: string): string {
  return `checkpoints:\n  shown:\n${yaml.replace(/^/gm, "    ")}`;
}

function markdownBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(folder, path))
    .sort();
}
