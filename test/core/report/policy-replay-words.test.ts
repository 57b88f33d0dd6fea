import { describe, expect, it } from "vitest";
import { differences } from "../../../src/core/backtest/compare.ts";
import type { PolicyReplay } from "../../../src/core/backtest/policy-replay.ts";
import { policyReplaySection } from "../../../src/core/report/policy-replay-words.ts";

const counts = Object.fromEntries(differences.map((name) => [name, 0])) as PolicyReplay["counts"];
const replay: PolicyReplay = { replayed: 3, wanted: 20, cutBy: null, counts: { ...counts, same: 3 }, changes: [] };

describe("what merged pull requests would have needed", () => {
  it.each([
    { name: "nothing to replay", replay: null, says: "" },
    { name: "at work", replay: "pending" as const, says: "are being replayed under both policies" },
    { name: "none merged", replay: { ...replay, replayed: 0 }, says: "No pull request was merged yet" },
    { name: "all the same", replay, says: "Of the last 3 merged pull requests: 3 stay the same." },
    {
      name: "the budget ended",
      replay: { ...replay, cutBy: "requests" as const },
      says: "Of the last 20 merged pull requests, 3 could be replayed, since no more requests may be spent on it",
    },
    {
      name: "GitHub failed",
      replay: { ...replay, replayed: 0, cutBy: "failed" as const },
      says: "0 could be replayed, since GitHub could not be read",
    },
    {
      name: "one opens",
      replay: {
        ...replay,
        counts: { ...counts, opens_now: 1, same: 2 },
        changes: [{ id: "#7", title: "@all <b>", difference: "opens_now" as const, before: 2, after: 0 }],
      },
      says: "1 would open by itself and 2 stay the same",
    },
  ])("$name → $says", ({ replay: given, says }) => {
    const section = policyReplaySection(given);
    if (says === "") expect(section).toBe("");
    else expect(section).toContain(says);
    expect(section).not.toContain("<b>");
    expect(section).not.toContain("- #7 @all");
  });
});
