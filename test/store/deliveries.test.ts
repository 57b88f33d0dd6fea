import { describe, expect, it } from "vitest";
import { openTestStore } from "../support/database.ts";
import { aDelivery, aPullRequestSubject } from "../support/subjects.ts";
import { until } from "../support/until.ts";

describe("taking a delivery in", () => {
  it("keeps the body as it came, with the work it asks for", async () => {
    const { store } = await openTestStore();
    const payload = '{"action":"opened","title":"odd \\u0000 and \\ud800, kept"}';

    expect(await store.deliveries.accept(aDelivery("d1", { payload }), [aPullRequestSubject(1)])).toBe("accepted");

    expect(await store.deliveries.read("d1")).toMatchObject({ payload, status: "queued", event: "pull_request" });
    expect(await store.jobs.readDepth()).toMatchObject({ due: 1, running: 0 });
  });

  it("finishes a delivery that concerns nothing at once", async () => {
    const { store } = await openTestStore();
    expect(await store.deliveries.accept(aDelivery("d1"), [])).toBe("accepted");
    expect(await store.deliveries.readStates(["d1", "never came"])).toEqual(new Map([["d1", "done"]]));
  });

  it("keeps neither the delivery nor its work when the statement fails", async () => {
    const { store, database } = await openTestStore();
    await database.query("alter table delivery_subjects add constraint broken check (subject_key = 'none')");

    await expect(store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)])).rejects.toThrow(/broken/);

    expect(await store.deliveries.read("d1")).toBeNull();
    expect(await store.jobs.readDepth()).toMatchObject({ due: 0 });
  });

  it("wakes a subject named twice only once", async () => {
    const { store } = await openTestStore();
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1), aPullRequestSubject(1)]);
    const workers = await store.jobs.startWorkers({ concurrency: 2, handle: async () => ({}) });
    await until(async () => (await store.deliveries.read("d1"))?.status === "done");
    await workers.stop();
  });

  it("is done only when every subject of the delivery has been looked at", async () => {
    const { store } = await openTestStore();
    const gate = Promise.withResolvers<void>();
    await store.deliveries.accept(
      aDelivery("d1"),
      [1, 2, 3].map((number) => aPullRequestSubject(number)),
    );
    const seen: number[] = [];
    const workers = await store.jobs.startWorkers({
      concurrency: 3,
      async handle(subject) {
        if (subject.kind === "pull_request" && subject.number === 3) await gate.promise;
        if (subject.kind === "pull_request") seen.push(subject.number);
        return {};
      },
    });
    await until(async () => seen.length === 2 && (await store.jobs.readDepth()).running === 1);
    expect((await store.deliveries.read("d1"))?.status).toBe("queued");

    gate.resolve();
    await until(async () => (await store.deliveries.read("d1"))?.status === "done");
    await workers.stop();
  });
});

describe("a delivery that comes again", () => {
  it("is a duplicate once it was finished, and makes no work", async () => {
    const { store } = await openTestStore();
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
    const workers = await store.jobs.startWorkers({ concurrency: 1, handle: async () => ({}) });
    await until(async () => (await store.deliveries.read("d1"))?.status === "done");
    await workers.stop();

    expect(await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)])).toBe("duplicate");
    expect(await store.jobs.readDepth()).toMatchObject({ due: 0, later: 0 });
  });

  it("is resumed while it was not finished: its work is made sure of", async () => {
    const { store, database } = await openTestStore();
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
    await database.query("update jobs set due_at = null"); // As if the wake-up had been lost.

    expect(await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)])).toBe("resumed");
    expect(await store.jobs.readDepth()).toMatchObject({ due: 1 });
  });

  it("fifty times at once makes one row and one run", async () => {
    const { store } = await openTestStore();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)])),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);

    let runs = 0;
    const workers = await store.jobs.startWorkers({
      concurrency: 4,
      async handle() {
        runs += 1;
        return {};
      },
    });
    await until(async () => (await store.deliveries.read("d1"))?.status === "done");
    await workers.stop();
    expect(runs).toBe(1);
  });
});

it("remembers with a delivery what its review was given on, and a later delivery of it changes nothing", async () => {
  const { store } = await openTestStore();
  const review = { repositoryId: 42, number: 1, reviewId: 9, headSha: "first" };
  await store.deliveries.accept(aDelivery("d1", { review }), [aPullRequestSubject(1)]);
  await store.deliveries.accept(aDelivery("d2", { review: { ...review, headSha: "second" } }), [
    aPullRequestSubject(1),
  ]);
  await store.deliveries.accept(aDelivery("d3"), [aPullRequestSubject(1)]);
  expect((await store.memory.loadDossier({ installationId: 7, repositoryId: 42, number: 1 })).reviewHeads).toEqual({
    9: "first",
  });
});
