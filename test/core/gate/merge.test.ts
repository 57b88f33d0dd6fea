import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { decideMerge } from "../../../src/core/gate/merge.ts";
import type { Effect, Requirement } from "../../../src/core/gate/verdict.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Snapshot } from "../../../src/core/snapshot.ts";
import { ago, anInput, aPerson, aReview, headSha } from "../../support/builders.ts";
import { aGrant, aLabel, anEmergency, emergency } from "../../support/bypass.ts";

const merging = { approver: "peer", process: ["automated_review_request", "approval_or_changes", "automated_merge"] };
const approved = { reviews: [aReview("peer")] };
const byApp = { enabledBy: aPerson("holdpoint[bot]") };
const byMaria = { enabledBy: aPerson("maria") };

function effectsOf(policy: PolicyInput, snapshot: Partial<Snapshot>): Effect[] {
  const { effects } = decide(anInput({ policy: { approval_workflows: { review: merging }, ...policy }, snapshot }));
  return effects.filter(({ kind }) => kind !== "request_reviewers");
}

const merge = { kind: "merge", headSha, method: "merge", updateBranch: false, trailers: [] };
const disarm = { kind: "disarm_auto_merge" };

describe("merging by itself (G9)", () => {
  const cases: { name: string; policy?: PolicyInput; snapshot: Partial<Snapshot>; effects: unknown[] }[] = [
    { name: "approved", snapshot: approved, effects: [merge] },
    { name: "not approved", snapshot: {}, effects: [] },
    {
      name: "the process does not say so",
      policy: { approval_workflows: { review: { approver: "peer" } } },
      snapshot: approved,
      effects: [],
    },
    {
      name: "another workflow's process says so",
      policy: { approval_workflows: { review: { approver: "peer" }, other: merging } },
      snapshot: approved,
      effects: [],
    },
    {
      name: "by another method",
      policy: { merge: { method: "squash", update_branch: true } },
      snapshot: approved,
      effects: [{ ...merge, method: "squash", updateBranch: true }],
    },
    { name: "a draft", snapshot: { ...approved, isDraft: true }, effects: [] },
    { name: "closed", snapshot: { ...approved, state: "closed" }, effects: [] },
    { name: "merged", snapshot: { ...approved, state: "merged" }, effects: [] },
    { name: "a local range", snapshot: { ...approved, number: null }, effects: [] },
    { name: "in the merge queue already", snapshot: { ...approved, isInMergeQueue: true }, effects: [] },
    { name: "auto-merge is on already", snapshot: { ...approved, autoMerge: byMaria }, effects: [] },
    { name: "the policy only observes", policy: { mode: "observe" }, snapshot: approved, effects: [] },
    {
      name: "the workflow only observes",
      policy: { approval_workflows: { review: { ...merging, mode: "observe" } } },
      snapshot: approved,
      effects: [],
    },
    {
      name: "something could not be read",
      snapshot: { ...approved, incomplete: [{ what: "files", reason: "cut" }] },
      effects: [],
    },
    {
      name: "somebody objects",
      snapshot: { reviews: [aReview("peer"), aReview("sam", { state: "changes_requested" })] },
      effects: [],
    },
  ];
  it.each(cases)("$name → $effects", ({ policy = {}, snapshot, effects }) => {
    expect(effectsOf(policy, snapshot)).toEqual(effects);
  });
});

describe("auto-merge that was armed before (T57)", () => {
  const objected = { reviews: [aReview("peer"), aReview("sam", { state: "changes_requested" })] };
  const cases: { name: string; policy?: PolicyInput; snapshot: Partial<Snapshot>; effects: unknown[] }[] = [
    { name: "a person's, still waiting: it waits with the gate", snapshot: { autoMerge: byMaria }, effects: [] },
    { name: "ours, no longer approved", snapshot: { autoMerge: byApp }, effects: [disarm] },
    {
      name: "a bot's, where the policy merges nothing itself",
      policy: { approval_workflows: { review: { approver: "peer" } } },
      snapshot: { autoMerge: byApp },
      effects: [],
    },
    { name: "a person's, somebody objects", snapshot: { ...objected, autoMerge: byMaria }, effects: [disarm] },
    { name: "ours, somebody objects", snapshot: { ...objected, autoMerge: byApp }, effects: [disarm] },
    {
      name: "of a deleted account, somebody objects",
      snapshot: { ...objected, autoMerge: { enabledBy: null } },
      effects: [disarm],
    },
    {
      name: "somebody objects and the policy only observes",
      policy: { mode: "observe" },
      snapshot: { ...objected, autoMerge: byMaria },
      effects: [],
    },
    { name: "somebody objects and nothing is armed", snapshot: objected, effects: [] },
    { name: "approved", snapshot: { ...approved, autoMerge: byApp }, effects: [] },
  ];
  it.each(cases)("$name → $effects", ({ policy = {}, snapshot, effects }) => {
    expect(effectsOf(policy, snapshot)).toEqual(effects);
  });

  const base = { id: "x", name: "x", holds: true, line: null, opening: null, person: aPerson("sam"), at: ago(1) };
  const said: { name: string; requirement: Requirement; effects: unknown[] }[] = [
    {
      name: "on hold",
      requirement: { ...base, kind: "hold", state: "must_change", code: "HP-H01", reason: "" },
      effects: [disarm],
    },
    {
      name: "a decision is awaited",
      requirement: { ...base, kind: "decision", state: "waiting", code: "HP-D01", decision: null, roles: [] },
      effects: [disarm],
    },
    {
      name: "decided to proceed",
      requirement: { ...base, kind: "decision", state: "satisfied", code: "HP-D02", decision: null, roles: [] },
      effects: [],
    },
    {
      name: "conditions are open",
      requirement: { ...base, kind: "open_conditions", state: "waiting", code: "HP-A01", items: [], unmet: "hold" },
      effects: [],
    },
  ];
  it.each(said)("a person's, $name → $effects", ({ requirement, effects }) => {
    const input = anInput({ policy: { approval_workflows: { review: merging } }, snapshot: { autoMerge: byMaria } });
    const verdict = { state: "waiting", isObserved: false, workflow: "review", requirements: [requirement] } as const;
    expect(decideMerge({ ...verdict, requirements: [requirement] }, input)).toEqual(effects);
  });
});

describe("the trace that a bypass leaves (B1)", () => {
  it("is a trailer of what Holdpoint merges, once for each opening", () => {
    const input = anEmergency({
      policy: { ...emergency, approval_workflows: { review: { approver: "peer", process: ["automated_merge"] } } },
      memory: { bypasses: [aGrant()] },
      snapshot: { labels: [aLabel()] },
    });
    expect(decide(input).effects).toEqual([
      { ...merge, trailers: ["Holdpoint-Bypass: #412 production_issue by otto"] },
    ]);
  });

  it("is none where everything was met", () => {
    const input = anInput({
      policy: { approval_workflows: { review: merging } },
      snapshot: { reviews: [aReview("sam")] },
    });
    expect(decide(input).effects).toEqual([merge]);
  });
});
