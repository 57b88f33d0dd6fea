/** Takes due subjects from the queue and runs the handler on each, a bounded number at a time. */

import type pg from "pg";
import type { Subject } from "../../core/subject.ts";
import type { Log } from "../log.ts";
import type { Doorbell } from "./doorbell.ts";
import { createJobEndings } from "./job-endings.ts";
import { failJob, reclaimJobs, releaseJobs } from "./job-failures.ts";
import { type ClaimedJob, claimJobs, readCauses, renewLeases, wakeJobs } from "./job-queue.ts";
import { readFailure, retryDelayMs } from "./retry-delay.ts";

export interface Run {
  /** Deliveries that caused it, oldest first, until it has ended; none for timers and sweeps. */
  readDeliveryIds(): Promise<string[]>;
  /** From 1; counts failures since the last success. */
  attempt: number;
  /** Token for `publishUnderFence`; higher for each later run. */
  fence: number;
  /** Aborted when the subject was lost to another process or this one stops. */
  signal: AbortSignal;
}

/** What a run that went well leaves behind: the next moment at which time alone could change the answer. */
export interface RunResult {
  wakeAt?: Date | null;
}

export interface WorkerOptions {
  /** Subjects in work at the same time. */
  concurrency: number;
  /**
   * Looks at a subject. Throwing means again later: at `error.retryAt` if it is a `Date`, else after a growing delay.
   */
  handle(subject: Subject, run: Run): Promise<RunResult>;
  log: Log;
  /** How long a subject stays taken after its process was last heard of; at most 60. */
  leaseSeconds?: number;
}

export interface Workers {
  /** Takes nothing more, waits for what is running, then aborts and hands back the rest. */
  stop(options?: { drainMs?: number }): Promise<void>;
}

export interface WorkerDependencies {
  pool: pg.Pool;
  doorbell: Doorbell;
  /** Names this process in the queue. */
  holder: string;
  isSoleOwner: boolean;
  /** By how much the clock of due times is ahead of the machine's; leases go by the database's clock. */
  shiftSeconds: () => number;
}

const drainMsDefault = 25_000;
const leaseSecondsDefault = 30;
/** How often workers look by themselves, for wake-ups that fall due and rings that were lost. */
const pollMs = 1_000;
const claimedAtOnceMax = 16;

interface Running {
  job: ClaimedJob;
  abort: AbortController;
  /** Monotonic time of the last renewal that succeeded. */
  renewedAt: number;
  finished: Promise<void>;
}

/** Starts working; several processes may share one database. */
export async function startWorkers(deps: WorkerDependencies, options: WorkerOptions): Promise<Workers> {
  const pool = new WorkerPool(deps, options);
  // Whatever the embedded database still shows as taken was taken by a process that is dead.
  if (deps.isSoleOwner) await reclaimJobs(deps.pool, { whose: "all", shiftSeconds: deps.shiftSeconds() });
  pool.start();
  return { stop: ({ drainMs = drainMsDefault } = {}) => pool.stop(drainMs) };
}

class WorkerPool {
  readonly #deps: WorkerDependencies;
  readonly #options: WorkerOptions;
  readonly #running = new Map<string, Running>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #leaseSeconds: number;
  readonly #end: ReturnType<typeof createJobEndings>;
  #isStopping = false;
  #filling: Promise<void> | null = null;
  #isWantedAgain = false;
  /** The last claim left places empty, so that nothing waits for one. */
  #isQueueEmpty = false;

  constructor(deps: WorkerDependencies, options: WorkerOptions) {
    this.#deps = deps;
    this.#options = options;
    this.#end = createJobEndings(deps.pool, deps.shiftSeconds);
    this.#leaseSeconds = Math.min(60, options.leaseSeconds ?? leaseSecondsDefault);
  }

  start(): void {
    this.#deps.doorbell.onRing(() => void this.#fill());
    this.#every(pollMs, () => this.#fill());
    this.#every((this.#leaseSeconds * 1000) / 3, () => this.#renew());
    this.#every((this.#leaseSeconds * 1000) / 4, () => this.#reclaim());
    void this.#fill();
  }

