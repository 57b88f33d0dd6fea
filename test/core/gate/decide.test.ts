import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { withParts } from "../../../src/core/gate/requirements.ts";
import { emptyMemory } from "../../../src/core/snapshot.ts";
import {
  aClassification,
  aComment,
  aCommit,
  aFinding,
  ago,
  anInput,
  aPerson,
  aReview,
  headSha,
} from "../../support/builders.ts";

const older = "c".repeat(40);
const security = { checkpoints: { security_review: { approver: "security_team" } } };
const changedBySecurity = aClassification({ findings: [aFinding("security")] });

describe("who counts (G6)", () => {
  it.each([
    { name: "nobody approved", input: anInput(), state: "waiting" },
    { name: "a peer approved", input: anInput({ snapshot: { reviews: [aReview("peer")] } }), state: "approved" },
    { name: "the author approved", input: anInput({ snapshot: { reviews: [aReview("author")] } }), state: "waiting" },
    {
      name: "the author approved and the policy allows it",
      input: anInput({ policy: { approvals: { allow_author: true } }, snapshot: { reviews: [aReview("author")] } }),
      state: "approved",
    },
    {
      name: "somebody with a commit in the change approved",
      input: anInput({ snapshot: { commits: [aCommit({ by: "peer" })], reviews: [aReview("peer")] } }),
      state: "waiting",
    },
    {
      name: "a co-author approved",
      input: anInput({
        snapshot: {
          commits: [aCommit({ coAuthors: [{ account: aPerson("peer"), name: "Peer", email: "p@example.com" }] })],
          reviews: [aReview("peer")],
        },
      }),
      state: "waiting",
    },
    {
      name: "the last pusher approved",
      input: anInput({ snapshot: { commits: [aCommit({ pushedBy: aPerson("peer") })], reviews: [aReview("peer")] } }),
      state: "waiting",
    },
    {
      name: "a contributor approved and the policy allows contributors that are not the author",
      input: anInput({
        policy: { approvals: { allow_non_author_contributor: true } },
        snapshot: { commits: [aCommit({ by: "peer" })], reviews: [aReview("peer")] },
      }),
      state: "approved",
    },
    { name: "a reader approved", input: anInput({ snapshot: { reviews: [aReview("reader")] } }), state: "waiting" },
    {
      name: "somebody approved whose permission was not read",
      input: anInput({ snapshot: { reviews: [aReview("unknown-person")] } }),
      state: "error",
    },
    { name: "a bot approved", input: anInput({ snapshot: { reviews: [aReview("helper[bot]")] } }), state: "waiting" },
    {
      name: "a bot approved that the policy names for the role",
      input: anInput({
        policy: { roles: { peer: { users: ["helper[bot]"] } } },
        snapshot: { reviews: [aReview("helper[bot]")] },
      }),
      state: "approved",
    },
    {
      name: "a deleted account approved",
      input: anInput({ snapshot: { reviews: [aReview("peer", { user: { id: -1, login: "ghost", kind: "ghost" } })] } }),
      state: "waiting",
    },
    {
      name: "a peer approved with a review that was edited later",
      input: anInput({ snapshot: { reviews: [aReview("peer", { isEdited: true })] } }),
      state: "waiting",
    },
    {
      name: "the same, where edits are fine",
      input: anInput({
        policy: { approvals: { ignore_edited_comments: false } },
        snapshot: { reviews: [aReview("peer", { isEdited: true })] },
      }),
      state: "approved",
    },
    {
      name: "a commit is by an unknown author, and one peer approved",
      input: anInput({
        snapshot: {
          commits: [aCommit({ author: { account: null, name: "X", email: "x@nowhere" } })],
          reviews: [aReview("peer")],
        },
      }),
      state: "waiting",
    },
    {
      name: "the same, and two peers approved",
      input: anInput({
        snapshot: {
          commits: [aCommit({ author: { account: null, name: "X", email: "x@nowhere" } })],
          reviews: [aReview("peer"), aReview("nils")],
        },
      }),
      state: "approved",
    },
    {
      name: "a commit is by an unknown author and the policy blocks those",
      input: anInput({
        policy: { approvals: { unknown_contributor: "block" } },
        snapshot: {
          commits: [aCommit({ author: { account: null, name: "X", email: "x@nowhere" } })],
          reviews: [aReview("peer"), aReview("nils")],
        },
      }),
      state: "must_change",
    },
  ])("$name → $state", ({ input, state }) => {
    expect(decide(input).state).toBe(state);
  });
});

