import { describe, expect, it } from "vitest";
import type { Publication, SettledCheck } from "../../../src/store/jobs/publication.ts";
import type { Run } from "../../../src/store/jobs/workers.ts";
import type { Store } from "../../../src/store/store.ts";
import { openTestStore } from "../../support/database.ts";
import { aPullRequestSubject } from "../../support/subjects.ts";
import { until } from "../../support/until.ts";

const headSha = "a".repeat(40);
const checkName = "holdpoint: main";

function aPublication(
  number: number,
  { fence }: { fence: number },
  { digest = "d1", write = async () => 900, ...over }: Partial<Publication & SettledCheck> = {},
): Publication {
  const record = { state: "waiting", inputsDigest: "i1", engineVersion: "1", summary: "Waiting for a peer" };
  return {
    subject: aPullRequestSubject(number),
    repositoryId: 42,
    number,
    headSha,
    checkName,
    fence,
    knownId: null,
    settle: () => ({ digest, record, write }),
    ...over,
  };
}

/** Workers whose runs stay open, so that tests publish from within them. */
async function startRuns(store: Store, count: number) {
  const runs = new Map<number, Run & { end(): void }>();
  const workers = await store.jobs.startWorkers({
    concurrency: count,
    async handle(subject, run) {
      const { promise, resolve } = Promise.withResolvers<Record<string, never>>();
      if (subject.kind === "pull_request") runs.set(subject.number, { ...run, end: () => resolve({}) });
      return promise;
    },
  });
  await store.jobs.wake(Array.from({ length: count }, (_, i) => aPullRequestSubject(i + 1)));
  await until(() => runs.size === count);
  const run = (number: number) => runs.get(number)!;
  return {
    run,
    /** Numbers of the pull requests in the order in which their runs began. */
    inOrder: () => [...runs.keys()].sort((a, b) => run(a).fence - run(b).fence) as [number, number],
    async end() {
      for (const each of runs.values()) each.end();
      await workers.stop();
    },
  };
}

const mustNotWrite = async (): Promise<number> => {
  throw new Error("must not be called");
};

describe("publishing a check", () => {
  it("writes, and keeps the check run, the verdict and the ledger's entry", async () => {
    const { store } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    const ids: (number | null)[] = [];
    const outcome = await store.jobs.publishCheck(
      aPublication(1, run(1), {
        async write(id) {
          ids.push(id);
          return 900;
        },
      }),
    );
    expect(outcome).toBe("written");
    expect(ids).toEqual([null]);
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toEqual([{ number: 1, state: "waiting" }]);
    expect(await store.ledger.list({ repositoryId: 42 })).toMatchObject([
      {
        kind: "verdict",
        data: { number: 1, headSha, checkName, checkRunId: 900, state: "waiting", inputsDigest: "i1" },
      },
    ]);
    await end();
  });

  it.each([
    { name: "the same again", over: { write: mustNotWrite }, outcome: "unchanged" },
    { name: "the same again, seen on GitHub", over: { knownId: 900, write: mustNotWrite }, outcome: "unchanged" },
    { name: "something else", over: { digest: "d2" }, outcome: "written" },
    { name: "the same, but GitHub shows another check run", over: { knownId: 901 }, outcome: "written" },
  ])("of $name is $outcome", async ({ over, outcome }) => {
    const { store } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    await store.jobs.publishCheck(aPublication(1, run(1)));
    expect(await store.jobs.publishCheck(aPublication(1, run(1), over))).toBe(outcome);
    expect(await store.ledger.list({ repositoryId: 42 })).toHaveLength(outcome === "written" ? 2 : 1);
    await end();
  });

  it("updates the check run it made before, or the one that GitHub shows", async () => {
    const { store } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    const ids: (number | null)[] = [];
    const write = async (id: number | null): Promise<number> => {
      ids.push(id);
      return id ?? 900;
    };
    await store.jobs.publishCheck(aPublication(1, run(1), { write }));
    await store.jobs.publishCheck(aPublication(1, run(1), { write, digest: "d2" }));
    await store.jobs.publishCheck(aPublication(1, run(1), { write, digest: "d3", knownId: 901 }));
    expect(ids).toEqual([null, 900, 901]);
    await end();
  });

  it("is refused to a run that no longer holds its subject, and nothing is written", async () => {
    const { store, database } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    await database.query("update jobs set lease_until = now() - interval '1 second'");
    expect(await store.jobs.publishCheck(aPublication(1, run(1), { write: mustNotWrite }))).toBe("fenced");
    await end();
  });

  it("is refused to the older of two runs on the same head once the newer has written", async () => {
    const { store } = await openTestStore();
    const { run, inOrder, end } = await startRuns(store, 2);
    const [older, newer] = inOrder();
    expect(await store.jobs.publishCheck(aPublication(newer, run(newer)))).toBe("written");
    const late = aPublication(older, run(older), { digest: "d2", write: mustNotWrite });
    expect(await store.jobs.publishCheck(late)).toBe("fenced");
    await end();
  });

  it("on one head takes turns: the second begins after the first has ended, and sees what it did", async () => {
    const { store } = await openTestStore();
    const { run, inOrder, end } = await startRuns(store, 2);
    const [older, newer] = inOrder();
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const order: string[] = [];
    const first = store.jobs.publishCheck(
      aPublication(older, run(older), {
        async write() {
          order.push("first in");
          entered.resolve();
          await mayEnd;
          order.push("first out");
          return 900;
        },
      }),
    );
    await entered.promise;
    const second = store.jobs.publishCheck(
      aPublication(newer, run(newer), {
        digest: "d2",
        async write(id) {
          order.push(`second updates ${id}`);
          return 900;
        },
      }),
    );
    letEnd();
    expect(await Promise.all([first, second])).toEqual(["written", "written"]);
    expect(order).toEqual(["first in", "first out", "second updates 900"]);
    await end();
  });

  it("keeps nothing when the write fails, and lets the next one in", async () => {
    const { store } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    const write = async (): Promise<number> => {
      throw new Error("GitHub answered 502");
    };
    await expect(store.jobs.publishCheck(aPublication(1, run(1), { write }))).rejects.toThrow("GitHub answered 502");
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toEqual([]);
    expect(await store.ledger.list({ repositoryId: 42 })).toEqual([]);
    expect(await store.jobs.publishCheck(aPublication(1, run(1)))).toBe("written");
    await end();
  });
});

