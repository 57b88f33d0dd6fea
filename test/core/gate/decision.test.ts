import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { withParts } from "../../../src/core/gate/requirements.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Comment, Review } from "../../../src/core/snapshot.ts";
import { aClassification, aComment, ago, aMemory, anInput, aPerson, aReview, headSha } from "../../support/builders.ts";

const revert = aClassification({ kinds: ["revert"] });
const policy: PolicyInput = { checkpoints: { rollback_decision: {} } };
const reason = "the new index locks the orders table";
const says = (login: string, words: string, hours = 1, more: Partial<Comment> = {}) =>
  aComment(login, `/holdpoint decide ${words}`, { createdAt: ago(hours), ...more });

interface Row {
  name: string;
  comments?: Comment[];
  reviews?: Review[];
  policy?: PolicyInput;
  state: string;
}

describe("/holdpoint decide (G13)", () => {
  it.each<Row>([
    { name: "nobody decided", state: "waiting" },
    { name: "a technical lead approved and decided nothing", reviews: [aReview("lena")], state: "waiting" },
    { name: "proceed, by a technical lead", comments: [says("lena", `proceed ${reason}`)], state: "approved" },
    { name: "partial, by a technical lead", comments: [says("lena", `PARTIAL: ${reason}`)], state: "approved" },
    { name: "abort, by a technical lead", comments: [says("lena", `abort ${reason}`)], state: "must_change" },
    {
      name: "abort after proceed",
      comments: [says("lena", `proceed ${reason}`, 3), says("lena", `abort ${reason}`, 2)],
      state: "must_change",
    },
    {
      name: "proceed after abort",
      comments: [says("lena", `abort ${reason}`, 3), says("lena", `proceed ${reason}`, 2)],
      state: "approved",
    },
    {
      name: "proceed, then abort by somebody who may not",
      comments: [says("lena", `proceed ${reason}`, 3), says("nils", `abort ${reason}`, 2)],
      state: "approved",
    },
    { name: "no choice", comments: [says("lena", reason)], state: "waiting" },
    { name: "no rationale", comments: [says("lena", "proceed")], state: "waiting" },
    { name: "a rationale of 19 characters", comments: [says("lena", `proceed ${"x".repeat(19)}`)], state: "waiting" },
    { name: "a rationale of 20 characters", comments: [says("lena", `proceed ${"x".repeat(20)}`)], state: "approved" },
    { name: "by a peer", comments: [says("peer", `proceed ${reason}`)], state: "waiting" },
    {
      name: "by somebody whose role was not read",
      comments: [says("new-person", `proceed ${reason}`)],
      state: "error",
    },
    {
      name: "by an edited comment",
      comments: [says("lena", `proceed ${reason}`, 1, { isEdited: true })],
      state: "waiting",
    },
    { name: "before the last push", comments: [says("lena", `proceed ${reason}`, 60)], state: "waiting" },
    {
      name: "before the last push, where approvals stay",
      comments: [says("lena", `proceed ${reason}`, 60)],
      policy: { ...policy, approvals: { freshness: "sticky" } },
      state: "approved",
    },
    {
      name: "in a review",
      reviews: [aReview("lena", { state: "commented", body: `/holdpoint decide proceed ${reason}` })],
      state: "approved",
    },
    {
      name: "by whoever is on call, as the policy maps it",
      comments: [says("otto", `proceed ${reason}`)],
      reviews: [aReview("lena")],
      policy: { ...policy, roles: { on_call: { users: ["otto"] } } },
      state: "approved",
    },
    {
      name: "by one on call whom nobody mapped",
      comments: [says("otto", `proceed ${reason}`)],
      reviews: [aReview("lena")],
      state: "waiting",
    },
    {
      name: "by the approver that the checkpoint names",
      comments: [says("sam", `proceed ${reason}`)],
      policy: { checkpoints: { rollback_decision: { approver: "security_team" } } },
      state: "approved",
    },
    {
      name: "one decision where two approvals are asked for",
      comments: [says("sam", `proceed ${reason}`)],
      policy: { checkpoints: { rollback_decision: { approver: "security_team", approvals: 2 } } },
      state: "waiting",
    },
    {
      name: "a checkpoint that takes an approval for an answer",
      reviews: [aReview("lena")],
      policy: { checkpoints: { rollback_decision: { decision: "none" } } },
      state: "approved",
    },
    {
      name: "another checkpoint that asks for a decision",
      reviews: [aReview("lena")],
      policy: { checkpoints: { release: { approver: "technical_lead", decision: "required" } } },
      state: "waiting",
    },
    {
      name: "another checkpoint that was decided",
      comments: [says("lena", `proceed ${reason}`)],
      policy: { checkpoints: { release: { approver: "technical_lead", decision: "required" } } },
      state: "approved",
    },
  ])("$name → $state", ({ comments = [], reviews = [], state, ...row }) => {
    const peer = aReview("peer");
    const input = anInput({
      policy: row.policy ?? policy,
      classification: revert,
      snapshot: { comments, reviews: [peer, ...reviews] },
    });
    expect(decide(input).state).toBe(state);
  });

  it("the author of the revert does not decide about it", () => {
    const snapshot = {
      author: aPerson("lena"),
      comments: [says("lena", `proceed ${reason}`)],
      reviews: [aReview("peer")],
    };
    expect(decide(anInput({ policy, classification: revert, snapshot })).state).toBe("waiting");
  });

  it("a change that takes nothing back waits for no decision", () => {
    expect(decide(anInput({ policy, snapshot: { reviews: [aReview("peer")] } })).state).toBe("approved");
  });

  it("one whose comment was deleted stands", () => {
    const commands = [{ commentId: 9, person: aPerson("lena"), at: ago(1), text: `decide abort ${reason}`, headSha }];
    const input = anInput({ policy, classification: revert, memory: aMemory({ commands }) });
    expect(decide(input).state).toBe("must_change");
  });

  it("says who decided what, and why", () => {
    const snapshot = { comments: [says("lena", `partial - ${reason}`)] };
    const { requirements } = decide(anInput({ policy, classification: revert, snapshot }));
    const decision = [...withParts(requirements)].find(({ kind }) => kind === "decision");
    expect(decision).toMatchObject({
      name: "rollback_decision",
      code: "HP-D02",
      roles: ["technical_lead"],
      decision: { choice: "partial", person: aPerson("lena"), rationale: reason },
    });
  });
});
