import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compare } from "../../../src/core/backtest/compare.ts";
import { replay } from "../../../src/core/backtest/replay.ts";
import type { ChangeKind } from "../../../src/core/findings/finding.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { aHistoricChange } from "../../support/backtest.ts";
import { aClassification, aDocument, aFinding, aReview, aSnapshot } from "../../support/builders.ts";

const peerReview: PolicyInput = {
  version: 1,
  approval_workflows: { peer_review: { scope: "all", approver: "peer", approvals: 1 } },
};
const automatic: PolicyInput = {
  version: 1,
  approval_workflows: {
    automatic: { scope: "docs", criteria: ["documentation_only"], process: ["automated_approval"] },
    peer_review: { scope: "else", approver: "peer", approvals: 2 },
  },
};
const breaking = aClassification({ findings: [aFinding("breaking_change")] });

/** As a clone tells it: no reviews, no teams, no permissions. */
const cloneSnapshot: Partial<Snapshot> = {
  author: { id: -5, login: "maria@example.com", kind: "unmapped" },
  commits: [],
  directory: {
    teams: {},
    organizations: {},
    permissions: {},
    codeowners: { kind: "unreadable", reason: "a clone knows no accounts" },
    busy: [],
  },
};

describe("what a policy would have answered", () => {
  it("opens by itself where nobody has to release it", () => {
    const outcome = replay(aDocument(automatic), aHistoricChange(), aClassification({ kinds: ["documentation_only"] }));
    expect(outcome).toMatchObject({ answer: "opens", workflow: "automatic", heldBy: [], seats: [], people: 0 });
  });

  it("was released where the reviews of then are enough", () => {
    const change = aHistoricChange({ snapshot: aSnapshot({ reviews: [aReview("peer")] }) });
    expect(replay(aDocument(peerReview), change, aClassification())).toMatchObject({ answer: "released", people: 0 });
  });

  it("waits for as many people as are still missing", () => {
    const change = aHistoricChange({ snapshot: aSnapshot({ reviews: [aReview("peer")] }) });
    const outcome = replay(aDocument(automatic), change, aClassification());
    expect(outcome).toMatchObject({
      answer: "waits",
      heldBy: [{ kind: "workflow", name: "peer_review" }],
      seats: [{ roles: ["peer"], count: 1 }],
      people: 1,
    });
  });

  it("waits for roles by their names where nobody knows who holds them", () => {
    const document = aDocument({
      version: 1,
      checkpoints: {
        breaking_change: { trigger: "api_modification", approver: "technical_lead", criteria: ["rollback_plan"] },
      },
      approval_workflows: { peer_review: { scope: "all", approver: "peer", approvals: 1 } },
    });
    const change = aHistoricChange({ source: "clone", snapshot: aSnapshot(cloneSnapshot) });
    const outcome = replay(document, change, breaking);
    expect(outcome.answer).toBe("waits");
    expect(outcome.seats).toEqual([
      { roles: ["peer"], count: 1 },
      { roles: ["technical_lead"], count: 1 },
    ]);
    expect(outcome.people).toBe(1);
    expect(outcome.asks).toEqual(["rollback_plan"]);
    expect(outcome.heldBy.map(({ name }) => name)).toEqual(["peer_review", "breaking_change"]);
    expect(outcome.findings).toMatchObject([{ rule: "a_breaking_change_rule", strength: "proven" }]);
  });

  it("asks its author alone where no approval is missing", () => {
    const document = aDocument({
      version: 1,
      checkpoints: { breaking_change: { trigger: "api_modification", approver: "peer", criteria: ["rollback_plan"] } },
      approval_workflows: { peer_review: { scope: "all", approver: "peer", approvals: 1 } },
    });
    const change = aHistoricChange({ snapshot: aSnapshot({ reviews: [aReview("peer")] }) });
    expect(replay(document, change, breaking)).toMatchObject({ answer: "asks", asks: ["rollback_plan"], people: 0 });
  });

  it("cannot tell where all that is open depends on what a clone does not know", () => {
    const document = aDocument({
      version: 1,
      checkpoints: { by_team: { conditions: { author: { teams: ["acme/security"] } }, approvals: 0 } },
      approval_workflows: { automatic: { scope: "all", process: ["automated_approval"] } },
    });
    const change = aHistoricChange({ source: "clone", snapshot: aSnapshot(cloneSnapshot) });
    expect(replay(document, change, aClassification())).toMatchObject({
      answer: "unknown",
      unknown: ["conditions of by_team"],
    });
  });

  it("names a rule that may or may not apply, beside those whom it would ask", () => {
    const document = aDocument({
      version: 1,
      checkpoints: { by_team: { when: { author: { teams: ["acme/security"] } }, approver: "peer" } },
      approval_workflows: { automatic: { scope: "all", process: ["automated_approval"] } },
    });
    const change = aHistoricChange({ source: "clone", snapshot: aSnapshot(cloneSnapshot) });
    const outcome = replay(document, change, aClassification());
    expect(outcome).toMatchObject({ answer: "waits", unknown: ["whether by_team applies"] });
  });

  it("counts one approval once for every rule that asks for the same role, unless people are distinct", () => {
    const policy: PolicyInput = {
      version: 1,
      checkpoints: { breaking_change: { trigger: "api_modification", approver: "peer" } },
      approval_workflows: { peer_review: { scope: "all", approver: "peer", approvals: 2 } },
    };
    const shared = replay(aDocument(policy), aHistoricChange(), breaking);
    expect(shared.seats).toEqual([{ roles: ["peer"], count: 2 }]);
    expect(shared.people).toBe(2);
    const distinct = replay(
      aDocument({ ...policy, approvals: { distinct_people: true } }),
      aHistoricChange(),
      breaking,
    );
    expect(distinct.seats).toEqual([{ roles: ["peer"], count: 3 }]);
    expect(distinct.people).toBe(3);
  });

  it("takes whoever decides about a revert for one of its approvers", () => {
    const document = aDocument({
      version: 1,
      checkpoints: { rollback_decision: { trigger: "rollback_activated", approver: "technical_lead" } },
      approval_workflows: { automatic: { scope: "all", process: ["automated_approval"] } },
    });
    const outcome = replay(document, aHistoricChange(), aClassification({ kinds: ["revert"] }));
    expect(outcome.seats).toEqual([{ roles: ["technical_lead"], count: 1 }]);
  });

  it("says what it would have done where the policy only observes", () => {
    const observed = { ...peerReview, mode: "observe" as const };
    expect(replay(aDocument(observed), aHistoricChange(), aClassification()).answer).toBe("waits");
  });

  it("judges at the moment of the merge", () => {
    const policy: PolicyInput = {
      version: 1,
      checkpoints: { weekend: { when: { time: { days: ["sat", "sun"] } } as never, approver: "peer" } },
      approval_workflows: { automatic: { scope: "all", process: ["automated_approval"] } },
    };
    const on = (day: string) =>
      replay(aDocument(policy), aHistoricChange({ mergedAt: new Date(day) }), aClassification()).answer;
    expect(on("2026-11-20T12:00:00Z")).toBe("opens"); // a Friday
    expect(on("2026-11-21T12:00:00Z")).toBe("waits");
  });
});

