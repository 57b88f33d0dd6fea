import { describe, expect, it } from "vitest";
import { subjectKey } from "../../../src/core/subject.ts";
import type { Publication } from "../../../src/store/jobs/publication.ts";
import type { Run } from "../../../src/store/jobs/workers.ts";
import type { Store } from "../../../src/store/store.ts";
import { openTestStore } from "../../support/database.ts";
import { aPullRequestSubject } from "../../support/subjects.ts";
import { until } from "../../support/until.ts";

const check = { repositoryId: 42, headSha: "a".repeat(40), name: "holdpoint: main" };

function publicationOf(number: number, fence: number): Publication {
  return { subjectKey: subjectKey(aPullRequestSubject(number)), fence, ...check };
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
  return { workers, run: (number: number) => runs.get(number)! };
}

const written = (digest: string) => ({ checkRunId: 900, externalId: "hp-1", digest });

describe("publishing a verdict", () => {
  it("records what was written, and shows it to the next writer", async () => {
    const { store } = await openTestStore();
    const { workers, run } = await startRuns(store, 1);
    const first = publicationOf(1, run(1).fence);

    const outcome = await store.jobs.publishUnderFence(first, async (last) => {
      expect(last).toBeNull();
      return written("one");
    });
    expect(outcome).toEqual({ kind: "published", record: { ...check, ...written("one") } });

    await store.jobs.publishUnderFence(first, async (last) => {
      expect(last).toEqual({ ...check, ...written("one") });
      return written("two");
    });
    expect(await store.memory.listCheckRuns(42, check.headSha)).toEqual([{ ...check, ...written("two") }]);
    run(1).end();
    await workers.stop();
  });

  it("is refused to a run that no longer holds its subject, and nothing is written", async () => {
    const { store, database } = await openTestStore();
    const { workers, run } = await startRuns(store, 1);
    await database.query("update jobs set lease_until = now() - interval '1 second'");

    const outcome = await store.jobs.publishUnderFence(publicationOf(1, run(1).fence), async () => {
      throw new Error("must not be called");
    });
    expect(outcome).toEqual({ kind: "fenced", why: "lost_subject" });
    run(1).end();
    await workers.stop();
  });

  it("is refused to the older of two runs on the same head once the newer has written", async () => {
    const { store } = await openTestStore();
    const { workers, run } = await startRuns(store, 2);
    const [older, newer] = [1, 2].sort((a, b) => run(a).fence - run(b).fence) as [number, number];

    await store.jobs.publishUnderFence(publicationOf(newer, run(newer).fence), async () => written("newer"));
    const outcome = await store.jobs.publishUnderFence(publicationOf(older, run(older).fence), async () =>
      written("older"),
    );

    expect(outcome).toEqual({ kind: "fenced", why: "newer_run" });
    expect((await store.memory.listCheckRuns(42, check.headSha))[0]?.digest).toBe("newer");
    run(1).end();
    run(2).end();
    await workers.stop();
  });

  it("of two runs on the same head takes turns: the second begins after the first has ended", async () => {
    const { store } = await openTestStore();
    const { workers, run } = await startRuns(store, 2);
    const [older, newer] = [1, 2].sort((a, b) => run(a).fence - run(b).fence) as [number, number];
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const order: string[] = [];

    const entered = Promise.withResolvers<void>();
    const first = store.jobs.publishUnderFence(publicationOf(older, run(older).fence), async () => {
      order.push("first in");
      entered.resolve();
      await mayEnd;
      order.push("first out");
      return written("first");
    });
    await entered.promise;
    const second = store.jobs.publishUnderFence(publicationOf(newer, run(newer).fence), async (last) => {
      order.push(`second sees ${last?.digest}`);
      return written("second");
    });
    end();
    await Promise.all([first, second]);

    expect(order).toEqual(["first in", "first out", "second sees first"]);
    run(1).end();
    run(2).end();
    await workers.stop();
  });

  it("records nothing when the write fails, and lets the next one in", async () => {
    const { store } = await openTestStore();
    const { workers, run } = await startRuns(store, 1);
    const publication = publicationOf(1, run(1).fence);

    const failing = store.jobs.publishUnderFence(publication, async () => {
      throw new Error("GitHub answered 502");
    });
    await expect(failing).rejects.toThrow("GitHub answered 502");
    expect(await store.memory.listCheckRuns(42, check.headSha)).toEqual([]);
    expect(await store.jobs.publishUnderFence(publication, async () => written("x"))).toMatchObject({
      kind: "published",
    });
    run(1).end();
    await workers.stop();
  });
});

it("a run that lost its subject on the way is followed by another look, since it may have written late", async () => {
  const { store, database } = await openTestStore();
  const { workers, run } = await startRuns(store, 1);
  const first = run(1);
  await database.query("update jobs set lease_until = null, holder = null, fence = fence + 1000"); // Taken and finished elsewhere.
  first.end();
  await until(() => run(1) !== first);
  run(1).end();
  await workers.stop();
});
