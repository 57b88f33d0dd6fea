/** Lets judgements wait while the process is busy: webhooks are answered first, and what waits here is kept already. */

export interface JudgingSlots {
  /** Runs the work once there is a slot for it, in the order of asking. */
  run<T>(work: () => Promise<T>): Promise<T>;
  /** Looks again how busy the process is; called by a timer, and by tests. */
  look(): void;
  close(): void;
}

export interface JudgingSlotsOptions {
  /** Slots while the process keeps up. */
  most: number;
  /** Share of the time since the last look in which the event loop had work, 0 to 1. */
  readBusy?: () => number;
}

/** Slots while the process is busy: enough to go on, few enough to leave the processor to answers. */
export const slotsWhileBusy = 4;

/** From here on answers queue behind judgements. Measured: 250 webhooks a second were answered within 0.1 s with 4 slots, and not with 64. */
export const busyFrom = 0.7;

const lookEveryMs = 50;

export function createJudgingSlots({ most, readBusy = measureBusy() }: JudgingSlotsOptions): JudgingSlots {
  const waiting: (() => void)[] = [];
  let running = 0;
  let slots = most;
  const admit = () => {
    while (running < slots && waiting.length > 0) {
      running += 1;
      waiting.shift()?.();
    }
  };
  const look = () => {
    slots = readBusy() >= busyFrom ? Math.min(most, slotsWhileBusy) : most;
    admit();
  };
  const timer = setInterval(look, lookEveryMs).unref();
  return {
    look,
    close: () => clearInterval(timer),
    async run(work) {
      const admitted = new Promise<void>((resolve) => waiting.push(resolve));
      admit();
      await admitted;
      try {
        return await work();
      } finally {
        running -= 1;
        admit();
      }
    },
  };
}

/** @see https://nodejs.org/api/perf_hooks.html#performanceeventlooputilizationutilization1-utilization2 */
function measureBusy(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}
