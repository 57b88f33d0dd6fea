/** The quality of a version: worked out by hand, and never rising for the worse. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradeOf, type QualityFacts, qualityOf, qualityWeights } from "../../../src/core/rounds/quality.ts";

const best: QualityFacts = {
  checks: { passed: 4, failed: 0, pending: 0 },
  requirements: { met: 2, open: 0 },
  objections: 0,
  openThreads: 0,
  provenFindings: 0,
  linesChanged: 0,
};

describe("the formula", () => {
  it.each<{ name: string; facts: Partial<QualityFacts>; quality: number }>([
    { name: "nothing wanting", facts: {}, quality: 1 },
    { name: "half the checks failing", facts: { checks: { passed: 2, failed: 2, pending: 0 } }, quality: 0.875 },
    { name: "all checks pending", facts: { checks: { passed: 0, failed: 0, pending: 3 } }, quality: 0.875 },
    { name: "no checks at all", facts: { checks: { passed: 0, failed: 0, pending: 0 } }, quality: 1 },
    { name: "no requirement met", facts: { requirements: { met: 0, open: 2 } }, quality: 0.7 },
    { name: "one objection", facts: { objections: 1 }, quality: 0.925 },
    { name: "three open conversations", facts: { openThreads: 3 }, quality: 0.95 },
    { name: "conversations not counted", facts: { openThreads: null }, quality: 1 },
    { name: "one proven finding", facts: { provenFindings: 1 }, quality: 0.95 },
    { name: "400 lines", facts: { linesChanged: 400 }, quality: 0.95 },
  ])("$name: $quality", ({ facts, quality }) => {
    expect(qualityOf({ ...best, ...facts })).toBe(quality);
  });

  it("its weights add up to 1", () => {
    expect(Object.values(qualityWeights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
});

const some = fc.nat({ max: 500 });
const anyFacts = fc.record({
  checks: fc.record({ passed: some, failed: some, pending: some }),
  requirements: fc.record({ met: some, open: some }),
  objections: some,
  openThreads: fc.option(some),
  provenFindings: some,
  linesChanged: fc.nat({ max: 100_000 }),
});

describe("whatever the facts", () => {
  it("it is from 0 to 1, and the same for the same facts", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const quality = qualityOf(facts);
        expect(quality).toBeGreaterThanOrEqual(0);
        expect(quality).toBeLessThanOrEqual(1);
        expect(qualityOf(structuredClone(facts))).toBe(quality);
      }),
    );
  });

  it.each<{ name: string; worsen: (facts: QualityFacts, by: number) => QualityFacts }>([
    {
      name: "more failing checks",
      worsen: (facts, by) => ({ ...facts, checks: { ...facts.checks, failed: facts.checks.failed + by } }),
    },
    {
      name: "passed checks that fail",
      worsen: ({ checks, ...facts }, by) => {
        const moved = Math.min(by, checks.passed);
        return { ...facts, checks: { ...checks, passed: checks.passed - moved, failed: checks.failed + moved } };
      },
    },
    {
      name: "more open requirements",
      worsen: (facts, by) => ({
        ...facts,
        requirements: { ...facts.requirements, open: facts.requirements.open + by },
      }),
    },
    { name: "more objections", worsen: (facts, by) => ({ ...facts, objections: facts.objections + by }) },
    {
      name: "more open conversations",
      worsen: (facts, by) => ({ ...facts, openThreads: (facts.openThreads ?? 0) + by }),
    },
    { name: "more proven findings", worsen: (facts, by) => ({ ...facts, provenFindings: facts.provenFindings + by }) },
    { name: "more lines", worsen: (facts, by) => ({ ...facts, linesChanged: facts.linesChanged + by }) },
  ])("$name never raise it", ({ worsen }) => {
    fc.assert(
      fc.property(anyFacts, some, (facts, by) => {
        expect(qualityOf(worsen(facts, by))).toBeLessThanOrEqual(qualityOf(facts));
      }),
    );
  });

  it.each<{ name: string; better: (facts: QualityFacts) => QualityFacts }>([
    {
      name: "one more passed check",
      better: (facts) => ({ ...facts, checks: { ...facts.checks, passed: facts.checks.passed + 1 } }),
    },
    {
      name: "one more requirement met",
      better: (facts) => ({ ...facts, requirements: { ...facts.requirements, met: facts.requirements.met + 1 } }),
    },
  ])("$name never lowers it", ({ better }) => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        expect(qualityOf(better(facts))).toBeGreaterThanOrEqual(qualityOf(facts));
      }),
    );
  });
});

it.each([
  { quality: 0.699, grade: "unready" },
  { quality: 0.7, grade: "ready" },
  { quality: 0.899, grade: "ready" },
  { quality: 0.9, grade: "excellent" },
])("$quality is called $grade", ({ quality, grade }) => {
  expect(gradeOf(quality, { unreadyBelow: 0.7, excellentFrom: 0.9 })).toBe(grade);
});
