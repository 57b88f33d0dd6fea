import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { matchesCheck } from "../../../src/core/policy/check-name.ts";
import { builtInCriteria, builtInEvidence } from "../../../src/core/policy/criteria.ts";
import { looksAtChecks } from "../../../src/core/policy/looks-at.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";
import { parseWorkflowCriterion } from "../../../src/core/policy/workflow-criteria.ts";

type Blocks = Record<string, Record<string, { criteria: string[] }>>;
const policyFile = (name: string): Blocks =>
  parse(readFileSync(new URL(`../../fixtures/policies/${name}`, import.meta.url), "utf8"));

const idsIn = (blocks: Record<string, { criteria: string[] }> | undefined) =>
  Object.values(blocks ?? {}).flatMap(({ criteria }) => criteria);

it.each(idsIn(policyFile("checkpoints.yml").checkpoints))("the criterion %s knows its evidence", (id) => {
  expect(builtInEvidence(id, ["peer"])).not.toBeNull();
});

it.each(idsIn(policyFile("approval-workflows.yml").approval_workflows))("the workflow criterion %s is known", (id) => {
  expect(parseWorkflowCriterion(id)).not.toBeNull();
});

it.each(Object.entries(builtInCriteria))(
  "%s can be met as its kind says",
  (id, { kind, description, evidence, prompt }) => {
    expect(description).toMatch(/^[A-Z].*\.$/);
    const keys = evidence.flatMap((leaf) => Object.keys(leaf));
    const isWritten = keys.includes("section");
    if (kind === "judgement") expect(keys).toEqual(["approval"]);
    if (kind === "measured") expect(keys).toEqual(["check"]);
    if (kind === "document" && id !== "linked_issue") expect(keys).toContain("comment");
    expect(prompt !== null, "a prompt where something is written").toBe(isWritten);
    // An author's word never stands for a reviewer's judgement, and an approval never for a document.
    expect(keys.includes("approval")).toBe(kind === "judgement");
  },
);

it.each(Object.entries(builtInCriteria))(
  "checks are listened to for %s exactly where it looks at them",
  (id, { evidence }) => {
    const policy: PolicyInput = { checkpoints: { one: { criteria: [id] } } };
    expect(looksAtChecks(policySchema.parse(policy))).toBe(evidence.some((leaf) => "check" in leaf));
  },
);

it("evidence of one's own under a built-in name is looked at instead", () => {
  const criteria = [{ id: "vulnerability_analysis", evidence: { section: "Scan" } }];
  expect(looksAtChecks(policySchema.parse({ checkpoints: { one: { criteria } } }))).toBe(false);
});

it.each([
  { pattern: "build", name: "build", matches: true },
  { pattern: "build", name: "Build", matches: true },
  { pattern: "build", name: "build 2", matches: false },
  { pattern: "*bench*", name: "ci/Benchmark", matches: true },
  { pattern: "codecov/*", name: "codecov/patch/linux", matches: true },
  { pattern: "Analyze (*)", name: "Analyze (go)", matches: true },
  { pattern: "Analyze (*)", name: "Analyze", matches: false },
  { pattern: "build [*]", name: "build [linux]", matches: true },
  { pattern: "build [*]", name: "build l", matches: false },
  { pattern: "{a,b}*", name: "a", matches: false },
  { pattern: "{a,b}*", name: "{a,b} c", matches: true },
  { pattern: "@(x)*", name: "@(x)y", matches: true },
  { pattern: "/a*/", name: "/abc/", matches: true },
  { pattern: "/a*/", name: "aaa", matches: false },
  { pattern: "what?*", name: "what?!", matches: true },
  { pattern: "\\*", name: "\\x", matches: true },
  { pattern: "*", name: "", matches: true },
])("`$pattern` means `$name`: $matches", ({ pattern, name, matches }) => {
  expect(matchesCheck({ name: pattern, app: null }, { name, app: null })).toBe(matches);
});
