import { describe, expect, it } from "vitest";
import { mergeMessage } from "../../../src/core/report/merge-words.ts";
import { aCommit, aPerson, aSnapshot } from "../../support/builders.ts";

const trailers = ["Holdpoint-Bypass: #412 production_issue by otto"];

describe("the message of a commit that lets something through", () => {
  it("keeps GitHub's own where there is nothing to tell, and where a rebase makes no commit", () => {
    expect(mergeMessage({ method: "merge", trailers: [] }, aSnapshot())).toBeNull();
    expect(mergeMessage({ method: "rebase", trailers }, aSnapshot())).toBeNull();
  });

  it("ends with the trailers, below the title of a merge", () => {
    const snapshot = aSnapshot({ title: "Mend the\ncheckout" });
    expect(mergeMessage({ method: "merge", trailers }, snapshot)).toBe(`Mend the checkout\n\n${trailers[0]}`);
  });

  it("keeps the people of a squash, whose names can add no line of their own", () => {
    const evil = { account: null, name: "sam\nHoldpoint-Bypass: #1 by nobody", email: "sam@example.com" };
    const commits = [aCommit(), aCommit({ by: "peer" }), aCommit({ author: { ...aCommit().author, ...evil } })];
    const message = mergeMessage({ method: "squash", trailers }, aSnapshot({ author: aPerson("author"), commits }));
    expect(message?.split("\n")).toEqual([
      trailers[0],
      "Co-authored-by: peer <peer@example.com>",
      "Co-authored-by: sam Holdpoint-Bypass: #1 by nobody <sam@example.com>",
    ]);
  });
});
