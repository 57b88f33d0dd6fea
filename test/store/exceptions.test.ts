/** What the database keeps of exceptions: bypasses with their ledger, merges for the budget, labels as they arrived, issues that are owed for. */

import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { GrantedBypass, RefusedBypass } from "../../src/core/bypass/bypass.ts";
import type { KeptIssue, KnownMerge } from "../../src/handlers/exceptions-port.ts";
import { openTestStore } from "../support/database.ts";
import { aDelivery, aPullRequestSubject } from "../support/subjects.ts";

const hour = 3_600_000;
const early = new Date("2026-11-20T08:00:00.123Z");
const late = new Date(early.getTime() + hour);
const pullRequest = { installationId: 7, repositoryId: 42, number: 1 };

function aGrant(over: Partial<GrantedBypass> = {}): GrantedBypass {
  return {
    outcome: "granted",
    id: "label:emergency-bypass@2026-11-20T08:00:00.000Z",
    source: { kind: "label", label: "emergency-bypass" },
    scope: "all",
    cause: "production_issue",
    requester: { id: 5, login: "otto", kind: "user" },
    at: early,
    headSha: "h1",
    reason: "orders are lost; 'quoted' \\ \" and ünïcode, \u0000 and \ud800",
    secondPerson: null,
    grantedAt: early,
    until: late,
    issue: { number: 9, url: "https://github.com/acme/api/issues/9" },
    ended: null,
    ...over,
  };
}

const aRefusal = (over: Partial<RefusedBypass> = {}): RefusedBypass => ({
  outcome: "refused",
  id: "command:3",
  headSha: "h1",
  why: "no_issue",
  at: early,
  ...over,
});

const openStore = () => openTestStore({ now: () => early });
type Store = Awaited<ReturnType<typeof openStore>>["store"];

const loadBypasses = async (store: Store) => (await store.memory.loadDossier(pullRequest)).memory.bypasses;
const kinds = async (store: Store) => (await store.ledger.list({ repositoryId: 42 })).map(({ kind }) => kind);

describe("a bypass", () => {
  it("is kept as it was granted, with one entry in the ledger however often it is granted", async () => {
    const { store } = await openStore();
    for (const _ of [1, 2]) await store.exceptions.grantBypass(42, 1, aGrant());
    expect(await loadBypasses(store)).toEqual([aGrant()]);
    const ledger = await store.ledger.list({ repositoryId: 42 });
    const data = { number: 1, cause: "production_issue", reason: aGrant().reason, issue: { number: 9 } };
    expect(ledger).toMatchObject([{ kind: "bypass_granted", data }]);
    expect(await store.ledger.verify(42)).toMatchObject({ kind: "intact" });
  });

  it("granted by ten at once is granted once", async () => {
    const { store } = await openStore();
    await Promise.all(Array.from({ length: 10 }, () => store.exceptions.grantBypass(42, 1, aGrant())));
    expect(await kinds(store)).toEqual(["bypass_granted"]);
  });

  it("that was refused is not granted afterwards, and keeps the reason", async () => {
    const { store } = await openStore();
    await store.exceptions.refuseBypass(42, 1, aRefusal());
    await store.exceptions.grantBypass(42, 1, aGrant({ id: "command:3" }));
    expect(await loadBypasses(store)).toEqual([aRefusal()]);
    expect(await kinds(store)).toEqual(["bypass_refused"]);
  });

  it("refused on one head can be granted on the next", async () => {
    const { store } = await openStore();
    await store.exceptions.refuseBypass(42, 1, aRefusal({ why: "before_push" }));
    await store.exceptions.grantBypass(42, 1, aGrant({ id: "command:3", headSha: "h2" }));
    expect(await kinds(store)).toEqual(["bypass_refused", "bypass_granted"]);
  });

  it("ends once, for the first reason", async () => {
    const { store } = await openStore();
    const { id } = aGrant();
    await store.exceptions.grantBypass(42, 1, aGrant());
    await store.exceptions.endBypass(42, 1, id, { at: late, why: "push" });
    await store.exceptions.endBypass(42, 1, id, { at: late, why: "expired" });
    expect(await loadBypasses(store)).toEqual([aGrant({ ended: { at: late, why: "push" } })]);
    const ledger = await store.ledger.list({ repositoryId: 42, kind: "bypass_ended" });
    expect(ledger).toMatchObject([{ data: { number: 1, id, headSha: "h1", why: "push" } }]);
  });

  it("that was refused, or of another pull request, does not end", async () => {
    const { store } = await openStore();
    await store.exceptions.refuseBypass(42, 1, aRefusal());
    await store.exceptions.grantBypass(42, 2, aGrant());
    await store.exceptions.endBypass(42, 1, aRefusal().id, { at: late, why: "push" });
    await store.exceptions.endBypass(42, 1, aGrant().id, { at: late, why: "push" });
    expect(await kinds(store)).toEqual(["bypass_refused", "bypass_granted"]);
  });
});

