/** Whether this process lives, can work, and what it is. None of it asks GitHub anything. */

export interface Readiness {
  ready: boolean;
  /** Each part with `ok` or what is wrong. */
  checks: Record<string, string>;
}

export interface ReadinessOptions {
  /** `null` when serving, else what it is doing instead. */
  phase(): "starting" | "stopping" | null;
  /** A write and a read; rejects when the database does not serve. Migrations are applied before the first one can succeed. */
  ping(): Promise<{ databaseTime: Date }>;
  readDepth(): Promise<{ oldestDueSeconds: number }>;
  now(): Date;
}

/** Leases and due times go by the database's clock. */
const clockDriftMaxMs = 30_000;
const queueAgeMaxSeconds = 300;
const answerWithinMs = 5_000;

/** @returns a reading of readiness; those that are asked for at the same time share one */
export function createReadiness(options: ReadinessOptions): () => Promise<Readiness> {
  let current: Promise<Readiness> | null = null;
  return () => {
    current ??= readReadiness(options).finally(() => {
      current = null;
    });
    return current;
  };
}

async function readReadiness({ phase, ping, readDepth, now }: ReadinessOptions): Promise<Readiness> {
  const now_ = phase();
  if (now_ !== null) return { ready: false, checks: { process: now_ } };
  const [database, queue] = await Promise.all([
    within(ping(), ({ databaseTime }) => {
      const driftMs = Math.abs(databaseTime.getTime() - now().getTime());
      return driftMs > clockDriftMaxMs ? "its clock and this machine's differ by more than 30 seconds" : "ok";
    }),
    within(readDepth(), ({ oldestDueSeconds }) =>
      oldestDueSeconds > queueAgeMaxSeconds ? "work has waited for more than 5 minutes" : "ok",
    ),
  ]);
  return { ready: database === "ok" && queue === "ok", checks: { process: "ok", database, queue } };
}

async function within<T>(work: Promise<T>, judge: (value: T) => string): Promise<string> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve("did not answer in time"), answerWithinMs);
  try {
    return await Promise.race([work.then(judge, () => "does not answer"), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