describe("the newest act decides (G6)", () => {
  it.each([
    {
      name: "approved, then asked for changes",
      reviews: [
        aReview("peer", { submittedAt: ago(3) }),
        aReview("peer", { state: "changes_requested", submittedAt: ago(2) }),
      ],
      state: "must_change",
    },
    {
      name: "asked for changes, then approved",
      reviews: [
        aReview("peer", { state: "changes_requested", submittedAt: ago(3) }),
        aReview("peer", { submittedAt: ago(2) }),
      ],
      state: "approved",
    },
    {
      name: "approved, asked for changes, and the objection was dismissed: nothing revives",
      reviews: [aReview("peer", { submittedAt: ago(3) }), aReview("peer", { state: "dismissed", submittedAt: ago(2) })],
      state: "waiting",
    },
    {
      name: "dismissed and approved again within one second, as GitHub tells time",
      reviews: [aReview("peer", { state: "dismissed", submittedAt: ago(2) }), aReview("peer", { submittedAt: ago(2) })],
      state: "approved",
    },
    {
      name: "approved and dismissed within one second of another approval given before",
      reviews: [aReview("peer", { submittedAt: ago(2) }), aReview("peer", { state: "dismissed", submittedAt: ago(2) })],
      state: "waiting",
    },
    {
      name: "approved, then only commented",
      reviews: [aReview("peer", { submittedAt: ago(3) }), aReview("peer", { state: "commented", submittedAt: ago(2) })],
      state: "approved",
    },
    {
      name: "one approved, another one objects",
      reviews: [aReview("peer"), aReview("nils", { state: "changes_requested" })],
      state: "must_change",
    },
    {
      name: "one approved, a reader objects: no right to hold",
      reviews: [aReview("peer"), aReview("reader", { state: "changes_requested" })],
      state: "approved",
    },
    {
      name: "one approved, somebody whose permission was not read objects: heard",
      reviews: [aReview("peer"), aReview("unknown-person", { state: "changes_requested" })],
      state: "must_change",
    },
  ])("$name → $state", ({ reviews, state }) => {
    expect(decide(anInput({ snapshot: { reviews } })).state).toBe(state);
  });
});

it("an objection decides over an approval given another way within the same second", () => {
  const policy = { approvals: { methods: { comments: ["/approve"] } } };
  const reviews = [aReview("peer", { state: "changes_requested", submittedAt: ago(2) })];
  const comments = [aComment("peer", "/approve", { createdAt: ago(2) })];
  expect(decide(anInput({ policy, snapshot: { reviews, comments } })).state).toBe("must_change");
});

