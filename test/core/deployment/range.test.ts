import { describe, expect, it } from "vitest";
import type { Comparison } from "../../../src/core/deployment/deployment.ts";
import { chooseBase, ranBefore, rangeOf } from "../../../src/core/deployment/range.ts";
import { ago } from "../../support/builders.ts";
import { aPast, sha } from "./facts.ts";

describe("what new commits are counted from", () => {
  it.each([
    { name: "nothing ever ran there", past: [], released: [], base: null },
    { name: "only failures are known", past: [aPast("a", { state: "failed" as const })], released: ["a"], base: null },
    { name: "the one that was released", past: [aPast("a")], released: ["a"], base: { sha: "a", isReleased: true } },
    {
      name: "the newest of those released, whatever somebody wrote since",
      past: [aPast("f", { createdAt: ago(1) }), aPast("b", { createdAt: ago(2) }), aPast("a", { createdAt: ago(3) })],
      released: ["a", "b"],
      base: { sha: "b", isReleased: true },
    },
    {
      name: "the newest from before Holdpoint's time, which proves nothing",
      past: [aPast("a", { createdAt: ago(3) }), aPast("b", { createdAt: ago(2) })],
      released: [],
      base: { sha: "b", isReleased: false },
    },
    {
      name: "a failed one is passed over",
      past: [aPast("b", { createdAt: ago(1), state: "failed" as const }), aPast("a", { createdAt: ago(2) })],
      released: ["a", "b"],
      base: { sha: "a", isReleased: true },
    },
  ])("$name", ({ past, released, base }) => {
    const found = chooseBase(past, released.map(sha), true);
    expect(found).toEqual(base === null ? null : { sha: sha(base.sha), isReleased: base.isReleased });
  });

  it("where GitHub lists more than was read, the newest release counts, and not what stands in front of it", () => {
    expect(chooseBase([aPast("f")], [sha("b"), sha("a")], false)).toEqual({ sha: sha("b"), isReleased: true });
    expect(chooseBase([aPast("f")], [], false)).toEqual({ sha: sha("f"), isReleased: false });
  });

  it("a commit ran before only where it was released and succeeded", () => {
    expect(ranBefore(sha("a"), [aPast("a")], [sha("a")])).toBe(true);
    expect(ranBefore(sha("a"), [aPast("a")], [])).toBe(false);
    expect(ranBefore(sha("a"), [aPast("a", { state: "failed" })], [sha("a")])).toBe(false);
  });
});

const compared = (status: "ahead" | "behind" | "diverged" | "identical", ...commits: string[]): Comparison => ({
  kind: "compared",
  status,
  commits: commits.map(sha),
});

describe("what is judged", () => {
  const base = (isReleased: boolean) => ({ sha: sha("a"), isReleased });
  it.each([
    {
      name: "without a base the commit alone",
      base: null,
      comparison: null,
      ran: false,
      kind: "first",
      commits: ["c"],
    },
    {
      name: "ahead: all commits since",
      base: base(true),
      comparison: compared("ahead", "b", "c"),
      ran: false,
      kind: "forward",
      commits: ["b", "c"],
    },
    {
      name: "ahead, and the list came without the commit itself",
      base: base(true),
      comparison: compared("ahead", "b"),
      ran: false,
      kind: "forward",
      commits: ["b", "c"],
    },
    {
      name: "the same again: nothing",
      base: base(true),
      comparison: compared("identical"),
      ran: true,
      kind: "same",
      commits: [],
    },
    {
      name: "the same as something nobody released: the commit itself",
      base: base(false),
      comparison: compared("identical"),
      ran: false,
      kind: "same",
      commits: ["c"],
    },
    {
      name: "behind, and it ran there: nothing",
      base: base(true),
      comparison: compared("behind"),
      ran: true,
      kind: "back",
      commits: [],
    },
    {
      name: "behind, and it never ran there: the commit itself",
      base: base(true),
      comparison: compared("behind"),
      ran: false,
      kind: "diverged",
      commits: ["c"],
    },
    {
      name: "diverged: from where they part",
      base: base(true),
      comparison: compared("diverged", "b", "c"),
      ran: false,
      kind: "diverged",
      commits: ["b", "c"],
    },
  ])("$name", ({ base: from, comparison, ran, kind, commits }) => {
    const range = rangeOf({ sha: sha("c"), base: from, comparison, ranBefore: ran });
    expect(range).toMatchObject({ kind, commits: commits.map(sha), unread: null });
  });

  it("what could not be compared is unread, with the reason", () => {
    const comparison: Comparison = { kind: "unreadable", reason: "the commit is gone" };
    expect(rangeOf({ sha: sha("c"), base: base(true), comparison, ranBefore: true })).toMatchObject({
      unread: "the commit is gone",
      commits: [sha("c")],
    });
  });
});
