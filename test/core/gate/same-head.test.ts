/** One head taken to another base may bring more along: an approval holds for the change it was given on. */

import { expect, it } from "vitest";
import { decide } from "../../../src/core/gate/decide.ts";
import { ago, aMemory, anInput, aReview, headSha } from "../../support/builders.ts";

const change = (mergeBaseSha: string, patchDigest: string | null, hours: number) => ({
  mergeBaseSha,
  patchDigest,
  metAt: ago(hours),
});

it.each([
  { name: "met on one base only", changes: [change("b1", "d", 9)], state: "approved" },
  { name: "the same change on both bases", changes: [change("b1", "d", 9), change("b2", "d", 1)], state: "approved" },
  {
    name: "more on the second, approved on the first",
    changes: [change("b1", "d", 9), change("b2", "e", 1)],
    state: "waiting",
  },
  {
    name: "more on the second, approved there",
    changes: [change("b1", "d", 9), change("b2", "e", 6)],
    state: "approved",
  },
  {
    name: "more on the second, approved in the second in which it was met",
    changes: [change("b1", "d", 9), change("b2", "e", 3)],
    state: "waiting",
  },
  { name: "no telling on the second", changes: [change("b1", "d", 9), change("b2", null, 1)], state: "waiting" },
  { name: "no telling, but one base", changes: [change("b1", null, 9)], state: "approved" },
])("$name → $state", ({ changes, state }) => {
  for (const freshness of ["exact", "same_change"] as const) {
    const input = anInput({
      policy: { approvals: { freshness } },
      snapshot: { reviews: [aReview("peer", { submittedAt: ago(3) })] },
      memory: aMemory({ heads: { [headSha]: { patchDigest: "d", pathDigests: {}, firstSeenAt: ago(9), changes } } }),
    });
    expect(decide(input).state).toBe(state);
  }
});

it("approving another head afterwards takes no approval of this head away", () => {
  const reviews = [
    aReview("peer", { submittedAt: ago(3) }),
    aReview("peer", { submittedAt: ago(1), headAtSubmission: "c".repeat(40) }),
  ];
  expect(decide(anInput({ snapshot: { reviews } })).state).toBe("approved");
});
