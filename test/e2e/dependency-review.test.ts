/** What GitHub knows of a change's dependencies is asked once, only where it can matter, and its absence is said. */

import { describe, expect, it } from "vitest";
import type { DependencyChange } from "../../src/sandbox/state/repository.ts";
import { setStage } from "../support/holdpoint.ts";

const policy = `version: 1
checkpoints:
  vulnerable: { when: { finding: [dependency_vulnerable] }, approver: peer, description: A known fault came in }
approval_workflows:
  automatic: { criteria: [code_changes_under_200_lines], process: automated_approval }
`;

const manifest = (version: string) => ({
  "package.json": `${JSON.stringify({ name: "a", dependencies: { parser: version } }, null, 2)}\n`,
});

function faulty(severity: string): DependencyChange {
  return {
    change_type: "added",
    manifest: "package.json",
    ecosystem: "npm",
    name: "parser",
    version: "1.2.0",
    package_url: "pkg:npm/parser@1.2.0",
    license: "MIT",
    source_repository_url: null,
    scope: "runtime",
    vulnerabilities: [
      {
        severity,
        advisory_ghsa_id: "GHSA-7x3q-9f2m-4c6v",
        advisory_summary: "Reads beyond the end of its input",
        advisory_url: "https://github.com/advisories/GHSA-7x3q-9f2m-4c6v",
      },
    ],
  };
}

const reviews = (requests: readonly { path: string }[]) =>
  requests.filter(({ path }) => path.includes("dependency-graph")).length;

describe("dependency review", () => {
  it("holds a change that brings a known fault, and shows its advisory", async () => {
    const { github, api, checkOf, settle } = await setStage({ policy, files: manifest("1.1.0") });
    api.dependencyReview = [faulty("high")];
    const { number } = github.as("maria").openPullRequest({ title: "Parse faster", files: manifest("1.2.0") });
    await settle();
    const { output } = checkOf(number);
    expect(checkOf(number)).toMatchObject({ status: "in_progress" });
    expect(JSON.stringify(output)).toContain("GHSA-7x3q-9f2m-4c6v");
    expect(JSON.stringify(output)).toContain("github.com/advisories/GHSA-7x3q-9f2m-4c6v");
  });

  it("is asked once for a change of dependencies, and not again when somebody reviews", async () => {
    const { github, settle } = await setStage({ policy, files: manifest("1.1.0") });
    github.requests.clear();
    const { number } = github.as("maria").openPullRequest({ title: "Parse faster", files: manifest("1.2.0") });
    await settle();
    expect(reviews(github.requests.entries)).toBe(1);
    github.as("bob").comment(number, "Thank you");
    github.as("bob").approve(number);
    await settle();
    expect(reviews(github.requests.entries)).toBe(1);
  });

  it("is not asked for other changes", async () => {
    const { github, settle } = await setStage({ policy });
    github.requests.clear();
    github.as("maria").openPullRequest({ title: "Sort", files: { "src/list.ts": "export const list = [1];\n" } });
    await settle();
    expect(reviews(github.requests.entries)).toBe(0);
  });

  it("is said to be missing where the repository has none, and opens nothing that hangs on it", async () => {
    const { github, api, checkOf, settle } = await setStage({ policy, files: manifest("1.1.0") });
    api.dependencyReview = null;
    const { number } = github.as("maria").openPullRequest({ title: "Parse faster", files: manifest("1.2.0") });
    await settle();
    expect(checkOf(number).conclusion).not.toBe("success");
    const said = JSON.stringify(checkOf(number).output);
    expect(said.match(/not available in this repository \(GitHub answered 403\)/g)).toHaveLength(1);
    expect(said).toContain("dependency review could not be read");
  });

  it("leaves a policy alone that does not ask for it", async () => {
    const { github, api, checkOf, settle } = await setStage({
      policy: policy.replace(/checkpoints:\n.*\n/, ""),
      files: manifest("1.1.0"),
    });
    api.dependencyReview = null;
    const { number } = github.as("maria").openPullRequest({ title: "Parse faster", files: manifest("1.2.0") });
    await settle();
    expect(checkOf(number).conclusion).toBe("success");
  });
});
