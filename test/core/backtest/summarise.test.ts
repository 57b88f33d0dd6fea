import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBacktest } from "../../../src/core/backtest/backtest.ts";
import { quantile, shareOf } from "../../../src/core/backtest/figures.ts";
import type { Outcome } from "../../../src/core/backtest/outcome.ts";
import { periodsOf } from "../../../src/core/backtest/periods.ts";
import { summarise } from "../../../src/core/backtest/summarise.ts";
import { aHeldOutcome, aLaterChange, anOutcome } from "../../support/backtest.ts";

const hour = 3_600_000;

describe("the figures", () => {
  it("count what opens, what is held and by which rule, alone or with others", () => {
    const both = aHeldOutcome("#3", { peer: 1, lead: 1 });
    both.heldBy.push({ kind: "checkpoint", name: "security", line: 3, codes: ["HP-W01"] });
    const summary = summarise(
      [anOutcome({ id: "#1" }), aHeldOutcome("#2", { peer: 1 }), both, anOutcome({ id: "#4", isBot: true })],
      new Map(),
    );
    expect(summary).toMatchObject({
      changes: 4,
      byBots: 1,
      answers: { opens: 2, released: 0, waits: 2, asks: 0, unknown: 0 },
    });
    expect(summary.automatic).toMatchObject({ count: 2, of: 4, share: 0.5 });
    expect(summary.flagged).toMatchObject({ count: 1 });
    expect(summary.rules.map(({ name, held, alone }) => [name, held.count, alone])).toEqual([
      ["peer_review", 2, 1],
      ["security", 1, 0],
    ]);
    expect(summary.roles.map(({ roles, approvals, changes }) => [roles, approvals, changes])).toEqual([
      [["peer"], 2, 2],
      [["lead"], 1, 1],
    ]);
    expect(summary.people).toEqual([2, 2, 0, 0, 0]);
  });

  it("count five people and more together, from four on", () => {
    expect(summarise([aHeldOutcome("#1", { peer: 4 }), aHeldOutcome("#2", { peer: 9 })], new Map()).people).toEqual([
      0, 0, 0, 0, 2,
    ]);
  });

  it("tell the wait for people only where it is known", () => {
    const waits = (firstApprovalMs: number | null) => ({ firstReviewMs: firstApprovalMs, firstApprovalMs });
    const held = [1, 2, 3, 40].map((hours, index) => ({
      ...aHeldOutcome(`#${index}`, { peer: 1 }),
      waits: waits(hours * hour),
    }));
    const { waits: found } = summarise(
      [...held, aHeldOutcome("#8", { peer: 1 }), { ...anOutcome({ id: "#9" }), waits: waits(null) }],
      new Map(),
    );
    expect(found.held).toMatchObject({ known: 4, of: 5, medianMs: 2 * hour, p90Ms: 40 * hour });
    expect(found.opened).toMatchObject({ known: 0, of: 1, medianMs: null, p90Ms: null });
  });

  it("are empty of nothing, without dividing by it", () => {
    expect(summarise([], new Map())).toMatchObject({
      changes: 0,
      from: null,
      automatic: { share: null, interval: null },
      periods: [],
    });
  });
});

