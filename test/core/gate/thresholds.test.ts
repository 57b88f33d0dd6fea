import { describe, expect, it } from "vitest";
import { type FindingClass, type Strength, strengths } from "../../../src/core/findings/finding.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import { builtInCheckpoints } from "../../../src/core/policy/built-in-checkpoints.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { aClassification, aFinding, anInput } from "../../support/builders.ts";

const classOf: Record<string, FindingClass> = {
  architecture_review: "architecture",
  breaking_change: "breaking_change",
  security_review: "security",
  performance_impact: "performance",
};
const checkpoints = Object.keys(builtInCheckpoints).filter((name) => name in classOf);

function judge(name: FindingClass, strength: Strength | null, policy: PolicyInput = {}) {
  const findings = strength === null ? [] : [aFinding(name, { strength })];
  return decide(anInput({ policy, classification: aClassification({ findings }) }));
}

function checkpointOf(name: string, strength: Strength | null, policy: PolicyInput = {}) {
  const asked = { ...policy, checkpoints: { [name]: { approver: "technical_lead" } } };
  const found = judge(classOf[name] as FindingClass, strength, asked).requirements.find((one) => one.name === name);
  return found?.state === "not_needed" ? "nothing" : found?.holds ? "holds" : "asks";
}

describe.each(checkpoints)("the checkpoint %s, with nothing said of strengths", (name) => {
  it.each([
    ["proven", "holds"],
    ["likely", "asks"],
    ["hint", "nothing"],
    [null, "nothing"],
  ] as const)("with %s evidence: %s", (strength, outcome) => {
    expect(checkpointOf(name, strength)).toBe(outcome);
  });

  it("goes by what the policy sets for its class, and for its class alone", () => {
    const own = classOf[name] as Exclude<FindingClass, "size">;
    const others = ["breaking_change", "security", "architecture", "performance"].filter((other) => other !== own);
    const set = (names: string[]): PolicyInput => ({
      classification: Object.fromEntries(names.map((one) => [one, { hold_at: "likely", ask_at: "hint" }])),
    });
    const outcomes = (policy: PolicyInput) => strengths.map((strength) => checkpointOf(name, strength, policy));
    expect(outcomes(set([own]))).toEqual(["asks", "holds", "holds"]);
    expect(outcomes(set(others))).toEqual(["nothing", "asks", "holds"]);
  });
});

const guards: [criterion: string, name: FindingClass, holdsWithout: boolean][] = [
  ["no_breaking_changes", "breaking_change", true],
  ["no_security_implications", "security", true],
  ["no_performance_impact", "performance", true],
  ["no_architecture_changes", "architecture", true],
  ["standard_functionality", "breaking_change", true],
  ["standard_functionality", "security", true],
  ["standard_functionality", "performance", true],
  ["standard_functionality", "architecture", true],
  ["breaking_changes", "breaking_change", false],
  ["security_implications", "security", false],
  ["performance_impact", "performance", false],
  ["complex_architecture", "architecture", false],
];

describe.each(guards)("the workflow criterion %s", (criterion, name, holdsWithout) => {
  const holds = (strength: Strength | null, policy: PolicyInput = {}) => {
    const workflows = {
      approval_workflows: { asked: { criteria: [criterion], approver: "peer" }, rest: { approver: "peer" } },
    };
    const workflow = judge(name, strength, { ...policy, ...workflows }).requirements.find(
      (one) => one.kind === "workflow",
    );
    const met = workflow?.kind === "workflow" ? workflow.considered.flatMap((one) => one.guards) : [];
    return met.find((guard) => guard.criterion === criterion)?.holds;
  };

  it(`turns with ${name} evidence from likely on, and hints leave it as it is`, () => {
    expect([null, ...strengths].map((strength) => holds(strength))).toEqual([
      holdsWithout,
      holdsWithout,
      !holdsWithout,
      !holdsWithout,
    ]);
  });

  it("turns from where the policy's `ask_at` says", () => {
    const policy: PolicyInput = { classification: { [name]: { ask_at: "proven" } } };
    expect(holds("likely", policy)).toBe(holdsWithout);
    expect(holds("proven", policy)).toBe(!holdsWithout);
  });
});
