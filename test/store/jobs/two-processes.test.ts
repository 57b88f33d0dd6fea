import { describe, expect, it } from "vitest";
import { subjectKey } from "../../../src/core/subject.ts";
import { startChild } from "../../support/child-process.ts";
import { openStoreOn, openTestStore } from "../../support/database.ts";
import { aDelivery, aPullRequestSubject } from "../../support/subjects.ts";
import { until } from "../../support/until.ts";

const holdingWorker = new URL("../../support/holding-worker.ts", import.meta.url).pathname;

describe("two processes on one database", () => {
  it("share the work, and no subject is run by both", async () => {
    const { store, database } = await openTestStore();
    const other = await openStoreOn(database);
    const runs: string[] = [];
    const by = (who: string) => ({
      concurrency: 4,
      async handle(subject: Parameters<typeof subjectKey>[0]) {
        runs.push(`${subjectKey(subject)} ${who}`);
        await new Promise((resolve) => setImmediate(resolve));
        return {};
      },
    });
    const workers = [await store.jobs.startWorkers(by("a")), await other.jobs.startWorkers(by("b"))];
    await store.jobs.wake(Array.from({ length: 200 }, (_, i) => aPullRequestSubject(i)));
    await until(() => runs.length >= 200);
    await until(async () => (await store.jobs.readDepth()).running === 0);
    for (const each of workers) await each.stop();

    expect(new Set(runs.map((run) => run.split(" ")[0])).size).toBe(200);
    expect(runs).toHaveLength(200);
    expect(new Set(runs.map((run) => run.split(" ")[1]))).toEqual(new Set(["a", "b"]));
  });

  it("the one without work is told by the database when the other takes a delivery in", async () => {
    const { store, database } = await openTestStore();
    const other = await openStoreOn(database);
    const done = Promise.withResolvers<void>();
    const workers = await other.jobs.startWorkers({
      concurrency: 1,
      async handle() {
        done.resolve();
        return {};
      },
    });
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
    await done.promise;
    await workers.stop();
  });

  it("goes on hearing after its listening connection was cut", async () => {
    const { store, database } = await openTestStore();
    const other = await openStoreOn(database);
    let runs = 0;
    const workers = await other.jobs.startWorkers({
      concurrency: 1,
      async handle() {
        runs += 1;
        return {};
      },
    });
    await database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    await until(async () => {
      try {
        return (await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)])) !== "accepted" || runs > 0;
      } catch {
        return false; // The cut connections are found out at their next use.
      }
    });
    await until(() => runs > 0);
    await workers.stop();
  });
});

it("the work of a process that was killed is taken up by another, under a higher fence, and nothing is lost", async () => {
  const { store, database } = await openTestStore();
  const child = startChild(holdingWorker, [database.url]);
  await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
  const staleFence = Number((await child.says("run")).split(" ")[2]);
  child.process.kill("SIGKILL");
  await child.ended;

  const runs: { fence: number; deliveryIds: string[] }[] = [];
  const workers = await store.jobs.startWorkers({
    concurrency: 1,
    leaseSeconds: 1,
    async handle(_, run) {
      runs.push({ fence: run.fence, deliveryIds: await run.readDeliveryIds() });
      return {};
    },
  });
  await until(async () => (await store.deliveries.read("d1"))?.status === "done");
  await workers.stop();
  expect(runs).toHaveLength(1);
  expect(runs[0]?.deliveryIds).toEqual(["d1"]);
  expect(runs[0]?.fence).toBeGreaterThan(staleFence);
});

it("a process that was stopped for longer than its lease loses the subject, and is told so when it goes on", async () => {
  const { store, database } = await openTestStore();
  const child = startChild(holdingWorker, [database.url]);
  await store.jobs.wake([aPullRequestSubject(1)]);
  await child.says("run");
  child.process.kill("SIGSTOP");

  const fences: number[] = [];
  const workers = await store.jobs.startWorkers({
    concurrency: 1,
    leaseSeconds: 1,
    async handle(_, { fence }) {
      fences.push(fence);
      return {};
    },
  });
  await until(async () => fences.length === 1 && (await store.jobs.readDepth()).running === 0);
  await workers.stop();

  child.process.kill("SIGCONT");
  await child.says(`lost ${subjectKey(aPullRequestSubject(1))}`);
});
