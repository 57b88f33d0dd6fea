import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Subject } from "../../../src/core/subject.ts";
import { subjectKey } from "../../../src/core/subject.ts";
import type { Run, RunResult } from "../../../src/store/jobs/workers.ts";
import type { Store } from "../../../src/store/store.ts";
import { openStoreOn, openTestStore } from "../../support/database.ts";
import { aDelivery, aPullRequestSubject } from "../../support/subjects.ts";
import { until } from "../../support/until.ts";

const hour = 3_600_000;

/** A handler whose runs are held until they are let go, and that notices two runs of one subject at once. */
function aHeldHandler() {
  const runs: { key: string; run: Run; letGo(result?: RunResult): void; fail(error: Error): void }[] = [];
  const atWork = new Map<string, number>();
  const doubles: string[] = [];
  return {
    runs,
    doubles,
    async handle(subject: Subject, run: Run): Promise<RunResult> {
      const key = subjectKey(subject);
      atWork.set(key, (atWork.get(key) ?? 0) + 1);
      if ((atWork.get(key) ?? 0) > 1) doubles.push(key);
      const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
      runs.push({ key, run, letGo: (result = {}) => resolve(result), fail: reject });
      try {
        return await promise;
      } finally {
        atWork.set(key, (atWork.get(key) ?? 1) - 1);
      }
    },
  };
}

const isIdle = async (store: Store): Promise<boolean> => {
  const { due, running } = await store.jobs.readDepth();
  return due === 0 && running === 0;
};

describe("one subject", () => {
  it("is looked at once for a hundred deliveries that came before, and all of them are finished by it", async () => {
    const { store } = await openTestStore();
    for (let i = 0; i < 100; i++) await store.deliveries.accept(aDelivery(`d${i}`), [aPullRequestSubject(1)]);
    const { runs, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 8, handle });

    await until(() => runs.length === 1);
    expect(await runs[0]?.run.readDeliveryIds()).toEqual(Array.from({ length: 100 }, (_, i) => `d${i}`));
    runs[0]?.letGo();
    await until(() => isIdle(store));
    await workers.stop();

    expect(runs).toHaveLength(1);
    expect(new Set((await store.deliveries.readStates(["d0", "d50", "d99"])).values())).toEqual(new Set(["done"]));
  });

  it("of several of one delivery may end together with the others: then the delivery is done", async () => {
    const { store } = await openTestStore();
    const numbers = Array.from({ length: 8 }, (_, i) => i + 1);
    const { runs, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 8, handle });
    await store.deliveries.accept(
      aDelivery("all"),
      numbers.map((number) => aPullRequestSubject(number)),
    );
    await until(() => runs.length === 8);
    for (const { letGo } of runs.slice(1)) letGo();
    await until(async () => (await store.jobs.readDepth()).running === 1);
    expect((await store.deliveries.read("all"))?.status).toBe("queued");
    runs[0]?.letGo();
    await until(() => isIdle(store));
    await workers.stop();
    expect((await store.deliveries.read("all"))?.status).toBe("done");
  });

  it("that is woken during its run is looked at once more afterwards, however often it was woken", async () => {
    const { store } = await openTestStore();
    const { runs, doubles, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 8, handle });
    await store.deliveries.accept(aDelivery("before"), [aPullRequestSubject(1)]);
    await until(() => runs.length === 1);

    await store.deliveries.accept(aDelivery("during 1"), [aPullRequestSubject(1)]);
    await store.deliveries.accept(aDelivery("during 2"), [aPullRequestSubject(1)]);
    runs[0]?.letGo();
    await until(() => runs.length === 2);
    expect(await runs[1]?.run.readDeliveryIds()).toEqual(["during 1", "during 2"]);
    runs[1]?.letGo();
    await until(() => isIdle(store));
    await workers.stop();

    expect(runs).toHaveLength(2);
    expect(doubles).toEqual([]);
  });

  it("does not keep another from its turn", async () => {
    const { store } = await openTestStore();
    const { runs, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 2, handle });
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(() => runs.length === 1);
    await store.jobs.wake([aPullRequestSubject(1)]); // Queued again behind its own run …
    await store.jobs.wake([aPullRequestSubject(2)]);

    await until(() => runs.length === 2); // … which must not block the queue's head.
    expect(runs[1]?.key).toBe(subjectKey(aPullRequestSubject(2)));
    for (const run of runs) run.letGo();
    await until(() => runs.length === 3);
    runs[2]?.letGo();
    await workers.stop();
  });

  it("is known by its newest name after a repository was renamed", async () => {
    const { store } = await openTestStore();
    await store.jobs.wake([aPullRequestSubject(1, { name: "old" })]);
    await store.jobs.wake([aPullRequestSubject(1, { name: "new" })]);
    const subjects: Subject[] = [];
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      async handle(subject) {
        subjects.push(subject);
        return {};
      },
    });
    await until(() => isIdle(store));
    await workers.stop();
    expect(subjects).toEqual([aPullRequestSubject(1, { name: "new" })]);
  });
});

