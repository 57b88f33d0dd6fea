import { describe, expect, it } from "vitest";
import type { KnownPullRequest } from "../../src/store/memory/pull-requests.ts";
import { openTestStore } from "../support/database.ts";

const early = new Date("2026-11-20T08:00:00Z");
const late = new Date("2026-11-21T08:00:00Z");
const head = {
  repositoryId: 42,
  number: 1,
  headSha: "h1",
  baseSha: "b1",
  patchDigest: null,
  pathDigests: {},
  firstSeenAt: late,
};

describe("heads", () => {
  it("keep the earliest time and the first digest", async () => {
    const { store } = await openTestStore();
    await store.memory.rememberHead(head);
    await store.memory.rememberHead({ ...head, patchDigest: "p1", pathDigests: { "a.ts": "x" }, firstSeenAt: early });
    await store.memory.rememberHead({ ...head, patchDigest: "p2", pathDigests: {}, firstSeenAt: late });
    await store.memory.rememberHead({ ...head, headSha: "h2" });
    expect(await store.memory.listHeads(42, 1)).toEqual([
      { ...head, patchDigest: "p1", pathDigests: { "a.ts": "x" }, firstSeenAt: early },
      { ...head, headSha: "h2" },
    ]);
    expect(await store.memory.listHeads(42, 2)).toEqual([]);
  });
});

it("a review seen keeps the head it arrived on, whatever is said later", async () => {
  const { store } = await openTestStore();
  const review = {
    reviewId: 2 ** 40,
    repositoryId: 42,
    number: 1,
    headSha: "h1",
    baseSha: "b1",
    patchDigest: "p1",
    arrivedAt: early,
  };
  await store.memory.rememberReview(review);
  await store.memory.rememberReview({ ...review, headSha: "h2", arrivedAt: late });
  expect(await store.memory.listReviewsSeen(42, 1)).toEqual([review]);
});

it("a classification belongs to its range and its engine's version", async () => {
  const { store } = await openTestStore();
  const key = { repositoryId: 42, baseSha: "b1", headSha: "h1", engineVersion: "1" };
  await store.memory.saveClassification(key, { risk: { level: "high" }, odd: "\u0000" });
  await store.memory.saveClassification(key, { risk: { level: "low" } });
  expect(await store.memory.readClassification(key)).toEqual({ risk: { level: "high" }, odd: "\u0000" });
  expect(await store.memory.readClassification({ ...key, engineVersion: "2" })).toBeNull();
  expect(await store.memory.pruneClassifications(new Date(Date.now() + 60_000))).toBe(1);
  expect(await store.memory.readClassification(key)).toBeNull();
});

describe("pull requests", () => {
  const pr = (number: number, over: Partial<KnownPullRequest> = {}): KnownPullRequest => ({
    repositoryId: 42,
    number,
    installationId: 7,
    owner: "acme",
    name: "api",
    state: "open",
    baseRef: "main",
    headSha: `h${number}`,
    verdictDigest: null,
    ...over,
  });

  it.each([
    { name: "by head", query: { repositoryId: 42, headSha: "h1" }, found: [1] },
    { name: "by base", query: { repositoryId: 42, baseRef: "main", state: "open" }, found: [1, 2] },
    { name: "by installation, open ones", query: { installationId: 7, state: "open" }, found: [1, 2, 4] },
    { name: "of another repository", query: { repositoryId: 43 }, found: [] },
  ] as const)("are found $name", async ({ query, found }) => {
    const { store } = await openTestStore();
    for (const each of [pr(1), pr(2), pr(3, { state: "closed" }), pr(4, { baseRef: "next" })])
      await store.memory.savePullRequest(each);
    const numbers = (await store.memory.listPullRequests(query)).map(({ number }) => number);
    expect(numbers.sort()).toEqual(found);
  });

  it("are known by what was saved last", async () => {
    const { store } = await openTestStore();
    await store.memory.savePullRequest(pr(1));
    await store.memory.savePullRequest(pr(1, { headSha: "new", verdictDigest: "v1" }));
    expect(await store.memory.listPullRequests({ repositoryId: 42 })).toEqual([
      pr(1, { headSha: "new", verdictDigest: "v1" }),
    ]);
  });
});

it("a gate stays known until it is taken off on purpose", async () => {
  const { store } = await openTestStore();
  const gate = { repositoryId: 42, baseRef: "main", policySha: "s1", seenAt: early };
  await store.memory.rememberGate(gate);
  await store.memory.rememberGate({ ...gate, policySha: "s2", seenAt: late });
  expect(await store.memory.listGates(42)).toEqual([{ ...gate, policySha: "s2", seenAt: late }]);
  expect(await store.memory.forgetGate(42, "main")).toBe(true);
  expect(await store.memory.forgetGate(42, "main")).toBe(false);
  expect(await store.memory.listGates(42)).toEqual([]);
});

it.each([
  { name: "an ordinary text", text: "version: 1\n", kept: "version: 1\n" },
  { name: "a text with NUL, which the database cannot hold", text: "a\0b", kept: null },
])("policy texts: $name", async ({ text, kept }) => {
  const { store } = await openTestStore();
  await store.memory.savePolicyText("blob", text);
  expect(await store.memory.readPolicyText("blob")).toBe(kept);
});

it("deliveries that were finished long ago can be forgotten, unfinished ones never", async () => {
  const { store, database } = await openTestStore();
  await database.query(`insert into deliveries (id, event, payload, status, open_subjects, finished_at) values
    ('old', 'push', '{}', 'done', 0, '2026-01-01'), ('new', 'push', '{}', 'done', 0, now()), ('stuck', 'push', '{}', 'dead', 1, null)`);
  expect(await store.deliveries.prune(new Date("2026-02-01"))).toBe(1);
  expect([...(await store.deliveries.readStates(["old", "new", "stuck"])).keys()].sort()).toEqual(["new", "stuck"]);
});

it("readiness writes and reads, and tells the database's time", async () => {
  const { store } = await openTestStore();
  const { databaseTime } = await store.ping();
  expect(Math.abs(databaseTime.getTime() - Date.now())).toBeLessThan(60_000);
});
