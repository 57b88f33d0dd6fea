/** A webhook of the operator's own making, signed so that it can tell who sent it and when. */

import { createHmac } from "node:crypto";
import { plainBody } from "../core/notifications/message-words.ts";
import { oneLine } from "../core/report/words.ts";
import type { OutgoingMessage } from "../handlers/messages-port.ts";
import type { Channel } from "./channel.ts";

export const sendToWebhook: Channel = async (outgoing, { secret, now, postToSecret }) => {
  const key = secret?.signingKey ?? null;
  if (key === null) return { kind: "refused", reason: `the secret ${secret?.name}_SIGNING_KEY has no value` };
  const body = renderWebhook(outgoing);
  return postToSecret(body, (text) => ({
    "x-holdpoint-signature": sign(text, key, now()),
    "idempotency-key": outgoing.idempotencyKey,
  }));
};

export function renderWebhook({ message, notes, idempotencyKey }: OutgoingMessage): object {
  const { key, severity, roles, url, about, repositoryId, owner, name, resolves = null } = message;
  return {
    id: idempotencyKey,
    key,
    resolves,
    severity,
    roles,
    title: oneLine(message.title),
    text: plainBody(message),
    markdown: message.body,
    url,
    repository: { id: repositoryId, owner, name },
    number: about?.number ?? null,
    at: message.at.toISOString(),
    passed_over: notes,
  };
}

/** `t=<seconds since 1970>,v1=<HMAC-SHA-256 of "<t>.<body>">`: an old body cannot be sent again under a new time. */
export function sign(body: string, key: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac("sha256", key).update(`${seconds}.${body}`).digest("hex")}`;
}
