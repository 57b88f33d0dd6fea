import { expect, it } from "vitest";
import { compare, isWeaker } from "../../../src/core/backtest/compare.ts";
import { comparisonWords, differenceWords } from "../../../src/core/report/backtest/backtest-words.ts";
import { aHeldOutcome, anOutcome } from "../../support/backtest.ts";

const opens = anOutcome();
const onePeer = aHeldOutcome("#1", { peer: 1 });

it.each([
  { name: "held, and open now", before: onePeer, after: opens, difference: "opens_now", weaker: true },
  {
    name: "released by its reviews, and open now",
    before: anOutcome({ answer: "released" }),
    after: opens,
    difference: "same",
    weaker: false,
  },
  { name: "open, and held now", before: opens, after: onePeer, difference: "held_now", weaker: false },
  {
    name: "two peers, and one now",
    before: aHeldOutcome("#1", { peer: 2 }),
    after: onePeer,
    difference: "fewer_people",
    weaker: true,
  },
  {
    name: "a peer, and a lead besides now",
    before: onePeer,
    after: aHeldOutcome("#1", { peer: 1, lead: 1 }),
    difference: "more_people",
    weaker: false,
  },
  {
    name: "a lead in the place of a peer",
    before: onePeer,
    after: aHeldOutcome("#1", { lead: 1 }),
    difference: "other_people",
    weaker: false,
  },
  {
    name: "the same people for another rule",
    before: onePeer,
    after: aHeldOutcome("#1", { peer: 1 }, "security"),
    difference: "same",
    weaker: false,
  },
  {
    name: "a plan no more asked for",
    before: { ...onePeer, asks: ["rollback_plan"] },
    after: onePeer,
    difference: "less_asked",
    weaker: true,
  },
  {
    name: "a plan asked for besides",
    before: onePeer,
    after: { ...onePeer, asks: ["rollback_plan"] },
    difference: "more_asked",
    weaker: false,
  },
  {
    name: "another plan asked for",
    before: { ...onePeer, asks: ["a"] },
    after: { ...onePeer, asks: ["b"] },
    difference: "asked_otherwise",
    weaker: false,
  },
  {
    name: "fewer people but more evidence",
    before: aHeldOutcome("#1", { peer: 2 }),
    after: { ...onePeer, asks: ["a"] },
    difference: "fewer_people",
    weaker: true,
  },
])("$name: $difference", ({ before, after, difference, weaker }) => {
  const { changes, counts } = compare([before], [after]);
  expect(changes[0]?.difference).toBe(difference);
  expect(counts[changes[0]?.difference ?? "same"]).toBe(1);
  expect(isWeaker(changes[0]?.difference ?? "same")).toBe(weaker);
});

it("compares the changes that both know, in the order of the history", () => {
  const before = ["#1", "#2", "#3"].map((id) => anOutcome({ id }));
  const after = ["#3", "#2"].map((id) => anOutcome({ id }));
  expect(compare(before, after).changes.map(({ id }) => id)).toEqual(["#2", "#3"]);
});

it("says in words what would change, worst first, and adds up the approvals", () => {
  const before = [
    aHeldOutcome("#1", { peer: 2 }),
    aHeldOutcome("#2", { peer: 1 }),
    aHeldOutcome("#3", { peer: 1 }),
    anOutcome({ id: "#4" }),
  ];
  const after = [
    aHeldOutcome("#1", { peer: 1 }),
    anOutcome({ id: "#2" }),
    aHeldOutcome("#3", { peer: 1 }),
    anOutcome({ id: "#4" }),
  ];
  const comparison = compare(
    before,
    after.map((one, index) => ({ ...one, id: before[index]?.id ?? "" })),
  );
  expect(comparisonWords(comparison)).toEqual([
    "1 change would open that was held",
    "1 needs fewer people",
    "2 stay as they are",
  ]);
  expect(comparison.approvals).toEqual({ before: 4, after: 2 });
});

it("tells one change under both policies", () => {
  const [change] = compare([aHeldOutcome("#1", { senior_developer: 2 })], [onePeer]).changes;
  expect(change && differenceWords(change)).toBe(
    "1 fewer approval: would wait for 2 senior_developer; now would wait for 1 peer",
  );
  const [opened] = compare([onePeer], [opens]).changes;
  expect(opened && differenceWords(opened)).toBe("would wait for 1 peer; now would open by itself");
});