describe("freshness (G15, invariant 4)", () => {
  const digests = (before: string | null, after: string | null) => ({
    ...emptyMemory,
    heads: {
      [older]: { patchDigest: before, pathDigests: {}, firstSeenAt: ago(20) },
      [headSha]: { patchDigest: after, pathDigests: {}, firstSeenAt: ago(5) },
    },
  });
  const onOlder = [aReview("peer", { headAtSubmission: older, submittedAt: ago(6) })];
  const unremembered = (at: number) => [
    aReview("peer", { headAtSubmission: null, commitSha: headSha, submittedAt: ago(at) }),
  ];
  it.each([
    {
      name: "exact, given on an older head",
      mode: "exact",
      reviews: onOlder,
      memory: digests("d", "d"),
      state: "waiting",
    },
    {
      name: "same_change, the change is the same",
      mode: "same_change",
      reviews: onOlder,
      memory: digests("d", "d"),
      state: "approved",
    },
    {
      name: "same_change, the change is another",
      mode: "same_change",
      reviews: onOlder,
      memory: digests("d", "e"),
      state: "waiting",
    },
    {
      name: "same_change, neither could be compared",
      mode: "same_change",
      reviews: onOlder,
      memory: digests(null, null),
      state: "waiting",
    },
    {
      name: "sticky, given on an older head",
      mode: "sticky",
      reviews: onOlder,
      memory: digests("d", "e"),
      state: "approved",
    },
    {
      name: "GitHub re-points the review to this head, but it was given before the head was seen",
      mode: "exact",
      reviews: unremembered(6),
      memory: digests("d", "d"),
      state: "waiting",
    },
    {
      name: "not remembered, given after this head was first seen",
      mode: "exact",
      reviews: unremembered(4),
      memory: digests("d", "d"),
      state: "approved",
    },
    {
      name: "not remembered, and no head was ever seen",
      mode: "exact",
      reviews: unremembered(4),
      memory: emptyMemory,
      state: "waiting",
    },
  ] as const)("$name → $state", ({ mode, reviews, memory, state }) => {
    expect(
      decide(anInput({ policy: { approvals: { freshness: mode } }, snapshot: { reviews: [...reviews] }, memory }))
        .state,
    ).toBe(state);
  });
});

describe("checkpoints (G3)", () => {
  it.each([
    {
      name: "the change has no such finding",
      classification: aClassification(),
      reviews: [aReview("peer")],
      state: "approved",
    },
    {
      name: "a proven finding, a peer approved",
      classification: changedBySecurity,
      reviews: [aReview("peer")],
      state: "waiting",
    },
    {
      name: "a proven finding, both approved",
      classification: changedBySecurity,
      reviews: [aReview("mona"), aReview("sam")],
      state: "approved",
    },
    {
      name: "a likely finding asks and does not hold, but is no ordinary change",
      classification: aClassification({ findings: [aFinding("security", { strength: "likely" })] }),
      reviews: [aReview("mona")],
      state: "approved",
    },
    {
      name: "a hint changes nothing",
      classification: aClassification({ findings: [aFinding("security", { strength: "hint" })] }),
      reviews: [aReview("peer")],
      state: "approved",
    },
  ])("$name → $state", ({ classification, reviews, state }) => {
    expect(decide(anInput({ policy: security, snapshot: { reviews }, classification })).state).toBe(state);
  });

  it("names who can release it, and never the author", () => {
    const verdict = decide(
      anInput({ policy: security, classification: changedBySecurity, snapshot: { author: aPerson("sam") } }),
    );
    const seats = [...withParts(verdict.requirements)].find(
      (one) => one.id === "checkpoint:security_review/approvals:0",
    );
    expect(seats?.kind === "approvals" && seats.candidates.map((person) => person.login)).toEqual(["ida"]);
  });

  it("says at once when nobody is left who could approve", () => {
    const policy = { roles: { lead: { users: ["author"] } }, checkpoints: { review: { approver: "lead" } } };
    const verdict = decide(anInput({ policy, snapshot: { reviews: [aReview("peer")] } }));
    expect(verdict.state).toBe("must_change");
    expect(verdict.codes).toEqual(["HP-W04"]);
  });

  it.each([
    { name: "the description says nothing", body: "", state: "must_change" },
    { name: "the section is there", body: "## Rollback\nRevert the commit and redeploy.", state: "approved" },
    {
      name: "the section holds the template's comment only",
      body: "## Rollback\n<!-- how to go back -->\nTBD",
      state: "must_change",
    },
    { name: "the box is ticked", body: "- [x] Rollback tested", state: "approved" },
    { name: "the box is open", body: "- [ ] Rollback tested", state: "must_change" },
  ])("a rollback plan is asked for and $name → $state (G4)", ({ body, state }) => {
    const policy = { checkpoints: { release: { approver: "peer", criteria: ["rollback_plan"] } } };
    expect(decide(anInput({ policy, snapshot: { body, reviews: [aReview("peer")] } })).state).toBe(state);
  });

  it.each([
    {
      name: "by somebody of the role",
      comment: aComment("peer", "/holdpoint attest rollback_plan"),
      state: "approved",
    },
    { name: "by the author", comment: aComment("author", "/holdpoint attest rollback_plan"), state: "must_change" },
    { name: "in a quote", comment: aComment("peer", "> /holdpoint attest rollback_plan"), state: "must_change" },
    {
      name: "by an edited comment",
      comment: aComment("peer", "/holdpoint attest rollback_plan", { isEdited: true }),
      state: "must_change",
    },
    {
      name: "before this head was seen",
      comment: aComment("peer", "/holdpoint attest rollback_plan", { createdAt: ago(50) }),
      state: "must_change",
    },
  ])("the plan is attested $name → $state (G4)", ({ comment, state }) => {
    const policy = { checkpoints: { release: { approver: "peer", criteria: ["rollback_plan"] } } };
    expect(decide(anInput({ policy, snapshot: { comments: [comment], reviews: [aReview("peer")] } })).state).toBe(
      state,
    );
  });

  it("a judgement follows the approval: it waits for people, and asks nothing of the author", () => {
    const policy = { checkpoints: { release: { approver: "peer", criteria: ["code_quality_standards"] } } };
    expect(decide(anInput({ policy })).state).toBe("waiting");
    expect(decide(anInput({ policy, snapshot: { reviews: [aReview("peer")] } })).state).toBe("approved");
  });

  it("required: false is shown and never holds", () => {
    const policy = { checkpoints: { extra: { approver: "technical_lead", required: false } } };
    expect(decide(anInput({ policy, snapshot: { reviews: [aReview("peer")] } })).state).toBe("approved");
  });

  it("mode: observe tells what it would have done and is open (P7)", () => {
    const verdict = decide(anInput({ policy: { mode: "observe" } }));
    expect(verdict).toMatchObject({ state: "waiting", isOpen: true, isObserved: true });
  });

  it("counts per role, and distinct people where asked (G16)", () => {
    const policy = (distinct: boolean) => ({
      approvals: { distinct_people: distinct },
      roles: { lead: { users: ["lena"] }, sec: { users: ["lena", "sam"] } },
      checkpoints: { release: { approvals: { lead: 1, sec: 1 } } },
      approval_workflows: { auto: { process: "automated_approval" } },
    });
    const reviews = [aReview("lena")];
    expect(decide(anInput({ policy: policy(false), snapshot: { reviews } })).state).toBe("approved");
    const verdict = decide(anInput({ policy: policy(true), snapshot: { reviews } }));
    expect(verdict.state).toBe("waiting");
    expect(verdict.fastestWay.map((person) => person.login)).toEqual(["sam"]);
  });
});

