/** Keeps one slow or crowded destination from taking the places of the others. */

import { patienceMs } from "../core/notifications/after-failure.ts";
import type { SendOutcome } from "../handlers/messages-port.ts";

/** At the same time to one destination; chat services take about one message a second. */
const mostOfOne = 2;
/** At the same time in all. */
const mostOfAll = 16;
const spacingMs = 1_000;

export interface Turns {
  /** Sends now, or tells when its turn may be. */
  run(destination: string, send: () => Promise<SendOutcome>): Promise<SendOutcome>;
}

interface Destination {
  running: number;
  /** It asked not to be tried before. */
  patientUntil: number;
  /** The last turn that was given out. */
  lastTurn: number;
}

export function createTurns(now: () => Date): Turns {
  const destinations = new Map<string, Destination>();
  let runningInAll = 0;
  return {
    async run(name, send) {
      const destination = destinations.get(name) ?? { running: 0, patientUntil: 0, lastTurn: 0 };
      destinations.set(name, destination);
      const at = now().getTime();
      if (destination.patientUntil > at + patienceMs) {
        // A failure, so that a message with another channel takes that one.
        const reason = "it asked for patience";
        return { kind: "failed", reason, retryAt: new Date(destination.patientUntil) };
      }
      const isFull = destination.running >= mostOfOne || runningInAll >= mostOfAll;
      if (isFull || destination.patientUntil > at) {
        // One after another, so that those who wait do not all come back at once.
        destination.lastTurn = Math.max(destination.lastTurn, destination.patientUntil, at) + spacingMs;
        return { kind: "busy", retryAt: new Date(destination.lastTurn) };
      }
      destination.running += 1;
      runningInAll += 1;
      try {
        const outcome = await send();
        if (outcome.kind === "failed") destination.patientUntil = outcome.retryAt?.getTime() ?? 0;
        return outcome;
      } finally {
        destination.running -= 1;
        runningInAll -= 1;
      }
    },
  };
}
