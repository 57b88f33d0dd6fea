import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { isEvidence } from "../../../src/core/gate/evidence-command.ts";
import { linksIssue } from "../../../src/core/gate/linked-issue.ts";
import { withParts } from "../../../src/core/gate/requirements.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import { wantedDirectory } from "../../../src/core/policy/wanted-directory.ts";
import type { CheckFact, CheckState, Snapshot } from "../../../src/core/snapshot.ts";
import { aComment, aDocument, ago, anInput, aPerson, aReview, aSnapshot, headSha } from "../../support/builders.ts";

type Criterion = NonNullable<NonNullable<PolicyInput["checkpoints"]>[string]["criteria"]>[number];

const policyWith = (criterion: Criterion, more: object = {}): PolicyInput => ({
  checkpoints: { release: { approver: "peer", criteria: [criterion], ...more } },
});

/** The criterion's own requirement, beside the approval of a peer. */
function judge(criterion: Criterion, snapshot: Partial<Snapshot> = {}, more: object = {}) {
  const { requirements } = decide(anInput({ policy: policyWith(criterion, more), snapshot }));
  const found = [...withParts(requirements)].find((one) => one.kind === "criterion");
  if (found?.kind !== "criterion") throw new Error("no criterion was judged");
  return found;
}

function aCheck(name: string, state: CheckState = "success", app: string | null = "github-actions"): CheckFact {
  return { name, kind: "check", app: app === null ? null : { id: 7, slug: app }, state, completedAt: null };
}

describe("a check as evidence (G4)", () => {
  const drill = { id: "drill", evidence: { check: "drill (linux)" } };
  const anyDrill = { id: "drill", evidence: { check: "drill*" } };
  const ofActions = { id: "drill", evidence: { check: { name: "drill*", app: "github-actions" } } };
  const lenient = {
    id: "drill",
    evidence: { check: { name: "drill", states: ["success" as const, "skipped" as const] } },
  };

  it.each<{ name: string; criterion: Criterion; checks: CheckFact[]; state: string }>([
    { name: "it succeeded", criterion: drill, checks: [aCheck("drill (linux)")], state: "satisfied" },
    { name: "case is another", criterion: drill, checks: [aCheck("Drill (Linux)")], state: "satisfied" },
    { name: "it has not reported: to come", criterion: drill, checks: [], state: "waiting" },
    {
      name: "it still runs: to come",
      criterion: drill,
      checks: [aCheck("drill (linux)", "pending")],
      state: "waiting",
    },
    {
      name: "it failed: to be mended",
      criterion: drill,
      checks: [aCheck("drill (linux)", "failure")],
      state: "must_change",
    },
    { name: "it was skipped", criterion: drill, checks: [aCheck("drill (linux)", "skipped")], state: "must_change" },
    { name: "it is neutral", criterion: drill, checks: [aCheck("drill (linux)", "neutral")], state: "must_change" },
    { name: "brackets are no class of letters", criterion: drill, checks: [aCheck("drill l")], state: "waiting" },
    {
      name: "two sources of one name, one of them red",
      criterion: drill,
      checks: [aCheck("drill (linux)"), aCheck("drill (linux)", "failure", "other")],
      state: "must_change",
    },
    {
      name: "a star",
      criterion: anyDrill,
      checks: [aCheck("drill (a/b)"), aCheck("lint", "failure")],
      state: "satisfied",
    },
    {
      name: "a star, and one still runs",
      criterion: anyDrill,
      checks: [aCheck("drill 1"), aCheck("drill 2", "pending")],
      state: "waiting",
    },
    {
      name: "a star, and one is red",
      criterion: anyDrill,
      checks: [aCheck("drill 1"), aCheck("drill 2", "failure"), aCheck("drill 3", "pending")],
      state: "must_change",
    },
    { name: "of the App that was named", criterion: ofActions, checks: [aCheck("drill 1")], state: "satisfied" },
    {
      name: "of another App",
      criterion: ofActions,
      checks: [aCheck("drill 1", "success", "mallory")],
      state: "waiting",
    },
    { name: "of nobody's App", criterion: ofActions, checks: [aCheck("drill 1", "success", null)], state: "waiting" },
    {
      name: "skipped, where that will do",
      criterion: lenient,
      checks: [aCheck("drill", "skipped")],
      state: "satisfied",
    },
    {
      name: "neutral, where it will not",
      criterion: lenient,
      checks: [aCheck("drill", "neutral")],
      state: "must_change",
    },
  ])("$name → $state", ({ criterion, checks, state }) => {
    expect(judge(criterion, { checks }).state).toBe(state);
  });

  it("a list of checks that is not whole proves nothing green", () => {
    const incomplete = [{ what: "checks" as const, reason: "cut off" }];
    expect(judge(drill, { checks: [aCheck("drill (linux)")], incomplete }).state).toBe("error");
  });
});

