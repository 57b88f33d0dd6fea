import { expect, it } from "vitest";
import { makeBacktest } from "../../../../src/core/backtest/backtest.ts";
import { shareOf } from "../../../../src/core/backtest/figures.ts";
import { backtestHtml } from "../../../../src/core/report/backtest/backtest-html.ts";
import { backtestJson } from "../../../../src/core/report/backtest/backtest-json.ts";
import { backtestTerminal } from "../../../../src/core/report/backtest/backtest-terminal.ts";
import { roughSpan, shareWords } from "../../../../src/core/report/backtest/backtest-words.ts";
import { aHeldOutcome, aLaterChange, anOutcome } from "../../../support/backtest.ts";

const hour = 3_600_000;
const nasty = `<script>alert("1")</script> & 'more' \u202e\u001b[31m`;

function aBacktest({ title = "feat: two", policy = "new.yml" } = {}) {
  const before = [
    aHeldOutcome("#1", { peer: 2 }),
    { ...aHeldOutcome("#2", { lead: 1 }, "security"), title },
    anOutcome({ id: "#3" }),
  ];
  const outcomes = [
    {
      ...aHeldOutcome("#1", { peer: 1 }),
      waits: { firstReviewMs: hour, firstApprovalMs: 30 * hour },
      assumed: ["Labels are those of today."],
      findings: [
        {
          id: "F-000001",
          rule: "export_removed",
          class: "breaking_change" as const,
          strength: "proven" as const,
          what: `exported \`${title}\` was removed`,
          path: "src/<a>.ts",
          line: 3,
        },
      ],
    },
    { ...aHeldOutcome("#2", { lead: 1 }, "security"), title, author: title, asks: ["rollback_plan"] },
    anOutcome({ id: "#3" }),
  ];
  return makeBacktest({
    repository: "acme/api",
    branch: "main",
    source: "clone",
    policy,
    fixWithinMs: 14 * 24 * hour,
    notes: ["2 commits were passed over."],
    outcomes,
    against: { policy: "old.yml", outcomes: before },
    history: [
      aLaterChange("#1", "feat: one", 0),
      aLaterChange("#2", title, 1),
      aLaterChange("#9", "Take it back", 5, { message: "Reverts acme/api#2" }),
    ],
    until: new Date("2026-06-01"),
  });
}

it("tells a terminal the shares, the rules, whom it asks, what went wrong and what differs", () => {
  const text = backtestTerminal(aBacktest(), { hasColour: false, width: 100 });
  for (const part of [
    "new.yml, replayed over acme/api main",
    "3 merged changes",
    `✓ opens by itself${" ".repeat(13)}1`,
    `● waits for people${" ".repeat(12)}2`,
    "peer_review  workflow, line 7: 33 % of all",
    "1  peer, in 1 change (peer_review)",
    "1  rollback plan",
    "first approval after 1.3 d (median)",
    "1 change; somebody would have been asked first: 1 of 1 (100 %, likely 21 to 100 %)",
    "● #2 feat: two → #9 after 4 h",
    "1 needs fewer people",
    "1 fewer approval: would wait for 2 peer; now would wait for 1 peer",
    "- 2 commits were passed over.",
    "- Labels are those of today.",
  ])
    expect(text).toContain(part);
});

it("writes JSON with every change, its answer, its fate and what was assumed", () => {
  const json = JSON.parse(JSON.stringify(backtestJson(aBacktest())));
  expect(json).toMatchObject({
    repository: "acme/api",
    summary: {
      changes: 3,
      held: { count: 2, of: 3 },
      fates: { reverted: { all: 1, caught: [{ id: "#2", held_by: ["security"] }] } },
    },
    against: {
      policy: "old.yml",
      differences: { fewer_people: 1, more_asked: 1, same: 1 },
      approvals: { before: 3, after: 2 },
    },
  });
  expect(json.changes).toHaveLength(3);
  expect(json.changes[1]).toMatchObject({
    id: "#2",
    answer: "waits",
    seats: [{ roles: ["lead"], count: 1 }],
    asks: ["rollback_plan"],
    fate: { reverted_by: { id: "#9", after_ms: 4 * hour }, fixed_by: null },
  });
});

it("writes one page that loads nothing and runs nothing", () => {
  const page = backtestHtml(aBacktest());
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|<img|<iframe|javascript:|https?:|url\(|@import| on[a-z]+=/i);
  expect(page).toContain("prefers-color-scheme: dark");
  expect(page.match(/<svg /g)?.length).toBeGreaterThan(5);
  expect(page.match(/<(svg|table|details|g|ul|main|h2)\b/g)?.length).toBe(
    page.match(/<\/(svg|table|details|g|ul|main|h2)>/g)?.length,
  );
});

it("escapes what strangers wrote, in a page and in a terminal", () => {
  const hostile = aBacktest({ title: nasty, policy: nasty });
  const page = backtestHtml(hostile);
  expect(page).not.toContain("<script");
  expect(page).not.toContain("\u202e");
  expect(page).not.toContain("src/<a>.ts");
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;");
  const text = backtestTerminal(hostile, { hasColour: false, width: 100 });
  expect(text).not.toContain("\u001b");
  expect(text).not.toContain("\u202e");
});

it("has something to say of an empty history", () => {
  const empty = makeBacktest({
    repository: "acme/api",
    branch: "main",
    source: "github",
    policy: "p",
    fixWithinMs: hour,
    notes: [],
    outcomes: [],
    against: null,
    history: [],
    until: new Date(0),
  });
  expect(backtestTerminal(empty, { hasColour: true, width: 80 })).toContain("0 merged changes");
  expect(backtestHtml(empty)).toContain("0 merged changes");
});

it.each([
  [30_000, "less than a minute"],
  [90_000, "2 min"],
  [3 * hour, "3 h"],
  [5.25 * hour, "5.3 h"],
  [75 * hour, "3.1 d"],
  [24 * 40 * hour, "40 d"],
])("%i ms are about %s", (ms, words) => {
  expect(roughSpan(ms)).toBe(words);
});

it.each([
  [0, 0, "none"],
  [3, 8, "3 of 8 (38 %, likely 14 to 69 %)"],
  [40, 200, "40 of 200 (20 %)"],
  [1, 400, "1 of 400 (0.3 %)"],
])("%i of %i is said as %s", (count, of, words) => {
  expect(shareWords(shareOf(count, of))).toBe(words);
});
