import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeEvidence } from "../../../src/core/gate/evidence.ts";
import type { EvidenceTree } from "../../../src/core/policy/blocks/checkpoints.ts";
import { builtInCriteria, builtInEvidence } from "../../../src/core/policy/criteria.ts";
import { type PolicyInput, policySchema } from "../../../src/core/policy/schema.ts";
import { inDescription, pullRequestTemplate } from "../../../src/core/report/pull-request-template.ts";
import { aSnapshot } from "../../support/builders.ts";

const template = (criteria: NonNullable<PolicyInput["checkpoints"]>[string]["criteria"]) =>
  pullRequestTemplate(policySchema.parse({ checkpoints: { release: { criteria } } }));

/** As an author does: text under every heading, every box ticked. */
function filled(text: string): string {
  return text.replace(/^## .*$/gm, "$&\n\nAs it is described in #12, step by step.").replaceAll("- [ ]", "- [x]");
}

function holds(wanted: EvidenceTree, body: string): boolean | "unknown" {
  const nobody = () => ({ holds: false, saw: "" });
  const snapshot = aSnapshot({ body, files: [] });
  return judgeEvidence(wanted, { snapshot, isApproved: false, attested: nobody, given: nobody }).holds;
}

describe("a pull request template (G4)", () => {
  it("has a section with a prompt for each document, boxes last", () => {
    expect(
      template(["rollback_plan", "linked_issue", { id: "drill", evidence: { checkbox: "Drill done" } }]),
    ).toBe(`<!-- Leave out what does not apply to this change: the check says what it waits for. -->

## What changes, and why

<!-- From the point of view of whoever uses it. -->

## Rollback

<!-- How is the change taken back, who does it, and what is lost by it? -->

## Issue

<!-- The number or the address of the issue that this is about. -->

## Done

- [ ] Drill done
`);
  });

  it.each([
    { name: "judgements alone", criteria: ["maintainability", "vulnerability_analysis"], headings: [] },
    {
      name: "the same document twice",
      criteria: ["test_plan", { id: "tests", evidence: { section: "test plan" } }],
      headings: ["test plan"],
    },
    {
      name: "alternatives, of which one needs a person",
      criteria: [
        {
          id: "x",
          evidence: { any: [{ all: [{ approval: true as const }, { section: "Half" }] }, { section: "Whole" }] },
        },
      ],
      headings: ["Whole"],
    },
    {
      name: "a person and a section",
      criteria: [{ id: "x", evidence: { all: [{ approval: true as const }, { section: "Risks" }] } }],
      headings: ["Risks"],
    },
    {
      name: "a heading that would hide the rest",
      criteria: [{ id: "x", evidence: { section: "Plan <!-- b" } }],
      headings: ["Plan b"],
    },
  ])("$name → $headings", ({ criteria, headings }) => {
    const found = [...template(criteria).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(found.slice(1)).toEqual(headings);
  });

  it.each(Object.keys(builtInCriteria))(
    "%s: nothing holds as it is, and all that can hold does when filled in",
    (id) => {
      const wanted = builtInEvidence(id, []) ?? { any: [] };
      const text = template([id]);
      expect(holds(wanted, text)).toBe(false);
      expect(holds(wanted, filled(text))).toBe(inDescription(wanted)?.isWhole ?? false);
    },
  );
});

const title = fc.stringMatching(/^[A-Z][a-z]{2,8}( [a-z]{3,8}){0,2}$/);
const leaf = fc.oneof(
  fc.record({ section: title }),
  fc.record({ checkbox: title }),
  fc.constant({ linked_issue: true as const }),
  fc.constant({ approval: true as const }),
  fc.constant({ comment: true as const }),
  fc.record({ label: title }),
);
const { tree } = fc.letrec<{ tree: EvidenceTree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.record({ any: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ all: fc.array(tie("tree"), { minLength: 1, maxLength: 3 }) }),
  ),
}));

it("whatever a policy asks for: the bare template satisfies nothing, the filled one every document", () => {
  fc.assert(
    fc.property(fc.array(tree, { minLength: 1, maxLength: 5 }), (trees) => {
      const text = template(trees.map((evidence, index) => ({ id: `own_${index}`, evidence })));
      for (const wanted of trees) {
        expect(holds(wanted, text)).toBe(false);
        if (inDescription(wanted)?.isWhole) expect(holds(wanted, filled(text))).toBe(true);
      }
    }),
  );
});