describe("built-in measurements (G4)", () => {
  it.each<{ id: string; checks: CheckFact[]; state: string }>([
    { id: "vulnerability_analysis", checks: [], state: "waiting" },
    { id: "vulnerability_analysis", checks: [aCheck("lint")], state: "waiting" },
    {
      id: "vulnerability_analysis",
      checks: [aCheck("CodeQL", "success", "github-advanced-security")],
      state: "satisfied",
    },
    { id: "vulnerability_analysis", checks: [aCheck("Analyze (javascript-typescript)")], state: "satisfied" },
    { id: "vulnerability_analysis", checks: [aCheck("dependency-review")], state: "satisfied" },
    { id: "vulnerability_analysis", checks: [aCheck("Dependency Review")], state: "satisfied" },
    {
      id: "vulnerability_analysis",
      checks: [aCheck("Trivy", "success", "github-advanced-security")],
      state: "satisfied",
    },
    {
      id: "vulnerability_analysis",
      checks: [aCheck("Analyze (go)"), aCheck("CodeQL", "failure", "github-advanced-security")],
      state: "must_change",
    },
    { id: "test_coverage", checks: [aCheck("codecov/patch", "success", "codecov")], state: "satisfied" },
    { id: "test_coverage", checks: [aCheck("coverage/coveralls", "failure", null)], state: "must_change" },
    { id: "performance_baseline", checks: [aCheck("Benchmark (node 24)")], state: "satisfied" },
    { id: "performance_baseline", checks: [], state: "must_change" },
  ])("$id with $checks → $state", ({ id, checks, state }) => {
    expect(judge(id, { checks, reviews: [aReview("peer")] }).state).toBe(state);
  });

  it("where no scan reports, an approver attests it in the text of the approval", () => {
    const body = "Looks right.\n\n/holdpoint attest vulnerability_analysis";
    expect(judge("vulnerability_analysis", { reviews: [aReview("peer", { body })] }).state).toBe("satisfied");
  });

  it("a judgement that nobody is asked for is not made by nobody", () => {
    expect(judge("maintainability", {}, { approvals: 0 }).state).toBe("waiting");
  });
});

