import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { recordNotFiled, renderDecisionRecord } from "../../../src/core/report/decision-record.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aClassification, aComment, aFinding, ago, anInput, aPerson, aReview, now } from "../../support/builders.ts";

const older = "c".repeat(40);
const policy = {
  checkpoints: {
    security_review: {
      trigger: "security_related_change" as const,
      approver: "security_team",
      criteria: ["rollback_plan"],
    },
  },
};

function record(snapshot: Partial<Snapshot> = {}): string {
  const merged = { at: ago(1), by: aPerson("lena"), commitSha: "d".repeat(40) };
  const input = anInput({
    policy,
    classification: aClassification({ findings: [aFinding("security", { what: "guards `src/auth.ts`" })] }),
    snapshot: { state: "merged", merged, body: "## Rollback\n\nTake it back by hand.", ...snapshot },
  });
  const telling = {
    snapshot: input.snapshot,
    document: input.document,
    now,
    policyUrl: () => null,
    codeUrl: () => null,
    ruleUrl: () => null,
  };
  return renderDecisionRecord(decide(input), telling);
}

describe("the decision record (G14)", () => {
  const decided = record({
    title: "Sort `all` <b>lists</b>",
    reviews: [
      aReview("sam", { body: "The plan is sound.\n\nMore below.", submittedAt: ago(3) }),
      aReview("peer", {
        headAtSubmission: older,
        commitSha: older,
        submittedAt: ago(5),
        body: "> quoted\nLooks *fine* to me, @lena",
      }),
    ],
    comments: [aComment("ida", "/holdpoint attest rollback_plan\n/holdpoint recheck"), aComment("otto", "nice")],
  });

  it.each([
    ["what it is about", "# Decision record: acme/api \\#&#8203;42, Sort"],
    ["who merged it, when and as what", "- Merged 20 Nov 2026 15:00 UTC by `lena` as `ddddddd`"],
    ["head and base", "head `aaaaaaa` onto `main`"],
    ["the workflow", "workflow `expert_review`"],
    ["what was asked", "security_review"],
    ["an approval that counts", "- `sam` by review, 20 Nov 13:00 UTC: counts: given on this head"],
    ["an approval that was dropped", "- `peer` by review, 20 Nov 11:00 UTC"],
    ["the reason a reviewer gave", "- `sam`, 20 Nov 13:00 UTC, approved: The plan is sound."],
    ["their own words only, escaped", "approved: Looks \\*fine\\* to me, @&#8203;lena"],
    ["a command that decides", "`/holdpoint attest rollback_plan`"],
    ["the findings", "guards `src/auth.ts`"],
  ])("tells %s", (_, text) => {
    expect(decided).toContain(text);
  });

  it("leaves out talk, commands that decide nothing, and mentions", () => {
    expect(decided).not.toContain("nice");
    expect(decided).not.toContain("recheck");
    expect(decided).not.toMatch(/@[a-z]/);
    expect(decided).not.toContain("<b>");
  });

  it("says that the gate was not open where it was merged past it", () => {
    expect(record()).toContain("The gate was not open: merged past it");
  });

  it("stays within what GitHub takes", () => {
    const reviews = Array.from({ length: 2_000 }, (_, index) => aReview(`p${index}`, { body: "x".repeat(280) }));
    expect(Buffer.byteLength(record({ reviews }))).toBeLessThanOrEqual(65_535);
  });

  it("tells why a file could not be written", () => {
    expect(recordNotFiled({ branch: "a/b", path: "docs/x.md" })).toContain("`docs/x.md` on the branch `a/b`");
  });
});
