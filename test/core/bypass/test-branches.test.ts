import { describe, expect, it } from "vitest";
import { isTestEnvironment, testBranch } from "../../../src/core/bypass/test-branches.ts";
import { aSnapshot } from "../../support/builders.ts";

describe("a branch for testing", () => {
  it.each([
    { branches: ["sandbox/**"], base: "sandbox/otto/a", open: true },
    { branches: ["sandbox/**"], base: "sandbox", open: false },
    { branches: ["sandbox/*", "!sandbox/keep"], base: "sandbox/keep", open: false },
    { branches: ["**"], base: "playground", open: true },
    { why: "the default branch is protected", branches: ["**"], base: "trunk", open: false },
    { why: "however it is written", branches: ["**"], base: "Trunk", open: false },
    { branches: ["**"], base: "main", open: false },
    { branches: ["**"], base: "master", open: false },
    { branches: ["**"], base: "Production", open: false },
    { branches: ["release/*"], base: "release/2", open: false },
    { branches: ["**"], base: "release/2/fix", open: false },
    { branches: ["**"], kept: ["demo-*"], base: "demo-1", open: false },
    { branches: ["**"], kept: ["demo-*"], base: "DEMO-1", open: false },
    { why: "letters that look like others", branches: ["**"], base: "m\u0430in", open: false },
  ])("$branches without $kept: $base → $open", ({ branches, kept, base, open }) => {
    const snapshot = aSnapshot({ base: { ref: base, sha: "b".repeat(40) } });
    const repository = { ...snapshot.repository, defaultBranch: "trunk" };
    const test_environments = { branches, ...(kept ? { protected: kept } : {}) };
    const openings = testBranch({ policy: { bypass: { test_environments } }, snapshot: { ...snapshot, repository } });
    const opening = { kind: "test_branch", pattern: branches[0] };
    expect(openings).toEqual(open ? [{ opening, scope: "all" }] : []);
  });

  it("is none where the policy names none", () => {
    expect(testBranch({ policy: {}, snapshot: aSnapshot({}) })).toEqual([]);
  });
});

describe("an environment for testing", () => {
  it.each([
    { environment: "staging", is: true },
    { environment: "preview-42", is: true },
    { environment: "preview 42", is: true },
    { environment: "preprod", is: true },
    { environment: "pre-prod", is: true },
    { environment: "non-production", is: true },
    { environment: "product-demo", is: true },
    { environment: "production", is: false },
    { environment: "Production", is: false },
    { environment: "eu-production", is: false },
    { environment: "production_eu", is: false },
    { environment: "prod", is: false },
    { environment: "prod-2", is: false },
    { environment: "live", is: false },
    { environment: "github-pages", is: false },
    { environment: "GitHub-Pages", is: false },
    { environment: "production ", is: false },
    { environment: " staging", is: false },
    { environment: "pr\u043eduction", is: false },
    { environment: "", is: false },
  ])('"$environment" → $is', ({ environment, is }) => {
    const test_environments = { environments: ["**"], protected: ["github-pages"] };
    expect(isTestEnvironment({ bypass: { test_environments } }, environment)).toBe(is);
  });

  it("is only what a pattern names", () => {
    const policy = { bypass: { test_environments: { environments: ["preview-*"] } } };
    expect(["preview-1", "Preview-1", "staging"].map((name) => isTestEnvironment(policy, name))).toEqual([
      true,
      false,
      false,
    ]);
    expect(isTestEnvironment({}, "staging")).toBe(false);
  });
});