it("whatever the order of wake-ups and runs, a run begins after the last wake-up, never two at once", async () => {
  const { store, database } = await openTestStore();
  const other = await openStoreOn(database);
  const begun = new Map<string, number>();
  const atWork = new Set<string>();
  let clock = 0;
  let overlaps = 0;
  const handle = async (subject: Subject): Promise<RunResult> => {
    const key = subjectKey(subject);
    if (atWork.has(key)) overlaps += 1;
    atWork.add(key);
    begun.set(key, ++clock);
    await new Promise((resolve) => setImmediate(resolve));
    atWork.delete(key);
    return {};
  };
  const workers = [
    await store.jobs.startWorkers({ concurrency: 3, handle }),
    await other.jobs.startWorkers({ concurrency: 3, handle }),
  ];
  let round = 0;
  const step = fc.record({
    number: fc.integer({ min: 1, max: 3 }),
    through: fc.constantFrom("delivery", "wake"),
    isAwaited: fc.boolean(),
    isHere: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
      round += 1;
      const lastWoken = new Map<string, number>();
      const sends: Promise<unknown>[] = [];
      for (const [i, { number, through, isAwaited, isHere }] of steps.entries()) {
        const subject = aPullRequestSubject(number);
        const target = isHere ? store : other;
        const sent =
          through === "wake"
            ? target.jobs.wake([subject])
            : target.deliveries.accept(aDelivery(`${round}-${i}`), [subject]);
        // Noted before the commit can have happened: a run that begins earlier does not count.
        lastWoken.set(subjectKey(subject), ++clock);
        sends.push(sent);
        if (isAwaited) await sent;
      }
      await Promise.all(sends);
      await until(() => isIdle(store));
      for (const [key, at] of lastWoken) expect(begun.get(key) ?? 0).toBeGreaterThan(at);
      expect(await database.query("select id from deliveries where status <> 'done'")).toEqual([]);
    }),
    { numRuns: 25 },
  );
  for (const each of workers) await each.stop();
  expect(overlaps).toBe(0);
});