  async stop(drainMs: number): Promise<void> {
    this.#isStopping = true;
    await this.#filling;
    const drained = Promise.all([...this.#running.values()].map(({ finished }) => finished));
    await withTimeout(drained, drainMs);
    for (const timer of this.#timers) clearInterval(timer);
    for (const { abort } of this.#running.values()) abort.abort(new Error("Holdpoint is stopping"));
    const released = await releaseJobs(this.#deps.pool, this.#deps.holder);
    if (released > 0) this.#options.log.info({ released }, "Handed unfinished work back to the queue");
  }

  #every(ms: number, task: () => Promise<void>): void {
    this.#timers.push(setInterval(() => void task(), ms));
  }

  /** Claims until nothing is due or every place is taken; never two claims at a time in one process. */
  #fill(): Promise<void> {
    this.#isWantedAgain = true;
    this.#filling ??= this.#fillPlaces().finally(() => {
      this.#filling = null;
    });
    return this.#filling;
  }

  async #fillPlaces(): Promise<void> {
    try {
      while (this.#isWantedAgain && !this.#isStopping) {
        this.#isWantedAgain = false;
        const limit = Math.min(claimedAtOnceMax, this.#options.concurrency - this.#running.size);
        this.#isQueueEmpty = false;
        if (limit <= 0) return; // The next finished run asks again.
        const jobs = await this.#claim(limit);
        if (this.#isStopping) return; // Handed back with the rest.
        for (const job of jobs) this.#run(job);
        this.#isQueueEmpty = jobs.length < limit;
        if (!this.#isQueueEmpty) this.#isWantedAgain = true;
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, "Work could not be taken from the queue; trying again in a second");
    }
  }

  #claim(limit: number): Promise<ClaimedJob[]> {
    return claimJobs(this.#deps.pool, {
      holder: this.#deps.holder,
      limit,
      leaseSeconds: this.#leaseSeconds,
      shiftSeconds: this.#deps.shiftSeconds(),
    });
  }

  #run(job: ClaimedJob): void {
    const abort = new AbortController();
    const finished = this.#work(job, abort.signal).then((isDueAgain) => {
      if (this.#running.get(job.key)?.job === job) this.#running.delete(job.key);
      if (isDueAgain || !this.#isQueueEmpty) void this.#fill();
    });
    this.#running.set(job.key, { job, abort, renewedAt: performance.now(), finished });
  }

  /** Resolves, never rejects, with whether the subject is due again at once. */
  async #work(job: ClaimedJob, signal: AbortSignal): Promise<boolean> {
    const { handle, log } = this.#options;
    const { key, attempt, fence, generation } = job;
    const readDeliveryIds = () => readCauses(this.#deps.pool, job);
    try {
      const result = await handle(job.subject, { readDeliveryIds, attempt, fence, signal });
      const { isHeld, isDueAgain } = await this.#end({ key, fence, generation, wakeAt: result.wakeAt ?? null });
      if (!isHeld) await this.#lookAgain(job);
      return isDueAgain;
    } catch (error) {
      if (signal.aborted && this.#isStopping) return false; // Handed back already.
      await this.#fail(job, error).catch((worse: unknown) => {
        // The database does not answer: the lease runs out and the subject is taken up again.
        log.error({ err: worse, subject: job.key }, "A failed run could not be recorded");
      });
      return true;
    }
  }

  async #fail(job: ClaimedJob, error: unknown): Promise<void> {
    const { log } = this.#options;
    const deliveryIds = await readCauses(this.#deps.pool, job);
    const outcome = await failJob(this.#deps.pool, job, {
      ...readFailure(error),
      delayMs: retryDelayMs(job.attempt, Math.random()),
      shiftSeconds: this.#deps.shiftSeconds(),
    });
    const data = { err: error, subject: job.key, attempt: job.attempt, deliveryIds: deliveryIds.slice(-5) };
    if (!outcome.isHeld) return this.#lookAgain(job);
    if (outcome.isDead)
      log.error(data, "A subject has failed too often and was given up until something new happens to it");
    else log.warn(data, "Looking at a subject failed; it is tried again");
  }

  /** This run lost the subject while it was at work and may have written late: somebody has to look once more. */
  async #lookAgain(job: ClaimedJob): Promise<void> {
    this.#options.log.warn(
      { subject: job.key, fence: job.fence },
      "A run lost its subject; the subject is looked at again",
    );
    await wakeJobs(this.#deps.pool, [job.subject], { at: null, shiftSeconds: this.#deps.shiftSeconds() });
    this.#deps.doorbell.ring();
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return;
    const jobs = [...this.#running.values()].map(({ job }) => ({ key: job.key, fence: job.fence }));
    const askedAt = performance.now();
    try {
      const held = await renewLeases(this.#deps.pool, {
        holder: this.#deps.holder,
        jobs,
        leaseSeconds: this.#leaseSeconds,
      });
      for (const { key, fence } of jobs) {
        const running = this.#running.get(key);
        if (running === undefined || running.job.fence !== fence) continue;
        if (held.has(key)) running.renewedAt = askedAt;
        else running.abort.abort(new Error("The subject was taken by another process"));
      }
    } catch (error) {
      this.#options.log.warn({ err: error }, "Leases could not be renewed");
      for (const { renewedAt, abort } of this.#running.values()) {
        const isLapsed = performance.now() - renewedAt > this.#leaseSeconds * 1000;
        if (isLapsed) abort.abort(new Error("The lease ran out while the database did not answer"));
      }
    }
  }

  async #reclaim(): Promise<void> {
    try {
      const { reclaimed } = await reclaimJobs(this.#deps.pool, {
        whose: "expired",
        shiftSeconds: this.#deps.shiftSeconds(),
      });
      if (reclaimed === 0) return;
      this.#options.log.warn({ reclaimed }, "Took up the work of a process that was not heard of any more");
      await this.#fill();
    } catch (error) {
      this.#options.log.warn({ err: error }, "Lapsed leases could not be looked for");
    }
  }
}

async function withTimeout(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
