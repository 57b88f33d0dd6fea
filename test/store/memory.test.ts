import { describe, expect, it } from "vitest";
import type { KnownPullRequest } from "../../src/store/memory/pull-requests.ts";
import type { Store } from "../../src/store/store.ts";
import { createStorePort } from "../../src/store/store-port.ts";
import { openTestStore } from "../support/database.ts";

const early = new Date("2026-11-20T08:00:00Z");
const late = new Date("2026-11-21T08:00:00Z");

const loadDossier = (store: Store, number = 1) =>
  store.memory.loadDossier({ installationId: 7, repositoryId: 42, number });

describe("heads", () => {
  const head = {
    sha: "h1",
    mergeBaseSha: "b1",
    patchDigest: null,
    pathDigests: {},
    firstSeenAt: late,
    metAt: early,
  };
  const change = (mergeBaseSha: string, patchDigest: string | null, metAt = early) => ({
    mergeBaseSha,
    patchDigest,
    metAt,
  });

  it("keep the earliest time and the first digest", async () => {
    const { store } = await openTestStore();
    await store.memory.saveHead(42, 1, head);
    await store.memory.saveHead(42, 1, { ...head, patchDigest: "p1", firstSeenAt: early });
    await store.memory.saveHead(42, 1, { ...head, patchDigest: "p2" });
    await store.memory.saveHead(42, 1, { ...head, sha: "h2" });
    expect((await loadDossier(store)).memory.heads).toEqual({
      h1: { patchDigest: "p1", pathDigests: {}, firstSeenAt: early, changes: [change("b1", "p1")] },
      h2: { patchDigest: null, pathDigests: {}, firstSeenAt: late, changes: [change("b1", null)] },
    });
    expect((await loadDossier(store, 2)).memory.heads).toEqual({});
  });

  it.each([
    { name: "the same change on both", second: "p1", known: "p1" },
    { name: "another change on the second", second: "p2", known: null },
    { name: "no digest on the second", second: null, known: null },
  ])("met on two bases with $name → digest $known", async ({ second, known }) => {
    const { store } = await openTestStore();
    await store.memory.saveHead(42, 1, { ...head, patchDigest: "p1" });
    await store.memory.saveHead(42, 1, {
      ...head,
      mergeBaseSha: "b2",
      patchDigest: second,
      firstSeenAt: early,
      metAt: late,
    });
    expect((await loadDossier(store)).memory.heads).toEqual({
      h1: {
        patchDigest: known,
        pathDigests: {},
        firstSeenAt: early,
        changes: [change("b1", "p1"), change("b2", second, late)],
      },
    });
  });
});

it("a review seen keeps the head it arrived on, whatever is said later", async () => {
  const { store } = await openTestStore();
  await store.memory.saveReviewHeads(42, 1, { [2 ** 40]: "h1" });
  await store.memory.saveReviewHeads(42, 1, { [2 ** 40]: "h2", 7: "h2" });
  await store.memory.saveReviewHeads(42, 1, {});
  expect((await loadDossier(store)).reviewHeads).toEqual({ [2 ** 40]: "h1", 7: "h2" });
});

it("a change belongs to its range and its engine's version, and the last reading of it counts", async () => {
  const { store } = await openTestStore();
  const key = { repositoryId: 42, baseSha: "b1", headSha: "h1", engineVersion: "1" };
  await store.memory.saveChange(key, { risk: "low" });
  await store.memory.saveChange(key, { risk: "high", odd: "\u0000 \ud800" });
  expect(await store.memory.loadChange(key)).toEqual({ risk: "high", odd: "\u0000 \ud800" });
  expect(await store.memory.loadChange({ ...key, engineVersion: "2" })).toBeNull();
  expect(await store.memory.pruneChanges(new Date(Date.now() + 60_000))).toBe(1);
  expect(await store.memory.loadChange(key)).toBeNull();
});

it("hints for the next reading are per repository", async () => {
  const { store } = await openTestStore();
  const port = createStorePort(store, { now: () => new Date() });
  expect(await port.loadHints(42)).toEqual({ teams: [], organizations: [] });
  await port.saveHints(42, { teams: ["acme/peers"], organizations: [] });
  await port.saveHints(42, { teams: ["acme/security"], organizations: ["acme"] });
  expect(await port.loadHints(42)).toEqual({ teams: ["acme/security"], organizations: ["acme"] });
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
    await store.memory.savePullRequest(pr(1, { headSha: "new" }));
    expect(await store.memory.listPullRequests({ repositoryId: 42 })).toEqual([pr(1, { headSha: "new" })]);
  });
});

it("a gate stays known until it is taken off on purpose", async () => {
  const { store } = await openTestStore();
  await store.memory.setGated(42, "main", true);
  await store.memory.setGated(42, "main", true);
  await store.memory.setGated(42, "next", true);
  expect(await store.memory.wasGated(42, "main")).toBe(true);
  expect(await store.memory.wasGated(43, "main")).toBe(false);
  await store.memory.setGated(42, "main", false);
  expect(await store.memory.wasGated(42, "main")).toBe(false);
  expect(await store.memory.listGates(42)).toEqual(["next"]);
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
