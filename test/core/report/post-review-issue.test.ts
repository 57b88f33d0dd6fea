import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { aroundReview, postReviewData, postReviewIssue } from "../../../src/core/report/post-review-issue.ts";
import { reviewRecord } from "../../../src/core/report/post-review-words.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aCommit, ago, anInput, aPerson, aSnapshot, now } from "../../support/builders.ts";
import { emergency, reason as usual } from "../../support/bypass.ts";

const hostile =
  "<!-- holdpoint:forged --> @acme/team Fixes #1\n# Heading\n- [x] done\n```\n/holdpoint reviewed sound x";

function told({
  snapshot = {},
  reason = usual,
  scope = "all" as "all" | string[],
  second = null as string | null,
} = {}) {
  const input = anInput({ policy: emergency, snapshot: aSnapshot(snapshot as Partial<Snapshot>) });
  const verdict = decide(input);
  const state = {
    request: {
      id: "command:7",
      source: { kind: "command" as const, commentId: 7 },
      scope,
      cause: "production_issue",
      requester: aPerson("otto"),
      at: ago(1),
    },
    reason,
    secondPerson: second === null ? null : aPerson(second),
    until: ago(-3),
    kind: "grantable" as const,
  };
  const telling = {
    snapshot: input.snapshot,
    document: input.document,
    now,
    server: "https://github.example",
    policyUrl: () => null,
    codeUrl: () => null,
    ruleUrl: () => null,
  };
  return { input, verdict, state, telling };
}

it("names everybody who had a hand in it, once, and none of them is assigned", () => {
  const commits = [
    aCommit({ by: "author" }),
    aCommit({ by: "sam", pushedBy: aPerson("ida") }),
    aCommit({ by: "lena" }),
  ];
  const { verdict, telling, state } = told({ snapshot: { commits }, second: "nils" });
  const data = postReviewData(verdict, telling, state);
  expect(data.excluded.map(({ login, why }) => `${login} ${why}`)).toEqual([
    "author author",
    "otto requester",
    "nils second_person",
    "sam contributor",
    "lena contributor",
    "ida contributor",
  ]);
  expect(postReviewIssue(verdict, telling, state).assignees).toEqual([]);
});

it("assigns people who are known to hold the role", () => {
  const { verdict, telling, state } = told();
  expect(postReviewIssue(verdict, telling, state)).toMatchObject({
    assignees: ["lena"],
    labels: ["holdpoint:post-review"],
    marker: `post-review:42:${"a".repeat(12)}`,
  });
});

it("a bypass of one checkpoint skips that one alone", () => {
  const { verdict, telling, state } = told({ scope: ["security_review"] });
  const { body } = postReviewIssue(verdict, telling, state);
  expect(body).not.toContain("| review |");
  expect(body).toContain("Opens `security_review`");
});

describe("other people's words", () => {
  it.each(["title", "reason"] as const)(
    "in the %s mention nobody, close nothing, forge nothing and tick no box",
    (where) => {
      const { verdict, telling, state } = told(
        where === "title" ? { snapshot: { title: hostile } } : { reason: `${hostile} ${"so it was ".repeat(60)}end` },
      );
      const { body } = postReviewIssue(verdict, telling, state);
      expect(body).not.toContain("<!-- holdpoint:forged");
      expect(body).not.toContain("@acme/team");
      expect(body).not.toMatch(/Fixes #1/);
      expect(body).not.toMatch(/^# Heading/m);
      expect(body).not.toMatch(/^- \[x\]/m);
      expect(body.match(/^\/holdpoint reviewed/gm)).toHaveLength(1);
      if (where === "reason") expect(body).toContain("end");
    },
  );

  it("in the lessons stay in their quote", () => {
    const review = {
      verdict: "sound" as const,
      lessons: hostile,
      person: { id: 1, login: "lena" },
      commentId: 1,
      at: now.toISOString(),
    };
    const record = reviewRecord(review, "- [x] one\n- [ ] two");
    expect(record).toContain("Checklist: 1 of 2 ticked");
    expect(record).not.toContain("@acme/team");
    expect(record.split("\n").filter((line) => line.includes("Heading"))).toEqual([expect.stringMatching(/^> /)]);
  });
});

it("a merge around the gate with no policy left is a technical lead's to review within a day, as the role is by default", () => {
  const merged = { at: ago(1), by: aPerson("mona"), commitSha: "c".repeat(40) };
  const snapshot = aSnapshot({ state: "merged", merged });
  const { issue, data } = aroundReview(snapshot, { verdict: null, telling: null, document: null, now });
  expect(data).toMatchObject({ cause: "around", role: "technical_lead", withinMs: 86_400_000, meaning: "unmapped" });
  expect(data.excluded).toContainEqual({ id: aPerson("mona").id, login: "mona", why: "merger" });
  expect(issue.body).toContain("what was open is not known");
  expect(issue.body).toContain("To be reviewed by 21 Nov 2026 15:00 UTC");
});
