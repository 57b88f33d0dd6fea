/** What becomes of a message that its channel did not take. */

import { type Delivery, deliveryKey } from "./delivery.ts";

export interface Failure {
  /** `refused`: trying again changes nothing. */
  kind: "refused" | "failed";
  /** Names no address and no secret's value. */
  reason: string;
  /** The channel asked not to be tried before. */
  retryAt?: Date | null;
}

export type NextStep =
  | { kind: "try_again"; at: Date; failingSince: Date }
  /** In this order: a channel that did not take this message either is left out. */
  | { kind: "pass_on"; candidates: Delivery[] }
  /** No channel is left, or the last one failed for a day. */
  | { kind: "give_up" };

const failuresMax = 3;
const failingMsMax = 24 * 3_600_000;
/** Whoever has another channel does not wait longer than this for one that asks for patience. */
export const patienceMs = 15 * 60_000;
const secondsBetween = [10, 60, 300, 900, 1_800, 3_600, 7_200];

type Tried = Pick<Delivery, "fallbacks"> & { message: { key: string }; attempts: number; failingSince: Date | null };

/** Up to three tries where another channel is left; the last one is tried for a day, ever less often. */
export function afterFailure(delivery: Tried, failure: Failure, now: Date): NextStep {
  const passOn: NextStep | null =
    delivery.fallbacks.length === 0 ? null : { kind: "pass_on", candidates: candidatesAfter(delivery) };
  if (failure.kind === "refused") return passOn ?? { kind: "give_up" };
  const failures = delivery.attempts + 1;
  const failingSince = delivery.failingSince ?? now;
  const waitSeconds = secondsBetween[Math.min(failures, secondsBetween.length) - 1] ?? 0;
  const at = new Date(Math.max(now.getTime() + waitSeconds * 1_000, failure.retryAt?.getTime() ?? 0));
  if (passOn !== null && (failures >= failuresMax || at.getTime() - now.getTime() > patienceMs)) return passOn;
  if (at.getTime() - failingSince.getTime() > failingMsMax) return { kind: "give_up" };
  return { kind: "try_again", at, failingSince };
}

function candidatesAfter({ message, fallbacks }: Tried): Delivery[] {
  return fallbacks.map((target, index) => ({
    key: deliveryKey(message, target),
    target,
    fallbacks: fallbacks.slice(index + 1),
    notBefore: null,
    isDigest: false,
    notes: [],
  }));
}