describe("verdicts of pull requests on one commit", () => {
  it("are told to whoever writes next, once nobody can add to them", async () => {
    const { store } = await openTestStore();
    const { run, inOrder, end } = await startRuns(store, 2);
    const [older, newer] = inOrder();
    const { promise: mayEnd, resolve: letEnd } = Promise.withResolvers<void>();
    const entered = Promise.withResolvers<void>();
    const told: unknown[] = [];
    const write = async (): Promise<number> => {
      entered.resolve();
      await mayEnd;
      return 900;
    };
    const first = store.jobs.publishCheck(aPublication(older, run(older), { write }));
    await entered.promise;
    const publication = aPublication(newer, run(newer));
    const settle: Publication["settle"] = (verdicts) => {
      told.push(verdicts);
      return publication.settle(verdicts);
    };
    const second = store.jobs.publishCheck({ ...publication, settle });
    letEnd();
    await Promise.all([first, second]);
    expect(told).toEqual([[{ number: older, state: "waiting" }]]);
    await end();
  });

  it("and all else stay as they are where nothing is to be said", async () => {
    const { store } = await openTestStore();
    const { run, end } = await startRuns(store, 1);
    expect(await store.jobs.publishCheck(aPublication(1, run(1), { settle: () => null }))).toBe("unchanged");
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toEqual([]);
    expect(await store.ledger.list({ repositoryId: 42 })).toEqual([]);
    expect(await store.jobs.publishCheck(aPublication(1, run(1)))).toBe("written");
    await end();
  });

  it("stand side by side, until one has moved on or was closed", async () => {
    const { store } = await openTestStore();
    const { run, inOrder, end } = await startRuns(store, 2);
    for (const number of inOrder()) await store.jobs.publishCheck(aPublication(number, run(number)));
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toHaveLength(2);

    await store.jobs.publishCheck(aPublication(1, run(1), { headSha: "b".repeat(40) }));
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toEqual([{ number: 2, state: "waiting" }]);
    await store.memory.forgetVerdicts(42, 2);
    expect(await store.memory.loadVerdicts(42, headSha, checkName)).toEqual([]);
    await end();
  });
});

it("a run that lost its subject on the way is followed by another look, since it may have written late", async () => {
  const { store, database } = await openTestStore();
  const { run, end } = await startRuns(store, 1);
  const first = run(1);
  await database.query("update jobs set lease_until = null, holder = null, fence = fence + 1000"); // Taken and ended elsewhere.
  first.end();
  await until(() => run(1) !== first);
  await end();
});