describe("a run that fails", () => {
  it("is tried again after a growing wait, and a success clears the record", async () => {
    const { store, database } = await openTestStore();
    const attempts: number[] = [];
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      async handle(_, { attempt }) {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Error("GitHub answered 502");
        return {};
      },
    });
    await store.jobs.wake([aPullRequestSubject(1)]);
    for (const count of [1, 2]) {
      await until(async () => attempts.length === count && (await store.jobs.readDepth()).later === 1);
      const [row] = await database.query("select last_error, due_at > now() as waits from jobs");
      expect(row).toEqual({ last_error: "Error: GitHub answered 502", waits: true });
      await database.query("update jobs set due_at = now()");
    }
    await until(() => attempts.length === 3);
    await until(() => isIdle(store));
    await workers.stop();

    expect(attempts).toEqual([1, 2, 3]);
    expect(await database.query("select attempts, failing_since, last_error from jobs")).toEqual([
      { attempts: 0, failing_since: null, last_error: null },
    ]);
  });

  it("waits until the moment its error names, also when it is woken meanwhile", async () => {
    let offsetMs = 0;
    const { store } = await openTestStore({ now: () => new Date(Date.now() + offsetMs) });
    const runs: number[] = [];
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      async handle(_, { attempt }) {
        runs.push(attempt);
        if (attempt === 1) throw Object.assign(new Error("rate limited"), { retryAt: new Date(Date.now() + hour) });
        return {};
      },
    });
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(async () => (await store.jobs.readDepth()).later === 1);

    await store.jobs.wake([aPullRequestSubject(1)]);
    expect(await store.jobs.readDepth()).toMatchObject({ due: 0, later: 1 });
    offsetMs = 59 * 60_000;
    expect(await store.jobs.readDepth()).toMatchObject({ due: 0, later: 1 });
    offsetMs = 61 * 60_000;
    await until(() => runs.length === 2);
    await workers.stop();
  });

  it("twenty times is given up, shown, and comes to life when something new happens", async () => {
    const { store, database } = await openTestStore();
    let isPoison = true;
    const workers = await store.jobs.startWorkers({
      concurrency: 2,
      async handle(subject) {
        if (isPoison && subject.kind === "pull_request" && subject.number === 1) throw new Error("poison");
        return {};
      },
    });
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
    await until(async () => (await store.jobs.readDepth()).later === 1);
    await database.query("update jobs set attempts = 18, due_at = now()"); // Two short of twenty, with this one.
    await until(
      async () => (await database.query("select from jobs where attempts = 19 and due_at > now()")).length > 0,
    );
    expect(await store.jobs.listDeadLetters()).toEqual([]);
    await database.query("update jobs set due_at = now()");
    await until(async () => (await store.jobs.readDepth()).dead === 1);
    expect(await store.jobs.listDeadLetters()).toMatchObject([
      { subject: aPullRequestSubject(1), attempts: 20, lastError: "Error: poison", deliveryIds: ["d1"] },
    ]);
    expect((await store.deliveries.read("d1"))?.status).toBe("dead");

    await store.deliveries.accept(aDelivery("d2"), [aPullRequestSubject(2)]); // Others go on.
    await until(async () => (await store.deliveries.read("d2"))?.status === "done");

    isPoison = false;
    await store.deliveries.accept(aDelivery("d3"), [aPullRequestSubject(1)]);
    await until(async () => (await store.deliveries.read("d3"))?.status === "done");
    expect((await store.deliveries.read("d1"))?.status).toBe("done");
    expect(await store.jobs.listDeadLetters()).toEqual([]);
    await workers.stop();
  });

  it("for a day is given up, whatever the number of attempts", async () => {
    const { store, database } = await openTestStore();
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      handle: async () => {
        throw new Error("still down");
      },
    });
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(async () => (await store.jobs.readDepth()).later === 1);
    await database.query("update jobs set failing_since = now() - interval '25 hours', due_at = now()");
    await until(async () => (await store.jobs.readDepth()).dead === 1);
    await workers.stop();
  });
});

describe("a moment to wake up at", () => {
  it("is one per subject: the last run says which", async () => {
    let offsetMs = 0;
    const { store } = await openTestStore({ now: () => new Date(Date.now() + offsetMs) });
    const wakeAts = [new Date(Date.now() + 48 * hour), new Date(Date.now() + 2 * hour), null];
    let runs = 0;
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      async handle() {
        return { wakeAt: wakeAts[runs++] ?? null };
      },
    });
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(async () => (await store.jobs.readDepth()).later === 1);
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(async () => runs === 2 && (await store.jobs.readDepth()).later === 1);

    offsetMs = 3 * hour;
    await until(() => runs === 3);
    await until(() => isIdle(store));
    expect(await store.jobs.readDepth()).toMatchObject({ later: 0 });
    await workers.stop();
  });

  it.each([
    { name: "replaces the one before, later or earlier", at: "2095-01-01", due: "2095-01-01" },
    { name: "may be cancelled", at: null, due: null },
  ])("set from outside $name", async ({ at, due }) => {
    const { store, database } = await openTestStore();
    await store.jobs.wakeAt(aPullRequestSubject(1), new Date("2090-01-01"));
    await store.jobs.wakeAt(aPullRequestSubject(1), at === null ? null : new Date(at));
    expect(await database.query("select due_at from jobs")).toEqual([{ due_at: due === null ? null : new Date(due) }]);
  });

  it.each([
    { name: "an immediate look", before: "due_at = now()" },
    { name: "a retry", before: "due_at = now() + interval '1 minute', attempts = 2" },
  ])("set from outside, or cancelled, does not put off $name", async ({ before }) => {
    const { store, database } = await openTestStore();
    await store.jobs.wake([aPullRequestSubject(1)]);
    await database.query(`update jobs set ${before}`);
    const [due] = await database.query("select due_at from jobs");
    await store.jobs.wakeAt(aPullRequestSubject(1), new Date("2090-01-01"));
    await store.jobs.wakeAt(aPullRequestSubject(1), null);
    expect(await database.query("select due_at from jobs")).toEqual([due]);
  });

  it("set during a run holds after it, beside the one that the run returns", async () => {
    const { store, database } = await openTestStore();
    const workers = await store.jobs.startWorkers({
      concurrency: 1,
      async handle(subject) {
        await store.jobs.wakeAt(subject, new Date("2090-01-01"));
        return { wakeAt: new Date("2095-01-01") };
      },
    });
    await store.jobs.wake([aPullRequestSubject(1)]);
    await until(async () => (await store.jobs.readDepth()).later === 1 && (await isIdle(store)));
    await workers.stop();
    expect(await database.query("select due_at from jobs")).toEqual([{ due_at: new Date("2090-01-01") }]);
  });

  it("does not delay an earlier one", async () => {
    const { store, database } = await openTestStore();
    await store.jobs.wake([aPullRequestSubject(1)], new Date("2100-01-01T00:00:00Z"));
    await store.jobs.wake([aPullRequestSubject(1)], new Date("2090-01-01T00:00:00Z"));
    await store.jobs.wake([aPullRequestSubject(1)], new Date("2095-01-01T00:00:00Z"));
    expect(await database.query("select due_at from jobs")).toEqual([{ due_at: new Date("2090-01-01T00:00:00Z") }]);
  });
});

