/** Sends one message over one channel, and hands it on to the next where that one fails. */

import { createHash } from "node:crypto";
import { afterFailure, type Failure } from "../core/notifications/after-failure.ts";
import { renderComment } from "../core/notifications/message-words.ts";
import type { MessageSubject } from "../core/subject.ts";
import type { KeptDelivery, SendOutcome } from "./messages-port.ts";
import type { Ports, Run, RunResult } from "./ports.ts";

/** By so much the database's clock may be ahead of this process's. */
export const clockSkewMs = 60_000;

/** Killed between the sending and the recording it sends again, under the same idempotency key. */
export async function sendMessage({ messageId }: MessageSubject, ports: Ports, run: Run): Promise<RunResult> {
  const { messages, clock, meter } = ports;
  const delivery = await messages.begin(messageId, clock.now());
  if (delivery === null) return {}; // sent, handed on or no longer of interest
  const { notBefore, target } = delivery;
  if (notBefore !== null && notBefore.getTime() > clock.now().getTime() + clockSkewMs) return { wakeAt: notBefore };
  const outcome = await sendOver(delivery, ports, run.signal);
  if (outcome.kind === "busy") return { wakeAt: outcome.retryAt };
  meter.told(target.type, outcome.kind);
  if (outcome.kind !== "sent") return follow(delivery, outcome, ports);
  await messages.finish(delivery, "sent");
  return {};
}

async function follow(delivery: KeptDelivery, failure: Failure, ports: Ports): Promise<RunResult> {
  const { messages, clock, meter, log } = ports;
  const { id, message, target } = delivery;
  const { reason } = failure;
  const step = afterFailure(delivery, failure, clock.now());
  const data = { messageId: id, repositoryId: message.repositoryId, channel: target.channel, reason };
  switch (step.kind) {
    case "try_again":
      log.warn({ ...data, at: step.at }, "A channel did not take a message; it is tried again");
      await messages.recordFailure(id, { reason, failingSince: step.failingSince });
      return { wakeAt: step.at };
    case "pass_on": {
      const next = await messages.passOn(delivery, step.candidates, reason);
      if (next === null) return giveUp(delivery, reason, ports);
      log.warn({ ...data, next }, "A channel did not take a message; the next one gets it");
      meter.told(target.type, "passed_on");
      return {};
    }
    case "give_up":
      return giveUp(delivery, reason, ports);
  }
}

/** What nobody heard of stays in the ledger. */
async function giveUp(
  delivery: KeptDelivery,
  reason: string,
  { store, messages, meter, log }: Ports,
): Promise<RunResult> {
  const { id, message, target } = delivery;
  const { repositoryId, key, severity, title, body } = message;
  const { channel } = target;
  log.error({ messageId: id, repositoryId, channel, reason }, "A message reached nobody: no channel took it");
  await store.appendToLedger(repositoryId, "message_undelivered", { key, severity, title, body, channel, reason });
  await messages.finish(delivery, "undelivered");
  meter.told(target.type, "undelivered");
  return {};
}

async function sendOver(
  { message, key, target, notes, mayBeOut }: KeptDelivery,
  { github, channels }: Ports,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const idempotencyKey = createHash("sha256").update(`${message.repositoryId} ${key}`).digest("hex").slice(0, 40);
  if (target.type === "unknown") return { kind: "refused", reason: "the policy declares no channel of that name" };
  if (target.type !== "github") return channels.send({ message, target, notes, idempotencyKey }, signal);
  if (message.about === null) return { kind: "refused", reason: "there is nothing on GitHub to comment on" };
  const marker = `<!-- holdpoint:message:${idempotencyKey} -->`;
  const body = renderComment(message, notes, marker);
  return github.commentOnce(
    { ...message, number: message.about.number },
    { body, marker, soughtSince: mayBeOut ? message.at : null },
  );
}