describe("what went wrong later", () => {
  const added = "+  const answer = computeTheAnswer(question);";
  const history = [
    aLaterChange("#1", "feat: one", 0, { lines: [added] }),
    aLaterChange("#2", "feat: two", 1),
    aLaterChange("#3", 'Revert "feat: two"', 2),
    aLaterChange("#4", "fix: one", 3, { lines: [added.replace("+", "-")] }),
  ];
  const run = (outcomes: Outcome[]) =>
    makeBacktest({
      repository: "acme/api",
      branch: "main",
      source: "clone",
      policy: "policy.yml",
      fixWithinMs: 14 * 24 * hour,
      notes: [],
      outcomes,
      against: null,
      history,
      until: new Date("2026-06-01"),
    }).summary.fates;

  it("was caught where somebody would have been asked, and missed where nobody was", () => {
    const fates = run([
      anOutcome({ id: "#1", title: "feat: one" }),
      aHeldOutcome("#2", { lead: 1 }, "security"),
      anOutcome({ id: "#4" }),
    ]);
    expect(fates.reverted).toMatchObject({ all: 1, held: { count: 1 }, flagged: { count: 1 } });
    expect(fates.reverted.caught).toMatchObject([{ id: "#2", by: { id: "#3", afterMs: hour }, heldBy: ["security"] }]);
    expect(fates.fixed.missed).toMatchObject([{ id: "#1", by: { id: "#4" }, tie: "same_lines" }]);
    expect(fates.rules).toMatchObject([{ name: "security", changes: 1, wrong: { count: 1, of: 1 } }]);
    expect(fates.opened).toMatchObject({ changes: 2, wrong: { count: 1 } });
    expect(fates.all.wrong).toMatchObject({ count: 2, of: 3 });
  });

  it("does not count a fix that only shares a file", () => {
    const near = [
      aLaterChange("#1", "feat: one", 0, { lines: [added] }),
      aLaterChange("#4", "fix: near", 3, { lines: ["+const elsewhere = 1;"] }),
    ];
    const { summary } = makeBacktest({
      repository: "acme/api",
      branch: "main",
      source: "clone",
      policy: "p",
      fixWithinMs: 14 * 24 * hour,
      notes: [],
      outcomes: [anOutcome({ id: "#1" })],
      against: null,
      history: near,
      until: new Date("2026-06-01"),
    });
    expect(summary.fates.fixed.all).toBe(0);
    expect(summary.fates.fixedBy.same_files).toBe(1);
  });
});

describe("small numbers", () => {
  // By hand, after Wilson: 1 of 1, 0 of 10 and 5 of 10 at 95 %.
  it.each([
    [1, 1, 0.207, 1],
    [0, 10, 0, 0.278],
    [5, 10, 0.237, 0.763],
  ])("%i of %i lies between %f and %f", (count, of, low, high) => {
    const { interval } = shareOf(count, of);
    expect(interval?.[0]).toBeCloseTo(low, 2);
    expect(interval?.[1]).toBeCloseTo(high, 2);
  });

  it("always hold the share between their ends", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (of, some) => {
        const { share, interval } = shareOf(some % (of + 1), of);
        return (
          share !== null &&
          interval !== null &&
          0 <= interval[0] &&
          interval[0] <= share &&
          share <= interval[1] &&
          interval[1] <= 1
        );
      }),
    );
  });

  it.each([
    [[], 0.5, null],
    [[7], 0.9, 7],
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.5, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9, 9],
  ])("of %j at %f: %s", (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });
});

describe("periods", () => {
  const on = (day: string) => anOutcome({ mergedAt: new Date(`${day}T12:00:00Z`) });

  it("are weeks from Monday on, with those in which nothing happened", () => {
    const periods = periodsOf([on("2026-11-20"), on("2026-11-02")]);
    expect(periods.map(({ name, answers }) => [name, answers.opens])).toEqual([
      ["2026-11-02", 1],
      ["2026-11-09", 0],
      ["2026-11-16", 1],
    ]);
  });

  it("are months where the history is long", () => {
    const periods = periodsOf([on("2025-11-30"), on("2026-12-01")]);
    expect(periods).toHaveLength(14);
    expect(periods[0]?.name).toBe("2025-11");
    expect(periods.at(-1)?.name).toBe("2026-12");
  });

  it("hold every change once", () => {
    const days = fc
      .integer({ min: 0, max: 3000 })
      .map((day) => anOutcome({ mergedAt: new Date(Date.UTC(2020, 0, 1) + day * 86_400_000) }));
    fc.assert(
      fc.property(fc.array(days, { maxLength: 30 }), (outcomes) => {
        const all = periodsOf(outcomes).reduce((sum, { answers }) => sum + answers.opens, 0);
        return all === outcomes.length;
      }),
    );
  });
});
