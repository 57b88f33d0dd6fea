import fc from "fast-check";
import { expect, it } from "vitest";
import { fitted } from "../../../../src/core/findings/breaking/fitted-weights.ts";
import { featuresOf, judgeBreaking } from "../../../../src/core/findings/breaking/score.ts";
import { strengths } from "../../../../src/core/findings/finding.ts";
import { ruleIds } from "../../../../src/core/findings/rule-ids.ts";
import { aFinding } from "../../../support/builders.ts";
import { classifyStory } from "../../../support/changes.ts";

const finding = (rule: string, strength: (typeof strengths)[number] = "hint") =>
  aFinding("breaking_change", { rule, strength });

it("is nothing without findings", () => {
  expect(judgeBreaking([], [])).toEqual({ score: 0, isLikely: false });
});

it("hears families of rules by their strongest word, and how many of them speak", () => {
  const findings = [finding("export_removed"), finding("member_removed", "proven"), finding("docs_page_removed")];
  const features = featuresOf(findings, ["documentation_changed"]);
  expect(features.filter((feature) => /^(context|family|families):/.test(feature))).toEqual([
    "context:documentation_changed",
    "family:interfaces",
    "family:interfaces:likely",
    "family:interfaces:proven",
    "family:interfaces:2",
    "family:documents",
    "families:2",
  ]);
});

it("counts each rule once, and once more when it speaks often", () => {
  const thrice = [finding("a"), finding("a"), finding("a", "likely")];
  const own = (features: string[]) => features.filter((feature) => feature.startsWith("a:"));
  expect(own(featuresOf(thrice.slice(0, 2), []))).toEqual(["a:hint"]);
  expect(own(featuresOf(thrice, []))).toEqual(["a:hint", "a:likely", "a:many"]);
});

it("believes the author", () => {
  const declared = aFinding("breaking_change", { isDeclared: true, confidence: 0.95 });
  expect(judgeBreaking([declared], [])).toEqual({ score: 0.95, isLikely: true });
});

it("knows only rules that exist", () => {
  const known: readonly string[] = ruleIds;
  const named = Object.keys(fitted.weights).filter((feature) => !/^(context|family|families):/.test(feature));
  expect(named.filter((feature) => !known.includes(feature.slice(0, feature.indexOf(":"))))).toEqual([]);
  const against = Object.entries(fitted.weights).filter(([, weight]) => weight < 0);
  expect(against.filter(([feature]) => !feature.startsWith("context:"))).toEqual([]);
  expect(fitted.threshold > 0.1 && fitted.threshold < 0.9).toBe(true);
});

it("never falls by another finding, and stays between 0 and 1", () => {
  const any = fc.record({ rule: fc.constantFrom(...ruleIds), strength: fc.constantFrom(...strengths) });
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), any, (some, one) => {
      const findings = some.map(({ rule, strength }) => finding(rule, strength));
      const more = [...findings, finding(one.rule, one.strength)];
      const { score } = judgeBreaking(more, []);
      expect(score >= judgeBreaking(findings, []).score && score <= 1).toBe(true);
    }),
  );
});

it("calls likely what several hints say together", async () => {
  const body = (name: string) => Array.from({ length: 300 }, (_, line) => `${name}(${line});\n`).join("");
  const { classes } = await classifyStory({
    files: {
      "src/a.ts": [`function loadAll() {\n${body("step")}}\n`, "function open() {}\n"],
      "src/b.ts": ["loadAll();\n", "open();\n"],
      "test/a.test.ts": ["expect(loadAll()).toBe(1);\nexpect(loadAll(2)).toBe(2);\n", "open();\n"],
      "docs/a.md": ["## `loadAll`\n\n- `limit`: 20 by default\n", "`open` no longer takes a limit\n"],
    },
  });
  const { strength, present, findings, confidence, score } = classes.breaking_change;
  expect(findings.every((one) => one.strength === "hint")).toBe(true);
  expect({ strength, present, isOne: confidence === score }).toEqual({
    strength: "likely",
    present: true,
    isOne: true,
  });
});
