import { describe, expect, it } from "vitest";
import { openConditions, traceConditions } from "../../../src/core/gate/approval-conditions.ts";
import { decide } from "../../../src/core/gate/decide.ts";
import type { PolicyInput } from "../../../src/core/policy/schema.ts";
import type { Comment, Review } from "../../../src/core/snapshot.ts";
import { aComment, ago, aMemory, anInput, aPerson, aReview } from "../../support/builders.ts";

const policy: PolicyInput = {
  approval_workflows: {
    expert_review: { approver: "senior_developer", process: ["detailed_review", "approval_with_conditions"] },
  },
};
const list = "/holdpoint conditions\n1. a test\n2. a note\n";
const said = (login: string, body: string, hours: number, more: Partial<Comment> = {}) =>
  aComment(login, body, { createdAt: ago(hours), ...more });
const approval = aReview("mona", { submittedAt: ago(6) });

interface Row {
  name: string;
  comments?: Comment[];
  reviews?: Review[];
  policy?: PolicyInput;
  state: string;
}

describe("approval with conditions (G8)", () => {
  it.each<Row>([
    { name: "an approval without any", state: "approved" },
    { name: "a list by the reviewer", comments: [said("mona", list, 5)], state: "waiting" },
    { name: "a list by another who may approve", comments: [said("lena", list, 5)], state: "waiting" },
    { name: "a list by somebody whose role was not read", comments: [said("new-person", list, 5)], state: "waiting" },
    { name: "a list by somebody who may not approve", comments: [said("nils", list, 5)], state: "approved" },
    { name: "a list by the author", comments: [said("author", list, 5)], state: "approved" },
    {
      name: "no list below the command",
      comments: [said("mona", "/holdpoint conditions\nthat it works", 5)],
      state: "approved",
    },
    { name: "a list where the process knows none", comments: [said("mona", list, 5)], policy: {}, state: "approved" },
    {
      name: "a list where the policy lets every approval have one",
      comments: [said("nils", list, 5)],
      reviews: [aReview("peer")],
      policy: { approvals: { conditions: true } },
      state: "waiting",
    },
    {
      name: "a list where the policy wants none, whatever the process says",
      comments: [said("mona", list, 5)],
      policy: { ...policy, approvals: { conditions: false } },
      state: "approved",
    },
    { name: "a list given before the last push", comments: [said("mona", list, 60)], state: "waiting" },
    {
      name: "one of two met",
      comments: [said("mona", list, 5), said("mona", "/holdpoint conditions met 1", 4)],
      state: "waiting",
    },
    {
      name: "both met",
      comments: [said("mona", list, 5), said("mona", "/holdpoint conditions met 1, 2", 4)],
      state: "approved",
    },
    {
      name: "both met one after the other",
      comments: [
        said("mona", list, 5),
        said("mona", "/holdpoint conditions met 2", 4),
        said("mona", "/holdpoint conditions met #1", 3),
      ],
      state: "approved",
    },
    {
      name: "all met",
      comments: [said("mona", list, 5), said("mona", "/holdpoint conditions met all", 4)],
      state: "approved",
    },
    {
      name: "all met, said before the list",
      comments: [said("mona", "/holdpoint conditions met all", 6), said("mona", list, 5)],
      state: "waiting",
    },
    {
      name: "a number too high",
      comments: [said("mona", list, 5), said("mona", "/holdpoint conditions met 1 2 3", 4)],
      state: "waiting",
    },
    {
      name: "met, says another holder of the role",
      comments: [said("mona", list, 5), said("lena", "/holdpoint conditions met all", 4)],
      state: "approved",
    },
    {
      name: "met, says somebody without the role",
      comments: [said("mona", list, 5), said("nils", "/holdpoint conditions met all", 4)],
      state: "waiting",
    },
    {
      name: "met, says somebody whose role was not read",
      comments: [said("mona", list, 5), said("new-person", "/holdpoint conditions met all", 4)],
      state: "waiting",
    },
    {
      name: "met, says the author",
      comments: [said("mona", list, 5), said("author", "/holdpoint conditions met all", 4)],
      state: "waiting",
    },
    {
      name: "met, by an edited comment",
      comments: [
        said("mona", list, 5),
        said("mona", "/holdpoint conditions met all", 4, { isEdited: true, editedBy: aPerson("mona") }),
      ],
      state: "waiting",
    },
    {
      name: "two lists and nobody named",
      comments: [said("mona", list, 5), said("lena", list, 4), said("lena", "/holdpoint conditions met all", 3)],
      state: "waiting",
    },
    {
      name: "two lists, each met by its reviewer",
      comments: [
        said("mona", list, 5),
        said("lena", list, 4),
        said("lena", "/holdpoint conditions met all", 3),
        said("mona", "/holdpoint conditions met all", 2),
      ],
      state: "approved",
    },
    {
      name: "two lists, both met by one, the other's by name",
      comments: [
        said("mona", list, 5),
        said("lena", list, 4),
        said("lena", "/holdpoint conditions met all", 3),
        said("lena", "/holdpoint conditions met @mona all", 2),
      ],
      state: "approved",
    },
    {
      name: "a newer list after the older was met",
      comments: [
        said("mona", list, 5),
        said("mona", "/holdpoint conditions met all", 4),
        said("mona", "/holdpoint conditions\n- another", 3),
      ],
      state: "waiting",
    },
    {
      name: "boxes ticked at once",
      comments: [said("mona", "/holdpoint conditions\n- [x] a test", 5)],
      state: "approved",
    },
    {
      name: "boxes ticked by the reviewer",
      comments: [
        said("mona", "/holdpoint conditions\n- [x] a test\n- [X] a note", 5, {
          isEdited: true,
          editedBy: aPerson("mona"),
        }),
      ],
      state: "approved",
    },
    {
      name: "a list that somebody else edited before it was met",
      comments: [
        said("mona", "/holdpoint conditions\n- [x] a test\n- [x] a note", 5, {
          isEdited: true,
          editedBy: aPerson("author"),
        }),
      ],
      state: "approved",
    },
    {
      name: "left to issues by the reviewer",
      comments: [said("mona", list, 5), said("mona", "/holdpoint conditions track", 4)],
      state: "approved",
    },
    {
      name: "left to issues by another",
      comments: [said("mona", list, 5), said("lena", "/holdpoint conditions track", 4)],
      state: "waiting",
    },
    {
      name: "left to issues by the policy",
      comments: [said("mona", list, 5)],
      policy: { ...policy, approvals: { open_conditions: "track" } },
      state: "approved",
    },
    {
      name: "a task list in the approving review",
      reviews: [aReview("mona", { body: "Conditions:\n- [ ] a test" })],
      state: "waiting",
    },
    {
      name: "a plain list in the approving review",
      reviews: [aReview("mona", { body: "Conditions:\n- a test" })],
      state: "approved",
    },
    { name: "the command in the approving review", reviews: [aReview("mona", { body: list })], state: "waiting" },
    {
      name: "a task list in a review that only comments",
      reviews: [approval, aReview("mona", { state: "commented", body: "Conditions:\n- [ ] a test" })],
      state: "approved",
    },
  ])("$name → $state", ({ comments = [], reviews = [approval], state, ...row }) => {
    expect(decide(anInput({ policy: row.policy ?? policy, snapshot: { comments, reviews } })).state).toBe(state);
  });

  const comment = said("mona", "/holdpoint conditions\n- [ ] a test\n- [ ] a note", 5);
  const commands = [
    {
      commentId: comment.id,
      person: comment.user,
      at: comment.createdAt,
      text: "conditions\n- [ ] a test\n- [ ] a note",
      headSha: "unknown",
    },
  ];
  const ticked = "/holdpoint conditions\n- [x] a test\n- [x] a note";
  const edited = (body: string, by: string) => [{ ...comment, body, isEdited: true, editedBy: aPerson(by) }];
  it.each([
    { name: "its comment was deleted", comments: [], open: 2 },
    { name: "the reviewer ticked all", comments: edited(ticked, "mona"), open: 0 },
    { name: "somebody else ticked all", comments: edited(ticked, "author"), open: 2 },
    { name: "GitHub does not tell who ticked them", comments: [{ ...comment, body: ticked, isEdited: true }], open: 2 },
    { name: "the reviewer took one out", comments: edited("/holdpoint conditions\n- [x] a test", "mona"), open: 1 },
    { name: "somebody else took them out", comments: edited("fine", "author"), open: 2 },
  ])("a list that was met before, and $name → $open open", ({ comments, open }) => {
    const snapshot = { comments, reviews: [approval] };
    const verdict = decide(anInput({ policy, snapshot, memory: aMemory({ commands }) }));
    expect(openConditions(verdict)).toHaveLength(open);
    expect(verdict.state).toBe(open === 0 ? "approved" : "waiting");
  });

  it("what is left over is told by number, for the issues that follow the merge", () => {
    const comments = [
      said("mona", list, 5),
      said("mona", "/holdpoint conditions met 1", 4),
      said("mona", "/holdpoint conditions track", 3),
    ];
    expect(openConditions(decide(anInput({ policy, snapshot: { comments, reviews: [approval] } })))).toEqual([
      { person: aPerson("mona"), at: ago(5), number: 2, text: "a note" },
    ]);
  });

  it.each([
    { by: "mona", body: "/holdpoint conditions met", kind: "malformed" },
    { by: "mona", body: "/holdpoint conditions met soon", kind: "malformed" },
    { by: "mona", body: "/holdpoint conditions met 9", kind: "no_such_number" },
    { by: "lena", body: "/holdpoint conditions track", kind: "no_list" },
    { by: "lena", body: "/holdpoint conditions met @nils 1", kind: "no_list" },
    { by: "nils", body: "/holdpoint conditions met all", kind: "not_an_approver" },
    { by: "mona", body: "/holdpoint conditions met 1", kind: "met" },
    { by: "mona", body: "/holdpoint conditions track", kind: "tracked" },
  ])("$by: $body is answered as $kind", ({ by, body, kind }) => {
    const input = anInput({
      policy,
      snapshot: { comments: [said("mona", list, 5), said(by, body, 4)], reviews: [approval] },
    });
    const { events } = traceConditions(decide(input).requirements, input);
    expect(events.at(-1)?.outcome.kind).toBe(kind);
  });
});
