import { describe, expect, it } from "vitest";
import { conditionsInReview } from "../../../../src/core/gate/commands/conditions-in-review.ts";
import { heardCommands, newCommands } from "../../../../src/core/gate/commands/heard-commands.ts";
import { aComment, ago, aPerson, aReview } from "../../../support/builders.ts";

const nobody = { commands: [] };
const remembered = (comment: ReturnType<typeof aComment>, text: string) => ({
  commands: [{ commentId: comment.id, person: comment.user, at: comment.createdAt, text, headSha: "h" }],
});

describe("what is heard", () => {
  const hold = aComment("peer", "/holdpoint hold for legal");
  it.each([
    { name: "a command in a comment", comments: [hold], memory: nobody, rests: ["for legal"] },
    {
      name: "one whose comment was deleted",
      comments: [],
      memory: remembered(hold, "hold for legal"),
      rests: ["for legal"],
    },
    {
      name: "one that is both there and remembered, once",
      comments: [hold],
      memory: remembered(hold, "hold for legal"),
      rests: ["for legal"],
    },
    {
      name: "one that was edited, as it was when it was met",
      comments: [{ ...hold, body: "never mind", isEdited: true }],
      memory: remembered(hold, "hold for legal"),
      rests: ["for legal"],
    },
    {
      name: "two commands of one comment, in the order of their lines",
      comments: [aComment("peer", "/holdpoint hold one\n/holdpoint hold two")],
      memory: nobody,
      rests: ["one", "two"],
    },
    { name: "nothing of a bot", comments: [aComment("helper[bot]", "/holdpoint hold")], memory: nobody, rests: [] },
    { name: "nothing of another kind", comments: [aComment("peer", "/holdpoint recheck")], memory: nobody, rests: [] },
  ])("$name", ({ comments, memory, rests }) => {
    const heard = heardCommands({ comments, reviews: [] }, memory, ["hold"]);
    expect(heard.map(({ rest }) => rest)).toEqual(rests);
  });

  it("a comment and a review of the same number are two", () => {
    const comment = aComment("peer", "/holdpoint hold");
    const review = aReview("sam", { id: comment.id, body: "/holdpoint hold", state: "commented" });
    const heard = heardCommands({ comments: [comment], reviews: [review] }, remembered(comment, "hold"), ["hold"]);
    expect(heard.map(({ person }) => person.login).sort()).toEqual(["peer", "sam"]);
  });

  it("a review that was dismissed before it was met says nothing; one met before is not undone by it", () => {
    const review = aReview("sam", { state: "dismissed", body: "/holdpoint hold" });
    const memory = {
      commands: [{ commentId: review.id, person: review.user, at: review.submittedAt, text: "hold", headSha: "h" }],
    };
    expect(heardCommands({ comments: [], reviews: [review] }, nobody, ["hold"])).toEqual([]);
    expect(heardCommands({ comments: [], reviews: [review] }, memory, ["hold"])).toHaveLength(1);
  });
});

describe("what is remembered", () => {
  it.each([
    { name: "a hold with its reason", body: "/holdpoint hold for legal", texts: ["hold for legal"] },
    { name: "the alias under its own verb", body: "/holdpoint hold cancel", texts: ["unhold"] },
    {
      name: "conditions with their list",
      body: "/holdpoint conditions\n1. a test\n2. [x] a note\n",
      texts: ["conditions\n- a test\n- [x] a note"],
    },
    { name: "nothing that is only asked", body: "/holdpoint explain", texts: [] },
  ])("$name", ({ body, texts }) => {
    const comment = aComment("peer", body);
    const fresh = newCommands({ comments: [comment], reviews: [] }, nobody, () => "h");
    expect(fresh.map(({ text }) => text)).toEqual(texts);
    expect(newCommands({ comments: [comment], reviews: [] }, { commands: fresh }, () => "h")).toEqual([]);
  });

  it("nothing of a comment that was edited before it was met", () => {
    const comment = aComment("peer", "/holdpoint hold", { isEdited: true });
    expect(newCommands({ comments: [comment], reviews: [] }, nobody, () => "h")).toEqual([]);
  });

  it("who, when, and an unknown head where nothing proves which it was", () => {
    const comment = aComment("peer", "/holdpoint hold", { createdAt: ago(3) });
    expect(newCommands({ comments: [comment], reviews: [] }, nobody, () => null)).toEqual([
      { commentId: comment.id, person: aPerson("peer"), at: ago(3), text: "hold", headSha: "unknown" },
    ]);
  });
});

it.each([
  { body: "Conditions:\n- [ ] a test\n- [x] a note", items: ["a test", "a note"] },
  { body: "Fine.\n\n## Conditions\n\n* [ ] a test\n  that fails\n\nThanks", items: ["a test that fails"] },
  { body: "**Conditions:**\n1. [ ] a test", items: ["a test"] },
  { body: "Conditions:\n- a test", items: [] },
  { body: "> Conditions:\n> - [ ] a test", items: [] },
  { body: "The conditions are good\n- [ ] a test", items: [] },
])("the conditions in the review $body", ({ body, items }) => {
  expect(conditionsInReview(body).map(({ text }) => text)).toEqual(items);
});
