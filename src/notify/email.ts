/** Mail, over the operator's own server. */

import { createTransport } from "nodemailer";
import { domainOf, isEmailAddress } from "../core/email-address.ts";
import { contextOf, noteOf, plainBody } from "../core/notifications/message-words.ts";
import { cut, oneLine } from "../core/report/words.ts";
import type { OutgoingMessage, SendOutcome } from "../handlers/messages-port.ts";
import type { Channel, Way } from "./channel.ts";
import { isLoopbackAddress } from "./public-address.ts";

/** A line of a header holds 998 characters; nobody reads as many. */
const subjectMax = 200;

export const sendMail: Channel = async (outgoing, way) => {
  const { smtp } = way.settings;
  if (smtp === null) return { kind: "refused", reason: "the operator has set up no mail server (SMTP_URL)" };
  const recipients = recipientsOf(outgoing, way, smtp.recipientDomains);
  if (!Array.isArray(recipients)) return recipients;
  const transport = createTransport({
    ...serverOf(smtp.url, way.settings.allowsLoopback),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const stop = () => transport.close();
  const aborted = new Promise<never>((_, reject) =>
    way.signal.addEventListener("abort", () => reject(way.signal.reason), { once: true }),
  );
  way.signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.race([
      transport.sendMail({ from: smtp.from, to: recipients, ...renderMail(outgoing, smtp.from) }),
      aborted,
    ]);
    return { kind: "sent" };
  } catch (error) {
    if (way.signal.aborted) throw error;
    return outcomeOf(error);
  } finally {
    stop();
  }
};

export function renderMail({ message, notes, idempotencyKey }: OutgoingMessage, from: string) {
  const parts = [
    contextOf(message),
    plainBody(message),
    ...(message.url === null ? [] : [message.url]),
    ...notes.map(noteOf),
    "-- \nSent by Holdpoint. Where it goes is set in the repository's policy and by its operator.",
  ];
  return {
    subject: cut(oneLine(`[${message.owner}/${message.name}] ${message.title}`), subjectMax),
    text: `${parts.join("\n\n")}\n`,
    messageId: `<${idempotencyKey}@${domainOf(from)}>`,
    headers: { "Auto-Submitted": "auto-generated" },
  };
}

/** The operator's own list goes anywhere; what a policy names stays within the domains that the operator allows. */
function recipientsOf(
  { target }: OutgoingMessage,
  { secret }: Way,
  domains: readonly string[],
): string[] | SendOutcome {
  const listed = (secret?.value ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  if (!listed.every(isEmailAddress))
    return { kind: "refused", reason: `the secret ${secret?.name} is no list of e-mail addresses` };
  const foreign = target.to.find((address) => !isEmailAddress(address) || !domains.includes(domainOf(address)));
  if (foreign !== undefined) {
    return {
      kind: "refused",
      reason: `${oneLine(foreign)} is no address in a domain that the operator allows (SMTP_RECIPIENT_DOMAINS)`,
    };
  }
  const recipients = [...new Set([...listed, ...target.to])];
  return recipients.length > 0 ? recipients : { kind: "refused", reason: "it names nobody" };
}

/** Without TLS from the start, it is asked for before anything is said; a test server on this machine may do without. */
function serverOf(address: string, allowsLoopback: boolean) {
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isTest = allowsLoopback && (host === "localhost" || isLoopbackAddress(host));
  const secure = url.protocol === "smtps:";
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !isTest,
    ...(isTest ? { tls: { rejectUnauthorized: false } } : {}),
    ...(auth.user === "" ? {} : { auth }),
  };
}

/** Replies from 500 on are final; the words of the server may name people and are not passed on. */
function outcomeOf(error: unknown): SendOutcome {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === "EAUTH") return { kind: "refused", reason: "the mail server does not accept the sign-in" };
  if (typeof responseCode === "number" && responseCode >= 500) {
    return { kind: "refused", reason: `the mail server answers with ${responseCode}` };
  }
  const what =
    typeof responseCode === "number"
      ? `answers with ${responseCode}`
      : `cannot be reached (${String(code ?? "unknown")})`;
  return { kind: "failed", reason: `the mail server ${what}` };
}
