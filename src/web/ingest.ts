/** Takes GitHub's deliveries in: checked, kept durably together with the work they ask for, and only then answered. */

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Logger } from "pino";
import { type AcceptDelivery, isName, type KeepOutcome, keepDelivery } from "../handlers/keep-delivery.ts";
import { isObject, type Payload, textAt } from "../handlers/payload.ts";
import type { OwnApp } from "../handlers/routes.ts";
import { answer, refuseUnread } from "./answer.ts";
import { type BodyBudget, readBody } from "./body.ts";
import { isSigned } from "./signature.ts";

export interface IngestOptions {
  secrets: readonly string[];
  own: OwnApp;
  /** Where it rejects, GitHub hears 503. */
  accept: AcceptDelivery;
  /** `false` while starting or stopping. */
  isAccepting(): boolean;
  /** Called once per request with what became of it. */
  onAnswered(delivery: { event: string; action: string | null; outcome: IngestOutcome; seconds: number }): void;
  log: Logger;
}

export type IngestOutcome = KeepOutcome | "bad_signature" | "bad_request" | "too_large" | "unavailable" | "aborted";

/** GitHub sends at most 25 MB. @see https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap */
export const bodyLimitBytes = 26 * 1024 * 1024;
/** Ten of the largest at once; ordinary ones have some 25 kB. */
const heldBytesMax = 10 * bodyLimitBytes;

/** @returns the handler of `POST /api/github/webhooks`; it answers every request and never rejects */
export function createIngest(
  options: IngestOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const budget: BodyBudget = { heldBytes: 0, heldBytesMax };
  return async (request, response) => {
    const startedAt = performance.now();
    const seen = { event: "", action: null as string | null };
    const outcome = await ingest(request, response, { ...options, budget, seen }).catch((error: unknown) => {
      options.log.error(
        { err: error, deliveryId: headerOf(request, "x-github-delivery") },
        "A delivery could not be kept",
      );
      answer(response, 503, { error: "Holdpoint cannot keep deliveries at the moment" }, { "retry-after": "60" });
      return "unavailable" as const;
    });
    options.onAnswered({ ...seen, outcome, seconds: (performance.now() - startedAt) / 1000 });
  };
}

interface Context extends IngestOptions {
  budget: BodyBudget;
  seen: { event: string; action: string | null };
}

async function ingest(request: IncomingMessage, response: ServerResponse, context: Context): Promise<IngestOutcome> {
  if (!context.isAccepting()) {
    refuseUnread(request, response, 503, "Holdpoint is starting or stopping");
    return "unavailable";
  }
  const reading = await readBody(request, bodyLimitBytes, context.budget);
  try {
    switch (reading.kind) {
      case "too_large":
        refuseUnread(request, response, 413, "The body is larger than GitHub's deliveries are");
        return "too_large";
      case "busy":
        refuseUnread(request, response, 503, "Too many large deliveries at once");
        return "unavailable";
      case "aborted":
        return "aborted";
      case "read":
        return await take(request, response, reading.body, context);
    }
  } finally {
    reading.release();
  }
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  { secrets, own, accept, seen }: Context,
): Promise<IngestOutcome> {
  const refuse = (status: number, error: string): "bad_request" => {
    answer(response, status, { error });
    return "bad_request";
  };
  if (!isSigned(body, headerOf(request, "x-hub-signature-256"), secrets)) {
    answer(response, 401, { error: "The X-Hub-Signature-256 header is missing or does not fit the body" });
    return "bad_signature";
  }
  const event = headerOf(request, "x-github-event");
  const id = headerOf(request, "x-github-delivery");
  if (!isName(event) || !isName(id))
    return refuse(400, "The X-GitHub-Event and X-GitHub-Delivery headers are required");
  if (!(headerOf(request, "content-type") ?? "").toLowerCase().startsWith("application/json")) {
    return refuse(415, "Set the webhook's content type to application/json");
  }
  const text = body.toString("utf8");
  const payload = parse(text);
  if (payload === null) return refuse(400, "The body is not a JSON object");

  seen.event = event;
  seen.action = textAt(payload, "action");
  const outcome = await keepDelivery({ id, event, payload, text }, { own, accept });
  answer(response, 202, { accepted: outcome === "accepted" || outcome === "resumed" });
  return outcome;
}

function parse(text: string): Payload | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null; // The parser's message would quote the body.
  }
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? undefined : value;
}
