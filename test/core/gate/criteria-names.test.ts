import { expect, it } from "vitest";
import { criteriaOf, findCriterion } from "../../../src/core/gate/criteria-names.ts";
import { policySchema } from "../../../src/core/policy/schema.ts";

const policy = policySchema.parse({
  checkpoints: {
    release: { criteria: ["rollback_plan", { id: "load_test", evidence: { section: "Load test" } }] },
    breaking_change: { criteria: ["migration_strategy", "rollback_plan"] },
  },
});

it("names each criterion of the policy once, in its order", () => {
  expect(criteriaOf(policy)).toEqual(["rollback_plan", "load_test", "migration_strategy"]);
});

it.each([
  { word: "rollback_plan", meant: { kind: "known", id: "rollback_plan" } },
  { word: "Rollback_Plan", meant: { kind: "known", id: "rollback_plan" } },
  { word: "rollback-plan", meant: { kind: "unknown", near: "rollback_plan" } },
  { word: "migration_stratgy", meant: { kind: "unknown", near: "migration_strategy" } },
  { word: "test_plan", meant: { kind: "unknown", near: null } },
  { word: "", meant: { kind: "unknown", near: null } },
])("a command that names `$word` means $meant", ({ word, meant }) => {
  expect(findCriterion(policy, word)).toMatchObject(meant);
});