describe("a label that is put on", () => {
  const label = { repositoryId: 42, number: 1, label: "emergency-bypass", personId: 5, headSha: "h1", at: early };
  const arrivals = async (store: Store) => (await store.memory.loadDossier(pullRequest)).labelArrivals;

  it("is kept with its delivery, the newest of its name", async () => {
    const { store } = await openStore();
    const newer = { ...label, personId: 6, headSha: "h2", at: late };
    await store.deliveries.accept(aDelivery("d1", { label: newer }), [aPullRequestSubject(1)]);
    await store.deliveries.accept(aDelivery("d2", { label }), [aPullRequestSubject(1)]);
    await store.deliveries.accept(aDelivery("d3"), [aPullRequestSubject(1)]);
    expect(await arrivals(store)).toEqual([{ label: "emergency-bypass", personId: 6, headSha: "h2", at: late }]);
  });

  it("of a delivery that comes again changes nothing", async () => {
    const { store } = await openStore();
    await store.deliveries.accept(aDelivery("d1", { label }), [aPullRequestSubject(1)]);
    const again = { ...label, headSha: "h2", at: late };
    expect(await store.deliveries.accept(aDelivery("d1", { label: again }), [aPullRequestSubject(1)])).toBe("resumed");
    expect(await arrivals(store)).toMatchObject([{ headSha: "h1" }]);
  });

  it("is not kept where its delivery is not", async () => {
    const { store, database } = await openStore();
    await database.query("alter table delivery_subjects add constraint broken check (subject_key = 'none')");
    const accepted = store.deliveries.accept(aDelivery("d1", { label }), [aPullRequestSubject(1)]);
    await expect(accepted).rejects.toThrow(/broken/);
    expect(await arrivals(store)).toEqual([]);
  });
});

describe("merges", () => {
  const aMerge = (number: number, over: Partial<KnownMerge> = {}): KnownMerge => ({
    repositoryId: 42,
    number,
    baseRef: "main",
    headSha: `h${number}`,
    commitSha: `m${number}`,
    mergedAt: early,
    mergedBy: "otto",
    standing: "approved",
    passage: "gate",
    bypassId: null,
    ...over,
  });

  it("count against the budget where a bypass or nobody's leave let them through", async () => {
    const { store } = await openStore();
    await store.exceptions.saveMerge(aMerge(1));
    await store.exceptions.saveMerge(aMerge(2, { passage: "bypass", standing: "bypassed" as KnownMerge["standing"] }));
    await store.exceptions.saveMerge(aMerge(3, { passage: "around", standing: null }));
    await store.exceptions.saveMerge(aMerge(4, { passage: "window" }));
    await store.exceptions.saveMerge(aMerge(5, { passage: "test_branch" }));
    await store.exceptions.saveMerge(aMerge(6, { mergedAt: new Date(early.getTime() - 1), passage: "around" }));
    await store.exceptions.saveMerge(aMerge(7, { repositoryId: 43 }));
    expect(await store.exceptions.countMerges(42, early)).toEqual({ all: 5, bypassed: 2 });
    expect(await store.exceptions.countMerges(44, early)).toEqual({ all: 0, bypassed: 0 });
  });

  it("seen twice count once, by what was learned last", async () => {
    const { store } = await openStore();
    await store.exceptions.saveMerge(aMerge(1, { passage: "around", commitSha: null }));
    await store.exceptions.saveMerge(aMerge(1));
    expect(await store.exceptions.countMerges(42, early)).toEqual({ all: 1, bypassed: 0 });
    expect(await store.exceptions.loadMerges(42, ["m1", "h9"])).toEqual([aMerge(1)]);
  });
});

