/** Waits for something to be so on the simulated GitHub, looking after every request and every event. */

import type { Sandbox } from "../../sandbox/sandbox.ts";

export interface WaitOptions {
  /** Ends the waiting early: the answer is then `undefined`. */
  signal: AbortSignal;
  /** For ever when left out. */
  timeoutMs?: number;
}

/** @returns the first value that is not undefined; `undefined` when time is over or nobody waits any more */
export function waitUntil<Value>(
  github: Sandbox,
  look: () => Value | undefined,
  { signal, timeoutMs }: WaitOptions,
): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const settle = (value: Value | undefined) => {
      unwatch();
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      resolve(value);
    };
    const giveUp = () => settle(undefined);
    const check = () => {
      const value = look();
      if (value !== undefined) settle(value);
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs);
    const unwatch = github.watch(check);
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    else check();
  });
}