describe("workflows (G5)", () => {
  const docs = aClassification({ kinds: ["documentation_only"], tests: "no_source" });
  const large = aClassification({
    size: { added: 300, removed: 0, changed: 300, files: 3, byLanguage: {}, leftOut: [] },
  });
  const under = (changed: number) =>
    aClassification({ size: { added: changed, removed: 0, changed, files: 3, byLanguage: {}, leftOut: [] } });
  it.each([
    { name: "documentation only", classification: docs, workflow: "automatic" },
    { name: "199 lines", classification: under(199), workflow: "peer_review" },
    { name: "200 lines", classification: under(200), workflow: "expert_review" },
    {
      name: "a breaking change",
      classification: aClassification({ findings: [aFinding("breaking_change")] }),
      workflow: "expert_review",
    },
    { name: "a large ordinary change: none fits, the strictest", classification: large, workflow: "expert_review" },
  ])("$name → $workflow", ({ classification, workflow }) => {
    expect(decide(anInput({ classification })).workflow).toBe(workflow);
  });

  it("documentation only needs nobody", () => {
    expect(decide(anInput({ classification: docs })).state).toBe("approved");
  });

  it("a policy whose only workflow approves by itself does not open what does not fit it", () => {
    const policy = {
      approval_workflows: { automatic: { criteria: ["documentation_only"], process: "automated_approval" } },
    };
    expect(decide(anInput({ policy })).state).toBe("waiting");
  });

  it("no approvals asked without automated_approval still asks one", () => {
    const policy = { approval_workflows: { open: {} } };
    expect(decide(anInput({ policy })).state).toBe("waiting");
  });
});