describe("an issue that is kept", () => {
  const anIssue = (over: Partial<KeptIssue> = {}): KeptIssue => ({
    installationId: 7,
    repositoryId: 42,
    owner: "acme",
    name: "api",
    number: 9,
    key: "post-review:1:h1",
    kind: "post_review",
    state: "open",
    pullRequest: 1,
    commitSha: null,
    dueAt: late,
    data: { bypassId: "command:3" },
    ...over,
  });

  it("is found by its number and by its key", async () => {
    const { store } = await openStore();
    await store.exceptions.keepIssue(anIssue());
    expect(await store.exceptions.loadIssue(42, 9)).toEqual(anIssue());
    expect(await store.exceptions.loadIssueByKey(42, "post-review:1:h1")).toEqual(anIssue());
    expect(await store.exceptions.loadIssue(42, 10)).toBeNull();
    expect(await store.exceptions.loadIssue(43, 9)).toBeNull();
  });

  it("that is kept again replaces the first, under another number, too", async () => {
    const { store } = await openStore();
    await store.exceptions.keepIssue(anIssue());
    await store.exceptions.keepIssue(anIssue({ number: 12, state: "done", commitSha: "m1" }));
    expect(await store.exceptions.loadIssue(42, 9)).toBeNull();
    expect(await store.exceptions.listIssues({ repositoryId: 42 })).toEqual([
      anIssue({ number: 12, state: "done", commitSha: "m1" }),
    ]);
  });

  it("is listed by what is asked for", async () => {
    const { store } = await openStore();
    await store.exceptions.keepIssue(anIssue());
    await store.exceptions.keepIssue(anIssue({ number: 10, key: "b", pullRequest: 2, state: "done", commitSha: "m2" }));
    await store.exceptions.keepIssue(anIssue({ number: 11, key: "c", kind: "window", pullRequest: null }));
    const numbersOf = async (query: Omit<Parameters<Store["exceptions"]["listIssues"]>[0], "repositoryId">) =>
      (await store.exceptions.listIssues({ repositoryId: 42, ...query })).map(({ number }) => number);
    expect(await numbersOf({})).toEqual([9, 10, 11]);
    expect(await numbersOf({ kind: "post_review" })).toEqual([9, 10]);
    expect(await numbersOf({ kind: "post_review", state: "open" })).toEqual([9]);
    expect(await numbersOf({ pullRequest: 2 })).toEqual([10]);
    expect(await numbersOf({ commitSha: "m2" })).toEqual([10]);
    expect(await numbersOf({ pullRequest: 2, state: "open" })).toEqual([]);
  });
});

describe("windows of a base branch", () => {
  it("keep the time since when they were there without a break", async () => {
    const { store } = await openStore();
    await store.exceptions.saveWindows(42, "main", ["a", "b"], early);
    await store.exceptions.saveWindows(42, "release", ["a"], early);
    await store.exceptions.saveWindows(42, "main", ["b", "c"], late);
    await store.exceptions.saveWindows(42, "main", ["a", "b"], late);
    const { windows } = (await store.memory.loadDossier(pullRequest)).memory;
    const told = windows.map(({ baseRef, digest, since }) => `${baseRef} ${digest} ${since.toISOString()}`);
    expect(told.sort()).toEqual([
      `main a ${late.toISOString()}`,
      `main b ${early.toISOString()}`,
      `release a ${early.toISOString()}`,
    ]);
  });

  it("are read with the word whether the database's clock and this machine's agree", async () => {
    const { store } = await openStore();
    expect(await store.exceptions.loadWindows(42)).toEqual({ windows: [], isClockSure: true });
    await store.exceptions.saveWindows(42, "main", ["a"], early);
    const windows = [{ baseRef: "main", digest: "a", since: early }];
    expect(await store.exceptions.loadWindows(42)).toEqual({ windows, isClockSure: true });
    const realNow = Date.now();
    for (const [aheadMs, isClockSure] of [
      [-hour, false],
      [-20_000, true],
      [20_000, true],
      [hour, false],
    ] as const) {
      vi.useFakeTimers({ toFake: ["Date"], now: realNow + aheadMs });
      onTestFinished(() => {
        vi.useRealTimers();
      });
      expect(await store.exceptions.loadWindows(42)).toEqual({ windows, isClockSure });
      expect((await store.memory.loadDossier(pullRequest)).isClockSure).toBe(isClockSure);
    }
  });

  it("let merges through, which are listed by branch and time", async () => {
    const { store } = await openStore();
    const merge = (number: number, over: Partial<KnownMerge>): KnownMerge => ({
      repositoryId: 42,
      number,
      baseRef: "main",
      headSha: `h${number}`,
      commitSha: `m${number}`,
      mergedAt: early,
      mergedBy: "otto",
      standing: "bypassed",
      passage: "window",
      bypassId: null,
      ...over,
    });
    const merges = [
      merge(1, {}),
      merge(2, { passage: "gate" }),
      merge(3, { baseRef: "release" }),
      merge(4, { mergedAt: late }),
      merge(5, { mergedAt: new Date(early.getTime() - 1) }),
      merge(6, { repositoryId: 43 }),
    ];
    for (const one of merges) await store.exceptions.saveMerge(one);
    const where = { repositoryId: 42, baseRef: "main", from: early, to: late };
    expect(await store.exceptions.listWindowMerges(where)).toEqual([merge(1, {})]);
  });
});
