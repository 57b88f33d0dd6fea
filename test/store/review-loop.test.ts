import { describe, expect, it } from "vitest";
import type { GrantedBypass } from "../../src/core/bypass/bypass.ts";
import { type AskedReviewer, emptyMemory, type RememberedCommand } from "../../src/core/snapshot.ts";
import type { Store } from "../../src/store/store.ts";
import { createStorePort } from "../../src/store/store-port.ts";
import { createSweepStore } from "../../src/store/sweep-store.ts";
import { openTestStore } from "../support/database.ts";
import { aDelivery } from "../support/subjects.ts";

const early = new Date("2026-11-20T08:00:00.123Z");
const late = new Date("2026-11-21T08:00:00Z");
const clock = { now: () => late };

const load = (store: Store, number = 1) =>
  createStorePort(store, clock).loadDossier({ installationId: 7, repositoryId: 42, number });

const aReviewer = (personId: number, over: Partial<AskedReviewer> = {}): AskedReviewer => ({
  personId,
  login: `p${personId}`,
  askedAt: early,
  headSha: "h1",
  isAwaited: true,
  ...over,
});

const aCommand = (over: Partial<RememberedCommand> = {}): RememberedCommand => ({
  commentId: 2 ** 40,
  person: { id: 5, login: "maria", kind: "user" },
  at: early,
  text: "hold waiting for legal",
  headSha: "h1",
  ...over,
});

