import { describe, expect, it } from "vitest";
import { budgetUse } from "../../../src/core/bypass/budget.ts";
import { emergencyRules } from "../../../src/core/bypass/emergency-rules.ts";
import { policySchema } from "../../../src/core/policy/schema.ts";

function rulesOf(emergency: object) {
  const rules = emergencyRules(policySchema.parse({ bypass: { emergency } }));
  if (rules === null) throw new Error("no rules");
  return rules;
}

describe("the budget of bypasses (B4)", () => {
  it.each([
    {
      name: "nothing merged yet: one may be",
      merges: { all: 0, bypassed: 0 },
      allowed: 1,
      isOver: false,
      isNear: false,
    },
    { name: "one of ten was: the next is one too many", merges: { all: 10, bypassed: 1 }, allowed: 1, isOver: true },
    { name: "5 % of 100, the fifth", merges: { all: 99, bypassed: 4 }, allowed: 5, isOver: false, isNear: true },
    { name: "5 % of 100, the sixth", merges: { all: 99, bypassed: 5 }, allowed: 5, isOver: true, isNear: true },
    { name: "5 % of 99 are four", merges: { all: 98, bypassed: 4 }, allowed: 4, isOver: true },
    { name: "below four fifths", merges: { all: 199, bypassed: 6 }, allowed: 10, isOver: false, isNear: false },
    { name: "at four fifths", merges: { all: 199, bypassed: 7 }, allowed: 10, isOver: false, isNear: true },
  ])("$name", ({ name: _, merges, ...expected }) => {
    expect(budgetUse(rulesOf({}), merges)).toMatchObject(expected);
  });

  it("is nobody's to spend where nobody counted", () => {
    expect(budgetUse(rulesOf({}), null)).toBeNull();
  });

  it("takes shares that are not whole", () => {
    expect(budgetUse(rulesOf({ budget: { limit: "2.5%" } }), { all: 79, bypassed: 1 })).toMatchObject({ allowed: 2 });
  });
});

describe("the rules where the policy leaves them out", () => {
  it("are those of the documentation", () => {
    expect(rulesOf({})).toEqual({
      labels: {
        "emergency-bypass": "unspecified",
        "emergency: production-issue": "production_issue",
        "emergency: security-vulnerability": "security_vulnerability",
        "emergency: critical-bug": "critical_bug",
      },
      authorised: ["on_call", "technical_lead"],
      reason: { minLength: 20, withinMs: 900_000 },
      secondPerson: null,
      expiresAfterMs: 14_400_000,
      never: ["secret_detected"],
      postReview: { approver: "technical_lead", withinMs: 86_400_000 },
      budget: { limit: 0.05, periodMs: 2_592_000_000, overBudget: "second_person" },
    });
  });

  it("are none without an emergency block", () => {
    expect(emergencyRules(policySchema.parse({ bypass: {} }))).toBeNull();
    expect(emergencyRules(policySchema.parse({}))).toBeNull();
  });
});