describe("/holdpoint evidence (G4)", () => {
  const given = (what: string) => `/holdpoint evidence rollback_plan ${what}`;
  const plan = "https://wiki.example.com/rollback";

  it.each<{ name: string; snapshot: Partial<Snapshot>; state: string; why?: string }>([
    { name: "a link by the author", snapshot: { comments: [aComment("author", given(plan))] }, state: "satisfied" },
    {
      name: "a sentence by the author",
      snapshot: { comments: [aComment("author", given("revert it; the old version reads the new rows"))] },
      state: "satisfied",
    },
    {
      name: "a link by somebody with write permission",
      snapshot: { comments: [aComment("sam", given(plan))] },
      state: "satisfied",
    },
    {
      name: "in the text of a review",
      snapshot: { reviews: [aReview("sam", { state: "commented", body: given(plan) })] },
      state: "satisfied",
    },
    {
      name: "in another case",
      snapshot: { comments: [aComment("author", `/Holdpoint Evidence ROLLBACK_PLAN ${plan}`)] },
      state: "satisfied",
    },
    {
      name: "before the newest push: as a section would, it stays",
      snapshot: { comments: [aComment("author", given(plan), { createdAt: ago(50) })] },
      state: "satisfied",
    },
    {
      name: "by an author without write permission",
      snapshot: { author: aPerson("stranger"), comments: [aComment("stranger", given(plan))] },
      state: "satisfied",
    },
    {
      name: "by a reader",
      snapshot: { comments: [aComment("reader", given(plan))] },
      state: "must_change",
      why: "not_entitled",
    },
    {
      name: "by a deleted account",
      snapshot: { comments: [{ ...aComment("sam", given(plan)), user: aPerson("ghost", "ghost") }] },
      state: "must_change",
    },
    { name: "by a bot", snapshot: { comments: [aComment("helper[bot]", given(plan))] }, state: "must_change" },
    {
      name: "by somebody whose permission is not known",
      snapshot: { comments: [aComment("somebody", given(plan))] },
      state: "error",
    },
    {
      name: "of another criterion",
      snapshot: { comments: [aComment("author", `/holdpoint evidence test_plan ${plan}`)] },
      state: "must_change",
    },
    { name: "in a quote", snapshot: { comments: [aComment("author", `> ${given(plan)}`)] }, state: "must_change" },
    {
      name: "edited",
      snapshot: { comments: [aComment("author", given(plan), { isEdited: true })] },
      state: "must_change",
      why: "edited",
    },
    {
      name: "too short",
      snapshot: { comments: [aComment("author", given("see above"))] },
      state: "must_change",
      why: "empty",
    },
    { name: "nothing", snapshot: { comments: [aComment("author", given(""))] }, state: "must_change", why: "empty" },
    {
      name: "too short, and then a link",
      snapshot: { comments: [aComment("author", given("soon")), aComment("author", given(plan))] },
      state: "satisfied",
    },
    {
      name: "a link, and then nothing: what was said stands",
      snapshot: { comments: [aComment("author", given(plan)), aComment("author", given("oops"))] },
      state: "satisfied",
    },
  ])("$name → $state", ({ snapshot, state, why }) => {
    const found = judge("rollback_plan", snapshot);
    expect(found.state).toBe(state);
    const refused = found.evidence.parts.flatMap((part) => part.refused ?? []);
    expect(refused.map((claim) => claim.why)).toEqual(why === undefined || state === "satisfied" ? [] : [why]);
  });

  it("counts for a criterion of one's own only where the policy says so", () => {
    const comments = [aComment("author", `/holdpoint evidence drill ${plan}`)];
    expect(judge({ id: "drill", evidence: { comment: true } }, { comments }).state).toBe("satisfied");
    expect(judge({ id: "drill", evidence: { section: "Drill" } }, { comments }).state).toBe("must_change");
    expect(judge("maintainability", { comments }).state).toBe("waiting");
  });

  it.each([
    { claim: "https://example.com/x", is: true },
    { claim: "see http://wiki/rollback", is: true },
    { claim: "#12", is: true },
    { claim: "acme/docs#12", is: true },
    { claim: "revert it and redeploy", is: true },
    { claim: "revert and redeploy", is: false },
    { claim: "", is: false },
    { claim: "https://", is: false },
    { claim: "<link or text>", is: false },
    { claim: "TODO: write down how it is done", is: false },
    { claim: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", is: false },
    { claim: "..............................", is: false },
    { claim: "`#12`", is: false },
  ])("`$claim` is evidence: $is", ({ claim, is }) => {
    expect(isEvidence(claim)).toBe(is);
  });
});

describe("/holdpoint attest (G4)", () => {
  const said = "/holdpoint attest rollback_plan";
  const own = (login: string) => ({ comments: [aComment(login, said)] });

  it.each<{ name: string; snapshot: Partial<Snapshot>; state: string; why: string[] }>([
    {
      name: "in a review that approves",
      snapshot: { reviews: [aReview("peer", { body: said })] },
      state: "satisfied",
      why: [],
    },
    {
      name: "in a review that comments",
      snapshot: { reviews: [aReview("peer", { state: "commented", body: said })] },
      state: "satisfied",
      why: [],
    },
    {
      name: "in a review that was dismissed",
      snapshot: { reviews: [aReview("peer", { state: "dismissed", body: said })] },
      state: "must_change",
      why: [],
    },
    {
      name: "in a review of an earlier head",
      snapshot: {
        reviews: [aReview("peer", { body: said, headAtSubmission: "c".repeat(40), commitSha: "c".repeat(40) })],
      },
      state: "must_change",
      why: ["stale"],
    },
    { name: "by the author", snapshot: own("author"), state: "must_change", why: ["excluded"] },
    { name: "by a reader", snapshot: own("reader"), state: "must_change", why: ["not_entitled"] },
    {
      name: "by an edited comment",
      snapshot: { comments: [aComment("peer", said, { isEdited: true })] },
      state: "must_change",
      why: ["edited"],
    },
    { name: "by a bot", snapshot: own("helper[bot]"), state: "must_change", why: [] },
    {
      name: "with words after it",
      snapshot: { comments: [aComment("peer", `${said} please`)] },
      state: "must_change",
      why: [],
    },
  ])("$name → $state", ({ snapshot, state, why }) => {
    const found = judge("rollback_plan", snapshot);
    expect(found.state).toBe(state);
    expect(found.evidence.parts.flatMap((part) => part.refused ?? []).map((claim) => claim.why)).toEqual(why);
  });
});

describe("evidence joined (G4)", () => {
  const section = { section: "Load" };
  const label = { label: "tested" };
  const approval = { approval: true as const };
  const body = "## Load\nMeasured at noon.";
  const labels = [{ name: "Tested", addedBy: null, addedAt: null }];

  it.each<{ name: string; evidence: object; snapshot: Partial<Snapshot>; state: string }>([
    { name: "all, and one is there", evidence: { all: [section, label] }, snapshot: { body }, state: "must_change" },
    {
      name: "all, and all are there",
      evidence: { all: [section, label] },
      snapshot: { body, labels },
      state: "satisfied",
    },
    { name: "any, and one is there", evidence: { any: [section, label] }, snapshot: { labels }, state: "satisfied" },
    {
      name: "nested, the inner one half",
      evidence: { any: [{ all: [section, label] }, { linked_issue: true }] },
      snapshot: { body },
      state: "must_change",
    },
    {
      name: "nested, the other way",
      evidence: { any: [{ all: [section, label] }, { linked_issue: true }] },
      snapshot: { body: "Closes #12" },
      state: "satisfied",
    },
    {
      name: "written, and the approval is missing",
      evidence: { all: [section, approval] },
      snapshot: { body },
      state: "waiting",
    },
    {
      name: "written and approved",
      evidence: { all: [section, approval] },
      snapshot: { body, reviews: [aReview("peer")] },
      state: "satisfied",
    },
  ])("$name → $state", ({ evidence, snapshot, state }) => {
    expect(judge({ id: "load", evidence: evidence as never }, snapshot).state).toBe(state);
  });
});

it.each([
  { body: "Closes #12", links: true },
  { body: "see acme/api#3", links: true },
  { body: "GH-7", links: true },
  { body: "(https://github.com/acme/api/issues/9)", links: true },
  { body: "Fixes:#12", links: true },
  { body: "<!-- Closes #123 -->", links: false },
  { body: "Closes #", links: false },
  { body: "Closes #0", links: false },
  { body: "`#12`", links: false },
  { body: "```\n#12\n```", links: false },
  { body: "color#123456789012", links: false },
])("`$body` links an issue: $links", ({ body, links }) => {
  expect(linksIssue(body)).toBe(links);
});

describe("whose permission is asked for because of evidence", () => {
  const listed = { approvals: { veto: { by: ["lead"] } }, roles: { lead: { users: ["lena"] } } };
  const ask = (criterion: Criterion, snapshot: Partial<Snapshot>) =>
    wantedDirectory(
      aDocument({
        ...listed,
        checkpoints: { release: { approver: "lead", criteria: [criterion] } },
        approval_workflows: { one: { approver: "lead" } },
      }).policy,
      aSnapshot({ ...snapshot, directory: { ...aSnapshot().directory, permissions: {} } }),
    )?.permissionsOf.map(({ login }) => login) ?? [];
  const evidence = "/holdpoint evidence rollback_plan https://example.com/plan";

  it.each<{ name: string; criterion: Criterion; snapshot: Partial<Snapshot>; asked: string[] }>([
    { name: "nobody spoke", criterion: "rollback_plan", snapshot: {}, asked: [] },
    {
      name: "the author gave it",
      criterion: "rollback_plan",
      snapshot: { comments: [aComment("author", evidence)] },
      asked: [],
    },
    {
      name: "somebody else gave it",
      criterion: "rollback_plan",
      snapshot: { comments: [aComment("sam", evidence)] },
      asked: ["sam"],
    },
    {
      name: "somebody chatted",
      criterion: "rollback_plan",
      snapshot: { comments: [aComment("sam", "nice")] },
      asked: [],
    },
    {
      name: "no criterion takes comments",
      criterion: "maintainability",
      snapshot: { comments: [aComment("sam", evidence)] },
      asked: [],
    },
  ])("$name → $asked", ({ criterion, snapshot, asked }) => {
    expect(ask(criterion, snapshot).filter((login) => login !== "lena")).toEqual(asked);
  });
});

it("an attestation outlasts a push that leaves the change as it was", () => {
  const before = "c".repeat(40);
  const same = { patchDigest: "one", pathDigests: {}, firstSeenAt: ago(9) };
  const input = anInput({
    policy: policyWith("rollback_plan"),
    snapshot: { reviews: [aReview("peer", { body: "/holdpoint attest rollback_plan", headAtSubmission: before })] },
  });
  const memory = { ...input.memory, heads: { [before]: same, [headSha]: same } };
  expect(decide({ ...input, memory }).state).toBe("approved");
});