it("rows of subjects that nothing is asked of can be swept, others stay", async () => {
  const { store, database } = await openTestStore();
  const workers = await store.jobs.startWorkers({ concurrency: 1, handle: async () => ({}) });
  await store.jobs.wake([aPullRequestSubject(1)]);
  await until(() => isIdle(store));
  await workers.stop();
  await store.jobs.wake([aPullRequestSubject(2)], new Date("2100-01-01T00:00:00Z"));
  expect(await store.jobs.sweepIdle()).toBe(1);
  expect(await database.query("select subject_key from jobs")).toEqual([{ subject_key: "pr:42#2" }]);
});

describe("stopping", () => {
  it("finishes what is running and takes nothing more", async () => {
    const { store } = await openTestStore();
    const { runs, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 1, handle });
    await store.jobs.wake([aPullRequestSubject(1), aPullRequestSubject(2)]);
    await until(() => runs.length === 1);

    const stopped = workers.stop();
    runs[0]?.letGo();
    await stopped;
    expect(runs).toHaveLength(1);
    expect(await store.jobs.readDepth()).toMatchObject({ due: 1, running: 0 });
  });

  it("hands back what does not finish in time, as due and not as failed", async () => {
    const { store, database } = await openTestStore();
    const { runs, handle } = aHeldHandler();
    const workers = await store.jobs.startWorkers({ concurrency: 1, handle });
    await store.deliveries.accept(aDelivery("d1"), [aPullRequestSubject(1)]);
    await until(() => runs.length === 1);

    await workers.stop({ drainMs: 0 });
    expect(runs[0]?.run.signal.aborted).toBe(true);
    expect(await database.query("select attempts, due_at <= now() as due, lease_until from jobs")).toEqual([
      { attempts: 0, due: true, lease_until: null },
    ]);
    runs[0]?.letGo();
  });
});

it("a hundred thousand deliveries for fifty pull requests cost fifty runs", async () => {
  const { store, database } = await openTestStore();
  await database.query(
    `insert into deliveries (id, event, payload, status, open_subjects)
      select 'd' || n, 'pull_request', '{}', 'queued', 1 from generate_series(1, 100000) n`,
  );
  const subjects = Array.from({ length: 50 }, (_, i) => aPullRequestSubject(i));
  await store.jobs.wake(subjects);
  await database.query(
    `insert into delivery_subjects (subject_key, generation, delivery_id)
      select 'pr:42#' || n % 50, n, 'd' || n from generate_series(1, 100000) n`,
  );
  await database.query("update jobs set generation = 100000");

  let runs = 0;
  const workers = await store.jobs.startWorkers({
    concurrency: 16,
    async handle() {
      runs += 1;
      return {};
    },
  });
  await until(() => isIdle(store));
  await workers.stop();
  expect(runs).toBe(50);
  expect(await database.query("select status, count(*)::int from deliveries group by status")).toEqual([
    { status: "done", count: 100_000 },
  ]);
});
