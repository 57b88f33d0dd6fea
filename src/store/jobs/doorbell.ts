/** Tells idle workers that something is due: in this process at once, in the others through the database. */

import type pg from "pg";
import type { Log } from "../log.ts";

const channel = "holdpoint_jobs";
const reconnectDelayMs = 1_000;

export interface Doorbell {
  ring(): void;
  onRing(listener: () => void): void;
  close(): Promise<void>;
}

/**
 * A ring is a hint and may be lost; workers also look by themselves every second.
 *
 * Other processes are told by a statement of its own after the commit: a NOTIFY inside the transaction would make all
 * commits of the whole server take turns. While one is under way, further rings share the next.
 *
 * @param isSoleOwner no other process has to be told
 */
export function openDoorbell(options: {
  pool: pg.Pool;
  newSession: () => pg.Client;
  holder: string;
  isSoleOwner: boolean;
  log: Log;
}): Doorbell {
  const listeners: (() => void)[] = [];
  const ringHere = (): void => {
    for (const listener of listeners) listener();
  };
  if (options.isSoleOwner) {
    return { ring: ringHere, onRing: (listener) => void listeners.push(listener), close: async () => {} };
  }
  const tellOthers = shareCalls(async () => {
    await options.pool
      .query({ name: "ring", text: "select pg_notify($1, $2)", values: [channel, options.holder] })
      .catch((error: unknown) => options.log.debug({ err: error }, "Other processes could not be told of new work"));
  });
  const subscription = subscribe(options, ringHere);
  return {
    ring() {
      ringHere();
      tellOthers();
    },
    onRing: (listener) => void listeners.push(listener),
    close: () => subscription.close(),
  };
}

/** Runs `task` once more after the run under way, however often it was called meanwhile. */
function shareCalls(task: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  return function call() {
    if (isRunning) {
      isWanted = true;
      return;
    }
    isRunning = true;
    void task().finally(() => {
      isRunning = false;
      if (!isWanted) return;
      isWanted = false;
      call();
    });
  };
}

function subscribe(
  { newSession, holder, log }: { newSession: () => pg.Client; holder: string; log: Log },
  onRing: () => void,
): { close(): Promise<void> } {
  let session: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;

  const connect = async (): Promise<void> => {
    timer = null;
    const fresh = newSession();
    let isOver = false;
    const retry = (reason: unknown): void => {
      if (isOver || isClosed) return;
      isOver = true;
      log.warn({ err: reason }, "Not told of other processes' work for now; looking for it every second");
      void fresh.end().catch(() => {});
      timer = setTimeout(() => void connect(), reconnectDelayMs);
    };
    fresh.on("error", retry);
    fresh.on("end", () => retry(null));
    fresh.on("notification", ({ payload }) => {
      if (payload !== holder) onRing();
    });
    session = fresh;
    try {
      await fresh.connect();
      await fresh.query(`listen ${channel}`);
      onRing(); // For what was rung while nobody listened.
    } catch (error) {
      retry(error);
    }
  };
  void connect();
  return {
    async close() {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
      await session?.end().catch(() => {});
    },
  };
}
