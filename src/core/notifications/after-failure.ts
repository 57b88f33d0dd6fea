/** What becomes of a message that its channel did not take. */

import type { Delivery } from "./delivery.ts";

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
  | { kind: "pass_on"; next: Delivery }
  /** No channel is left, or the last one failed for a day. */
  | { kind: "give_up" };

const failuresMax = 3;
const failingMsMax = 24 * 3_600_000;
/** Whoever has another channel does not wait longer than this for one that asks for patience. */
const patienceMs = 15 * 60_000;
const secondsBetween = [10, 60, 300, 900, 1_800, 3_600, 7_200];

/** Up to three tries where another channel is left; the last one is tried for a day, ever less often. */
export function afterFailure(
  delivery: Pick<Delivery, "key" | "target" | "fallbacks" | "notes"> & { attempts: number; failingSince: Date | null },
  failure: Failure,
  now: Date,
): NextStep {
  const next = passOn(delivery, failure);
  if (failure.kind === "refused") return next ?? { kind: "give_up" };
  const failures = delivery.attempts + 1;
  const failingSince = delivery.failingSince ?? now;
  const waitSeconds = secondsBetween[Math.min(failures, secondsBetween.length) - 1] ?? 0;
  const at = new Date(Math.max(now.getTime() + waitSeconds * 1_000, failure.retryAt?.getTime() ?? 0));
  if (next !== null && (failures >= failuresMax || at.getTime() - now.getTime() > patienceMs)) return next;
  if (at.getTime() - failingSince.getTime() > failingMsMax) return { kind: "give_up" };
  return { kind: "try_again", at, failingSince };
}

function passOn(
  { key, target, fallbacks, notes }: Pick<Delivery, "key" | "target" | "fallbacks" | "notes">,
  { reason }: Failure,
): NextStep | null {
  const [next, ...rest] = fallbacks;
  if (next === undefined) return null;
  const delivery: Delivery = {
    key: `${key} ${next.channel}`, // names the whole way, so that it is no other delivery's
    target: next,
    fallbacks: rest,
    notBefore: null,
    isDigest: false,
    notes: [...notes, { channel: target.channel, reason }],
  };
  return { kind: "pass_on", next: delivery };
}
