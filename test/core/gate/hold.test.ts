import { describe, expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { traceHolds } from "../../../src/core/gate/hold.ts";
import { aComment, ago, aMemory, anInput, aPerson, aReview, aSnapshot } from "../../support/builders.ts";

const approved = { reviews: [aReview("peer")] };
const by = (login: string, body: string, hours: number) => aComment(login, body, { createdAt: ago(hours) });

describe("/holdpoint hold (G8)", () => {
  it.each([
    { name: "nobody asked for one", said: [], state: "approved" },
    { name: "somebody with write permission", said: [by("nils", "/holdpoint hold", 3)], state: "must_change" },
    { name: "the author", said: [by("author", "/holdpoint hold", 3)], state: "must_change" },
    { name: "somebody who may only read", said: [by("reader", "/holdpoint hold", 3)], state: "approved" },
    { name: "somebody who is nobody here", said: [by("stranger", "/holdpoint hold", 3)], state: "approved" },
    {
      name: "somebody whose permission was not read",
      said: [by("new-person", "/holdpoint hold", 3)],
      state: "must_change",
    },
    { name: "a bot", said: [by("helper[bot]", "/holdpoint hold", 3)], state: "approved" },
    { name: "in a quote", said: [by("nils", "> /holdpoint hold", 3)], state: "approved" },
    { name: "by an edit", said: [aComment("nils", "/holdpoint hold", { isEdited: true })], state: "approved" },
    { name: "before the last push", said: [by("nils", "/holdpoint hold", 50)], state: "must_change" },
    {
      name: "lifted by who asked",
      said: [by("nils", "/holdpoint hold", 3), by("nils", "/holdpoint unhold", 2)],
      state: "approved",
    },
    {
      name: "lifted as Prow does",
      said: [by("nils", "/holdpoint hold", 3), by("nils", "/holdpoint hold cancel", 2)],
      state: "approved",
    },
    {
      name: "lifted and asked for again",
      said: [by("nils", "/holdpoint hold", 3), by("nils", "/holdpoint unhold", 2), by("nils", "/holdpoint hold", 1)],
      state: "must_change",
    },
    {
      name: "lifted beforehand",
      said: [by("nils", "/holdpoint unhold", 4), by("nils", "/holdpoint hold", 3)],
      state: "must_change",
    },
    {
      name: "lifted by a maintainer",
      said: [by("nils", "/holdpoint hold", 3), by("mona", "/holdpoint unhold", 2)],
      state: "approved",
    },
    {
      name: "lifted by an admin",
      said: [by("nils", "/holdpoint hold", 3), by("lena", "/holdpoint unhold", 2)],
      state: "approved",
    },
    {
      name: "lifted by another with write permission",
      said: [by("nils", "/holdpoint hold", 3), by("sam", "/holdpoint unhold", 2)],
      state: "must_change",
    },
    {
      name: "lifted by the author, who did not ask for it",
      said: [by("nils", "/holdpoint hold", 3), by("author", "/holdpoint unhold", 2)],
      state: "must_change",
    },
    {
      name: "lifted by somebody whose permission was not read",
      said: [by("nils", "/holdpoint hold", 3), by("new-person", "/holdpoint unhold", 2)],
      state: "must_change",
    },
    {
      name: "one of two lifted by its holder",
      said: [by("nils", "/holdpoint hold", 4), by("sam", "/holdpoint hold", 3), by("sam", "/holdpoint unhold", 2)],
      state: "must_change",
    },
    {
      name: "both lifted by a maintainer",
      said: [by("nils", "/holdpoint hold", 4), by("sam", "/holdpoint hold", 3), by("mona", "/holdpoint unhold", 2)],
      state: "approved",
    },
    {
      name: "the comment of its end edited away",
      said: [by("nils", "/holdpoint hold", 3), aComment("nils", "/holdpoint unhold", { isEdited: true })],
      state: "must_change",
    },
  ])("$name → $state", ({ said, state }) => {
    expect(decide(anInput({ snapshot: { ...approved, comments: said } })).state).toBe(state);
  });

  it("in a review counts as in a comment", () => {
    const reviews = [aReview("peer"), aReview("nils", { state: "commented", body: "/holdpoint hold" })];
    expect(decide(anInput({ snapshot: { reviews } })).state).toBe("must_change");
  });

  it.each([
    { login: "nils", state: "must_change" },
    { login: "stranger", state: "approved" },
  ])("of $login whose comment was deleted → $state", ({ login, state }) => {
    const commands = [{ commentId: 7, person: aPerson(login), at: ago(3), text: "hold", headSha: "unknown" }];
    expect(decide(anInput({ snapshot: approved, memory: aMemory({ commands }) })).state).toBe(state);
  });

  it("says who, since when and why", () => {
    const { requirements, codes } = decide(
      anInput({ snapshot: { comments: [by("nils", "/holdpoint hold for legal", 3)] } }),
    );
    expect(requirements[0]).toMatchObject({
      kind: "hold",
      name: "nils",
      at: ago(3),
      reason: "for legal",
      code: "HP-H01",
    });
    expect(codes).toContain("HP-H01");
  });

  it("what came of each word is told, for answers", () => {
    const snapshot = aSnapshot({
      comments: [
        by("sam", "/holdpoint unhold", 6),
        by("stranger", "/holdpoint hold", 5),
        by("nils", "/holdpoint hold", 4),
        by("sam", "/holdpoint unhold", 3),
        by("mona", "/holdpoint unhold", 2),
      ],
    });
    const outcomes = traceHolds({ snapshot, memory: aMemory() }).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["nothing", "refused", "held", "refused", "lifted"]);
  });
});
