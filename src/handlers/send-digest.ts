/** Sends the day's summary of a repository. */

import { composeDigest } from "../core/notifications/digest.ts";
import type { Message } from "../core/notifications/message.ts";
import { routeDigest } from "../core/notifications/route.ts";
import type { DigestSubject } from "../core/subject.ts";
import { earliest } from "./follow-up.ts";
import type { KeptDelivery } from "./messages-port.ts";
import type { Ports, RunResult } from "./ports.ts";
import { clockSkewMs } from "./send-message.ts";

/** What is told and what is ended is one statement: nothing is in two summaries or in none. */
export async function sendDigest({ repositoryId }: DigestSubject, ports: Ports): Promise<RunResult> {
  const { messages, clock } = ports;
  const { waiting, isMore } = await messages.loadDigest(repositoryId);
  const now = clock.now();
  const isDue = ({ notBefore }: KeptDelivery) => (notBefore?.getTime() ?? 0) <= now.getTime() + clockSkewMs;
  const due = waiting.filter(isDue);
  const last = due.at(-1);
  if (last === undefined) return { wakeAt: earliest(waiting.map(({ notBefore }) => notBefore)) };
  const summary = composeDigest(
    `digest ${last.id}`,
    due.map(({ message }) => message),
    now,
  );
  const deliveries = routeDigest(last.fallbacks, summary); // as the policy has it by now
  if (deliveries.length === 0) await keepInLedger(summary, ports);
  await messages.closeDigest(
    due.map(({ id }) => id),
    summary,
    deliveries,
  );
  const later = waiting.filter((delivery) => !isDue(delivery));
  return { wakeAt: isMore ? now : earliest(later.map(({ notBefore }) => notBefore)) };
}

async function keepInLedger({ repositoryId, title, body }: Message, { store, log }: Ports): Promise<void> {
  log.info({ repositoryId, title, body }, "A daily summary has no channel to go over; it is kept in the ledger");
  await store.appendToLedger(repositoryId, "message_digest", { title, body });
}
