import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { openRequirements } from "../../../src/core/gate/open-requirements.ts";
import type { Requirement } from "../../../src/core/gate/verdict.ts";
import { aClassification, aComment, aFinding, ago, aPerson, aReview, aSnapshot } from "../../support/builders.ts";
import { aGrant, aLabel, anEmergency, type Emergency, emergency } from "../../support/bypass.ts";

const strict = {
  ...emergency,
  checkpoints: {
    security_review: { approver: "security_team", criteria: ["rollback_plan"] },
    release: { approver: "technical_lead" },
    advice: { required: false, approver: "peer" },
  },
};
const security = aClassification({ findings: [aFinding("security")] });

function under(scope: "all" | string[], given: Emergency = {}) {
  const memory = { bypasses: [aGrant({ scope })] };
  const snapshot = { labels: [aLabel()], ...given.snapshot };
  return decide(anEmergency({ policy: strict, classification: security, ...given, memory, snapshot }));
}

function stateOf(verdict: ReturnType<typeof decide>): Record<string, string> {
  return Object.fromEntries(verdict.requirements.map(({ name, state }) => [name, state]));
}

describe("what a bypass lets pass (B1)", () => {
  it("is everything that is open, where it is for all, and each thing says so", () => {
    const verdict = under("all", { snapshot: { reviews: [aReview("lena")] } });
    expect(stateOf(verdict)).toEqual({
      review: "satisfied",
      security_review: "bypassed",
      release: "satisfied",
      advice: "satisfied",
    });
    expect(verdict).toMatchObject({ state: "bypassed", isOpen: true });
    const checkpoint = verdict.requirements.find(({ name }) => name === "security_review");
    expect(checkpoint).toMatchObject({
      opening: { kind: "bypass", grant: { issue: { number: 412 } } },
      parts: [
        { kind: "approvals", state: "bypassed", code: "HP-W01" },
        { kind: "criterion", state: "bypassed", code: "HP-E02" },
      ],
    });
  });

  it("is one checkpoint alone, where it names it", () => {
    const verdict = under(["security_review"]);
    expect(stateOf(verdict)).toEqual({
      review: "waiting",
      security_review: "bypassed",
      release: "waiting",
      advice: "waiting",
    });
    expect(verdict).toMatchObject({ state: "waiting", isOpen: false });
  });

  it("opens the gate by one checkpoint where that was all that was open", () => {
    const reviews = [aReview("lena"), aReview("peer")];
    expect(under(["security_review"], { snapshot: { reviews } })).toMatchObject({ state: "bypassed", isOpen: true });
  });

  it("takes in objections, holds and decisions against it", () => {
    const verdict = under("all", {
      snapshot: {
        reviews: [aReview("sam", { state: "changes_requested" })],
        comments: [aComment("peer", "/holdpoint hold until legal agrees", { createdAt: ago(2) })],
      },
    });
    const said = verdict.requirements.filter(({ kind }) => kind === "objection" || kind === "hold");
    expect(said.map(({ state }) => state)).toEqual(["bypassed", "bypassed"]);
    expect(verdict.isOpen).toBe(true);
  });

  it("never is what the policy keeps closed", () => {
    const policy = { ...strict, bypass: { emergency: { never: ["release"] } } };
    const verdict = under("all", { policy });
    expect(stateOf(verdict)).toMatchObject({ security_review: "bypassed", release: "waiting" });
    expect(verdict).toMatchObject({ state: "waiting", isOpen: false });
  });

  it("never is what could not be read", () => {
    const roles = { ...emergency.roles, security_team: { teams: ["acme/gone"] } };
    const directory = { ...aSnapshot().directory, teams: { "acme/gone": { kind: "missing" as const } } };
    const verdict = under("all", { policy: { ...strict, roles }, snapshot: { directory } });
    expect(stateOf(verdict)).toMatchObject({ security_review: "error", review: "bypassed" });
    expect(verdict).toMatchObject({ state: "error", isOpen: false });
  });

  it("never is a commit of an unknown author, where the policy refuses those", () => {
    const policy = { ...strict, approvals: { unknown_contributor: "block" as const } };
    const unknown = { account: null, name: "x", email: "x@example.com" };
    const commits = [{ ...anEmergency().snapshot.commits[0], author: unknown }].filter((one) => "sha" in one);
    const verdict = under("all", { policy, snapshot: { commits: commits as never } });
    expect(verdict).toMatchObject({ state: "must_change", isOpen: false });
  });

  it("leaves what is met and what does not hold as it is", () => {
    const verdict = under("all", { snapshot: { reviews: [aReview("peer")] } });
    expect(stateOf(verdict)).toMatchObject({ review: "satisfied" });
    expect(verdict.requirements.find(({ name }) => name === "advice")).toMatchObject({
      state: "satisfied",
      opening: null,
    });
    expect(stateOf(under("all"))).toMatchObject({ advice: "waiting" });
  });

  it("is nothing where all is met: the gate is approved, not bypassed", () => {
    const verdict = under("all", { policy: emergency, snapshot: { reviews: [aReview("peer")] } });
    expect(verdict).toMatchObject({ state: "approved", isOpen: true });
  });
});

it("names the first of several openings that cover the same", () => {
  const hold: Requirement = {
    ...{ kind: "hold", id: "hold", name: "sam", state: "must_change", code: "HP-H01", holds: true, line: null },
    ...{ opening: null, person: aPerson("sam"), at: ago(1), reason: "" },
  };
  const window = { kind: "window" as const, name: "db-upgrade", until: ago(-1) };
  const stand = { kind: "test_branch" as const, pattern: "sandbox/**" };
  const openings = [
    { opening: window, scope: ["release"] },
    { opening: stand, scope: "all" as const },
  ];
  expect(openRequirements([hold], openings, [])).toMatchObject([{ state: "bypassed", opening: stand }]);
  expect(openRequirements([hold], [], [])).toEqual([hold]);
});
