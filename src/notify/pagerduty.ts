/** PagerDuty's Events API. @see https://developer.pagerduty.com/docs/send-alert-event */

import { createHash } from "node:crypto";
import { noteOf, plainBody } from "../core/notifications/message-words.ts";
import { cut, oneLine } from "../core/report/words.ts";
import type { Severity } from "../core/severity.ts";
import type { OutgoingMessage } from "../handlers/messages-port.ts";
import type { Channel } from "./channel.ts";

const severities: Record<Severity, string> = { low: "info", medium: "warning", high: "error", critical: "critical" };
/** PagerDuty's limits. */
const summaryMax = 1_024;
const dedupKeyMax = 255;
const detailsMax = 20_000;

export const sendToPagerduty: Channel = (outgoing, { settings, secret, post }) =>
  post(settings.pagerdutyUrl, JSON.stringify({ routing_key: secret?.value, ...renderPagerduty(outgoing) }));

/** A message that puts an end to another one closes its incident; where there is none, PagerDuty lets it pass. */
export function renderPagerduty({ message, notes }: OutgoingMessage): object {
  const { repositoryId, key, resolves, owner, name, severity, roles, at, url } = message;
  const dedup_key = dedupKey(repositoryId, resolves ?? key);
  if (resolves !== undefined) return { event_action: "resolve", dedup_key };
  return {
    event_action: "trigger",
    dedup_key,
    payload: {
      summary: cut(oneLine(message.title), summaryMax),
      source: `${owner}/${name}`,
      severity: severities[severity],
      timestamp: at.toISOString(),
      class: "holdpoint",
      custom_details: { text: cut(plainBody(message), detailsMax), roles, notes: notes.map(noteOf) },
    },
    links: url === null ? [] : [{ href: url, text: "Read on" }],
    client: "Holdpoint",
  };
}

/** Keys are a repository's own, and a routing key may serve several. */
function dedupKey(repositoryId: number, key: string): string {
  const whole = `holdpoint ${repositoryId} ${key}`;
  return whole.length <= dedupKeyMax ? whole : createHash("sha256").update(whole).digest("hex");
}
