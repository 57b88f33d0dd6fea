/** Ends runs together: those that end while a statement is under way share the next one. */

import type { Queryable } from "../queryable.ts";
import { completeJobs, type EndedJob } from "./job-queue.ts";

export interface Ending {
  /** Whether the run still held the subject; if not, nothing was changed. */
  isHeld: boolean;
  isDueAgain: boolean;
}

/** @returns what ends one run; rejects when the database does not answer, and the run is then still open */
export function createJobEndings(db: Queryable, shiftSeconds: () => number): (job: EndedJob) => Promise<Ending> {
  let waiting: { job: EndedJob; resolve(ending: Ending): void; reject(error: unknown): void }[] = [];
  let isAtWork = false;
  const work = async (): Promise<void> => {
    isAtWork = true;
    while (waiting.length > 0) {
      const together = waiting;
      waiting = [];
      try {
        const jobs = together.map(({ job: { key, fence, generation, wakeAt } }) => ({
          key,
          fence,
          generation,
          wakeAt,
        }));
        const held = await completeJobs(db, jobs, { shiftSeconds: shiftSeconds() });
        for (const { job, resolve } of together) {
          const ended = held.get(job.key);
          resolve({ isHeld: ended !== undefined, isDueAgain: ended?.isDueAgain === true });
        }
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    isAtWork = false;
  };
  return (job) =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      if (!isAtWork) void work();
    });
}