const openPullRequest = (store: Store, number: number, over: { installationId?: number; repositoryId?: number } = {}) =>
  store.memory.savePullRequest({
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

function aGrant(id: string): GrantedBypass {
  return {
    outcome: "granted",
    id,
    source: { kind: "command", commentId: 1 },
    scope: "all",
    cause: "production_issue",
    requester: { id: 5, login: "otto", kind: "user" },
    at: early,
    headSha: "h1",
    reason: "orders are lost while this waits",
    secondPerson: null,
    grantedAt: early,
    until: new Date(early.getTime() + 3_600_000),
    issue: { number: 9, url: "https://github.com/acme/api/issues/9" },
    ended: null,
  };
}

describe("the dossier", () => {
  it("of a pull request that was never met is empty", async () => {
    const { store } = await openTestStore();
    expect(await load(store)).toEqual({
      hints: { teams: [], organizations: [] },
      gates: [],
      memory: emptyMemory,
      isClockSure: true,
      labelArrivals: [],
      reviewHeads: {},
      escalations: [],
      before: null,
      session: null,
    });
  });

  it("holds what was remembered of this pull request, and nothing of another one", async () => {
    const { store } = await openTestStore();
    const port = createStorePort(store, clock);
    await openPullRequest(store, 1);
    await port.saveHints(42, { teams: ["acme/peers"], organizations: [] });
    await port.saveGate(42, "main");
    await port.saveGate(42, "a \\ \" ' branch");
    for (const number of [1, 2]) {
      const head = {
        sha: `h${number}`,
        mergeBaseSha: "b",
        metAt: early,
        patchDigest: "p",
        pathDigests: { "a.ts": "d", "b.ts": null },
      };
      await port.saveHead(42, number, { ...head, firstSeenAt: early });
      await store.memory.saveReviewHeads(42, number, { [number]: `h${number}` });
      await port.saveAskedAt(42, number, { [`workflow:peer_review/approvals:${number}`]: early });
      await port.saveReviewers(42, number, [aReviewer(number)]);
      await port.saveCommand(42, number, aCommand({ commentId: number }));
      await port.saveSession(42, number, { state: "in_review", data: { round: number } });
      await port.grantBypass(42, number, aGrant(`command:${number}`));
      const label = { repositoryId: 42, number, label: "urgent", personId: 5, headSha: `h${number}`, at: early };
      await store.deliveries.accept(aDelivery(`d${number}`, { label }), []);
    }
    await port.endBypass(42, 1, "command:1", { at: early, why: "push" });
    await port.saveWindows(42, "main", ["d1"], early);
    expect(await load(store)).toEqual({
      hints: { teams: ["acme/peers"], organizations: [] },
      gates: ["a \\ \" ' branch", "main"],
      memory: {
        heads: {
          h1: {
            patchDigest: "p",
            pathDigests: { "a.ts": "d", "b.ts": null },
            firstSeenAt: early,
            changes: [{ mergeBaseSha: "b", patchDigest: "p", metAt: early }],
          },
        },
        askedAt: { "workflow:peer_review/approvals:1": early },
        reviewers: [aReviewer(1)],
        commands: [aCommand({ commentId: 1 })],
        load: {},
        bypasses: [{ ...aGrant("command:1"), ended: { at: early, why: "push" } }],
        merges: null,
        windows: [{ baseRef: "main", digest: "d1", since: early }],
      },
      isClockSure: true,
      labelArrivals: [{ label: "urgent", personId: 5, headSha: "h1", at: early }],
      reviewHeads: { 1: "h1" },
      escalations: [],
      before: {
        repositoryId: 42,
        number: 1,
        installationId: 7,
        owner: "acme",
        name: "api",
        state: "open",
        baseRef: "main",
        headSha: "h1",
      },
      session: { state: "in_review", data: { round: 1 } },
    });
  });

  it("is empty again once the rows are lost", async () => {
    const { store, database } = await openTestStore();
    await store.memory.saveAskedAt(42, 1, { a: early });
    await store.memory.saveReviewers(42, 1, [aReviewer(5)]);
    await store.memory.saveCommand(42, 1, aCommand());
    await store.memory.saveSession(42, 1, { state: "in_review", data: {} });
    await store.exceptions.grantBypass(42, 1, aGrant("command:1"));
    await database.query("truncate requirements_asked, reviewers_asked, commands_seen, review_sessions, bypasses");
    expect(await load(store)).toMatchObject({ memory: emptyMemory, session: null });
  });
});

describe("what people were asked for", () => {
  it("keeps the earliest moment, whatever is said later", async () => {
    const { store } = await openTestStore();
    await store.memory.saveAskedAt(42, 1, { a: late });
    await store.memory.saveAskedAt(42, 1, { a: early, b: late });
    await store.memory.saveAskedAt(42, 1, { a: late });
    await store.memory.saveAskedAt(42, 1, {});
    expect((await load(store)).memory.askedAt).toEqual({ a: early, b: late });
  });

  it("is not remembered under a name that the database cannot hold", async () => {
    const { store } = await openTestStore();
    await store.memory.saveAskedAt(42, 1, { "a\0b": late, c: late });
    expect((await load(store)).memory.askedAt).toEqual({ c: late });
  });
});

describe("reviewers who were asked", () => {
  it("keep the last moment and head, also when they are no longer waited for", async () => {
    const { store } = await openTestStore();
    await store.memory.saveReviewers(42, 1, [aReviewer(5), aReviewer(6)]);
    await store.memory.saveReviewers(42, 1, [aReviewer(6, { askedAt: late, headSha: "h2", login: "renamed" })]);
    expect((await load(store)).memory.reviewers).toEqual([
      aReviewer(5, { isAwaited: false }),
      aReviewer(6, { askedAt: late, headSha: "h2", login: "renamed" }),
    ]);
  });

  it("count once, however often they are named", async () => {
    const { store } = await openTestStore();
    await store.memory.saveReviewers(42, 1, [aReviewer(5, { askedAt: late }), aReviewer(5)]);
    expect((await load(store)).memory.reviewers).toEqual([aReviewer(5)]);
  });

  it.each([
    { name: "two others of the installation", act: async () => {}, load: { 5: 2, 6: 1 } },
    {
      name: "one that was closed since",
      act: async (store: Store) => {
        const before = (await load(store, 2)).before;
        if (before !== null) await store.memory.savePullRequest({ ...before, state: "closed" });
      },
      load: { 5: 1 },
    },
    {
      name: "one where somebody was taken off",
      act: (store: Store) => store.memory.saveReviewers(42, 2, [aReviewer(6)]),
      load: { 5: 1, 6: 1 },
    },
    {
      name: "one where somebody was taken off and asked again",
      act: async (store: Store) => {
        await store.memory.saveReviewers(42, 2, [aReviewer(6)]);
        await store.memory.saveReviewers(42, 2, [aReviewer(5), aReviewer(6)]);
      },
      load: { 5: 2, 6: 1 },
    },
    {
      name: "one where everybody was taken off",
      act: (store: Store) => store.memory.saveReviewers(42, 2, []),
      load: { 5: 1 },
    },
  ])("are as busy as the other open pull requests ask: $name", async ({ act, load: expected }) => {
    const { store } = await openTestStore();
    for (const number of [1, 2]) await openPullRequest(store, number);
    await openPullRequest(store, 1, { repositoryId: 43 });
    await openPullRequest(store, 1, { repositoryId: 44, installationId: 8 });
    await store.memory.saveReviewers(42, 1, [aReviewer(5)]);
    await store.memory.saveReviewers(42, 2, [aReviewer(5), aReviewer(6)]);
    await store.memory.saveReviewers(43, 1, [aReviewer(5)]);
    await store.memory.saveReviewers(44, 1, [aReviewer(5)]);
    await act(store);
    expect((await load(store)).memory.load).toEqual(expected);
  });
});

describe("commands", () => {
  it("are what they were when they were first seen", async () => {
    const { store } = await openTestStore();
    await store.memory.saveCommand(42, 1, aCommand());
    await store.memory.saveCommand(42, 1, aCommand({ headSha: "h2", at: late }));
    await store.memory.saveCommand(42, 1, aCommand({ commentId: 7, text: "attest plan", at: late }));
    expect((await load(store)).memory.commands).toEqual([
      aCommand(),
      aCommand({ commentId: 7, text: "attest plan", at: late }),
    ]);
  });

  it("of one comment are each kept", async () => {
    const { store } = await openTestStore();
    for (const text of ["hold", "attest plan"]) await store.memory.saveCommand(42, 1, aCommand({ text }));
    expect((await load(store)).memory.commands.map(({ text }) => text).sort()).toEqual(["attest plan", "hold"]);
  });

  it.each(["a \u0000 b", "\ud800", `"quotes" \\ and \n lines`, "long ".repeat(1_000)])(
    "are kept letter by letter: %j",
    async (text) => {
      const { store } = await openTestStore();
      await store.memory.saveCommand(42, 1, aCommand({ text }));
      await store.memory.saveCommand(42, 1, aCommand({ text }));
      expect((await load(store)).memory.commands).toEqual([aCommand({ text })]);
    },
  );
});

describe("a review session", () => {
  it("is as it was saved last, odd text included", async () => {
    const { store } = await openTestStore();
    await store.memory.saveSession(42, 1, { state: "in_review", data: null });
    await store.memory.saveSession(42, 1, { state: "edited", data: { title: "a \u0000 b \ud800" } });
    expect((await load(store)).session).toEqual({ state: "edited", data: { title: "a \u0000 b \ud800" } });
  });

  it("that was damaged is still a session, with its text as its data", async () => {
    const { store, database } = await openTestStore();
    await store.memory.saveSession(42, 1, { state: "in_review", data: {} });
    await database.query(`update review_sessions set data = '{"round": '`);
    expect((await load(store)).session).toEqual({ state: "in_review", data: '{"round": ' });
  });
});

describe("the daily sweep", () => {
  it("forgets the loop of pull requests that were closed a month ago or are not known, and of no other", async () => {
    const { store, database } = await openTestStore();
    for (const number of [1, 2, 3, 4]) {
      await store.memory.saveAskedAt(42, number, { a: early });
      await store.memory.saveReviewers(42, number, [aReviewer(5)]);
      await store.memory.saveCommand(42, number, aCommand({ commentId: number }));
      await store.memory.saveSession(42, number, { state: "in_review", data: {} });
      if (number < 4) await openPullRequest(store, number);
    }
    await database.query(`update review_sessions set updated_at = '2026-11-20'`);
    await database.query(`update pull_requests set state = 'closed', updated_at = '2026-11-20' where number = 1`);
    await database.query(`update pull_requests set state = 'closed', updated_at = '2026-12-24' where number = 2`);
    await database.query(`update pull_requests set updated_at = '2026-11-20' where number = 3`);
    await createSweepStore(store, { now: () => new Date("2027-01-01T00:00:00Z") }).prune();
    for (const [number, count] of [
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 0],
    ] as const) {
      const { memory, session } = await load(store, number);
      const kept = [Object.keys(memory.askedAt).length, memory.reviewers.length, memory.commands.length];
      expect([number, ...kept, session === null ? 0 : 1]).toEqual([number, count, count, count, count]);
    }
  });
});