describe("what cannot be read (P11, invariant 1)", () => {
  const incomplete = [{ what: "files" as const, reason: "GitHub lists 3,000 files and this change has 3,200" }];
  const everybody = ["peer", "lena", "mona"].map((login) => aReview(login));
  it("holds whoever approved", () => {
    expect(decide(anInput({ snapshot: { incomplete, reviews: everybody } })).state).toBe("error");
  });
  it("on_error: ask asks the strictest workflow's people", () => {
    const policy = { on_error: "ask" as const };
    expect(decide(anInput({ policy, snapshot: { incomplete, reviews: [aReview("peer")] } })).state).toBe("waiting");
    expect(decide(anInput({ policy, snapshot: { incomplete, reviews: everybody } })).state).toBe("approved");
  });
});

describe("reviewers (G7, simple form)", () => {
  it("asks the smallest set of people once the change is ready", () => {
    const input = anInput({ policy: security, classification: changedBySecurity });
    expect(decide(input).effects).toEqual([
      { kind: "request_reviewers", people: [expect.objectContaining({ login: "ida" })] },
    ]);
    expect(
      decide(anInput({ policy: security, classification: changedBySecurity, snapshot: { isDraft: true } })).effects,
    ).toEqual([]);
  });
  it("does not ask again who has just commented on this head, and does after a push", () => {
    const reviews = (head: string) => [aReview("ida", { state: "commented", headAtSubmission: head })];
    const effectsOf = (head: string) =>
      decide(anInput({ policy: security, classification: changedBySecurity, snapshot: { reviews: reviews(head) } }))
        .effects;
    expect(effectsOf(headSha)).toEqual([]);
    expect(effectsOf(older)).toHaveLength(1);
  });
  it("asks nobody twice", () => {
    const input = anInput({
      policy: security,
      classification: changedBySecurity,
      snapshot: { requestedReviewers: [aPerson("ida")] },
    });
    expect(decide(input).effects).toEqual([]);
  });
});

describe("findings that are left out (C1)", () => {
  const until = "2026-11-25";
  const suppressing = {
    ...security,
    classification: { suppress: [{ rule: "a_security_rule", reason: "agreed with the security team", until }] },
  };
  const judge = (now: Date) => decide({ ...anInput({ policy: suppressing, classification: changedBySecurity }), now });

  it("ask for nothing, hold nothing and choose no workflow", () => {
    const verdict = judge(new Date("2026-11-21T00:00:00Z"));
    expect(verdict.requirements.find(({ name }) => name === "security_review")?.state).toBe("not_needed");
    expect(verdict.workflow).toBe("peer_review");
    expect(verdict.classification.suppressed).toHaveLength(1);
  });

  it("count again when their time is over, and the gate looks again by then", () => {
    expect(judge(new Date("2026-11-25T23:59:59Z")).wakeAt).toEqual(new Date("2026-11-26T00:00:00Z"));
    const after = judge(new Date("2026-11-26T00:00:00Z"));
    expect(after.requirements.find(({ name }) => name === "security_review")).toMatchObject({
      holds: true,
      state: "waiting",
    });
    expect(after.workflow).toBe("expert_review");
  });

  it("keep no test branch shut while they are left out", () => {
    const never = {
      ...suppressing,
      bypass: { test_environments: { branches: ["playground"] }, emergency: { never: ["a_security_rule"] } },
    };
    const base = { ref: "playground", sha: "b".repeat(40) };
    const asked = anInput({ policy: never, classification: changedBySecurity, snapshot: { base } });
    const at = (now: string) => decide({ ...asked, now: new Date(now) }).openings.length;
    expect(at("2026-11-21T00:00:00Z")).toBe(1);
    expect(at("2026-11-26T00:00:00Z")).toBe(0);
  });
});
