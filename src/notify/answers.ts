/** What a channel's answer means for the message. No word of it names an address or a secret's value. */

import type { SendOutcome } from "../handlers/messages-port.ts";
import type { PostAnswer } from "./post.ts";

const patienceMsMax = 24 * 3_600_000;

export function outcomeOfAnswer({ status, retryAfter }: PostAnswer, now: Date): SendOutcome {
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status >= 300 && status < 400) return { kind: "refused", reason: "it answers with a redirect" };
  const reason = `it answers with status ${status}`;
  const mayPass = status >= 500 || [408, 425, 429].includes(status);
  return mayPass ? { kind: "failed", reason, retryAt: readRetryAfter(retryAfter, now) } : { kind: "refused", reason };
}

/**
 * @param header seconds, or a date
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
 */
function readRetryAfter(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const waitMs = /^\s*\d+\s*$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  if (Number.isNaN(waitMs) || waitMs <= 0) return null;
  return new Date(now.getTime() + Math.min(waitMs, patienceMsMax));
}
