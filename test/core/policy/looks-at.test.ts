import { expect, it } from "vitest";
import { looksAtChecks, looksAtProperties } from "../../../src/core/policy/looks-at.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";

const when = (condition: object): PolicyInput => ({ checkpoints: { one: { when: condition, approver: "peer" } } });

it.each<{ name: string; policy: PolicyInput; checks: boolean; properties: boolean }>([
  { name: "an empty policy", policy: {}, checks: false, properties: false },
  { name: "one that asks people alone", policy: when({ draft: false }), checks: false, properties: false },
  {
    name: "one that asks for a status",
    policy: when({ statuses: { ci: ["success"] } }),
    checks: true,
    properties: false,
  },
  {
    name: "one that asks deep inside",
    policy: when({ all: [{ none: [{ workflows: { ".github/workflows/ci.yml": ["success"] } }] }] }),
    checks: true,
    properties: false,
  },
  {
    name: "one whose evidence is a check",
    policy: {
      checkpoints: { one: { approver: "peer", criteria: [{ id: "drill", evidence: { any: [{ check: "drill" }] } }] } },
    },
    checks: true,
    properties: false,
  },
  {
    name: "one whose evidence is a check, deep inside",
    policy: {
      checkpoints: {
        one: {
          criteria: [{ id: "drill", evidence: { all: [{ any: [{ check: { name: "drill*", app: "ci" } }] }] } }],
        },
      },
    },
    checks: true,
    properties: false,
  },
  {
    name: "one with a built-in criterion that a check satisfies",
    policy: { checkpoints: { one: { criteria: ["maintainability", "vulnerability_analysis"] } } },
    checks: true,
    properties: false,
  },
  {
    name: "one that asks for a property",
    policy: when({ property: { tier: ["gold"] } }),
    checks: false,
    properties: true,
  },
])("$name → checks: $checks, properties: $properties", ({ policy, checks, properties }) => {
  const parsed = policySchema.parse(policy);
  expect({ checks: looksAtChecks(parsed), properties: looksAtProperties(parsed) }).toEqual({ checks, properties });
});