describe("what is taken for granted", () => {
  const says = (policy: PolicyInput, source: "clone" | "github") =>
    replay(
      aDocument(policy),
      aHistoricChange({ source, assumed: ["Its branch is gone."] }),
      aClassification(),
    ).assumed.join("\n");

  it("is said only where the policy looks at it", () => {
    const labelled: PolicyInput = {
      ...peerReview,
      checkpoints: { risky: { when: { labels: ["risky"] }, approver: "peer" } },
    };
    expect(says(labelled, "clone")).toContain("knows no labels");
    expect(says(peerReview, "clone")).not.toContain("labels");
    expect(says(labelled, "github")).toContain("Labels are those of today");
  });

  it("names teams of today on GitHub, and unknown reviews in a clone", () => {
    expect(says(peerReview, "github")).toContain("Teams and permissions are those of today");
    expect(says(peerReview, "clone")).toContain("A clone knows no reviews");
    expect(says(peerReview, "clone")).toContain("Its branch is gone.");
  });
});

it("comes to no difference when the same policy is replayed twice", () => {
  const policies = [peerReview, automatic].map(aDocument);
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          policy: fc.constantFrom(...policies),
          kinds: fc.constantFrom<ChangeKind[]>(["documentation_only"], []),
          reviewers: fc.subarray(["peer", "sam", "lena", "reader"]),
          findings: fc.subarray([aFinding("breaking_change"), aFinding("security", { strength: "likely" })]),
        }),
        { maxLength: 6 },
      ),
      (changes) => {
        const run = () =>
          changes.map(({ policy, kinds, reviewers, findings }, index) => {
            const snapshot = aSnapshot({ reviews: reviewers.map((login, id) => aReview(login, { id })) });
            return replay(policy, aHistoricChange({ id: `#${index}`, snapshot }), aClassification({ kinds, findings }));
          });
        const { counts, approvals, changes: compared } = compare(run(), run());
        expect(counts.same).toBe(changes.length);
        expect(approvals.before).toBe(approvals.after);
        expect(compared.every(({ difference }) => difference === "same")).toBe(true);
      },
    ),
  );
});
