/** What becomes of a delivery once it is parsed, by whichever door it came: kept with the work it asks for, or left. */

import type { Subject } from "../core/subject.ts";
import { type ArrivedLabel, labelArrivalIn } from "./label-arrival.ts";
import { idAt, type Payload, textAt } from "./payload.ts";
import { type ReviewArrival, reviewArrivalIn } from "./review-arrival.ts";
import { type OwnApp, subjectsOf } from "./routes.ts";

export interface AcceptedDelivery {
  id: string;
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  /** The body as it came; by Probot's door the same JSON written anew. */
  payload: string;
}

/** What a delivery tells that GitHub does not tell later; kept with it. */
export interface Arrivals {
  review: ReviewArrival | null;
  label: ArrivedLabel | null;
}

/**
 * Keeps a delivery and its work in one transaction. Rejects when nothing is known to be kept; GitHub then hears that it
 * failed, and the delivery can be had again.
 */
export type AcceptDelivery = (
  delivery: AcceptedDelivery,
  subjects: readonly Subject[],
  arrivals: Arrivals,
) => Promise<"accepted" | "resumed" | "duplicate">;

export type KeepOutcome = Awaited<ReturnType<AcceptDelivery>> | "irrelevant";

export interface ReceivedDelivery {
  id: string;
  event: string;
  payload: Payload;
  /** The payload as JSON. */
  text: string;
}

/** @returns once the transaction is committed, or at once for what cannot change an answer */
export async function keepDelivery(
  { id, event, payload, text }: ReceivedDelivery,
  { own, accept }: { own: OwnApp; accept: AcceptDelivery },
): Promise<KeepOutcome> {
  const subjects = subjectsOf(event, payload, own);
  if (subjects.length === 0) return "irrelevant";
  const delivery: AcceptedDelivery = {
    id,
    event,
    action: textAt(payload, "action"),
    installationId: idAt(payload, "installation", "id"),
    repositoryId: idAt(payload, "repository", "id"),
    payload: text,
  };
  return accept(delivery, subjects, {
    review: reviewArrivalIn(event, payload),
    label: labelArrivalIn(event, payload),
  });
}

/** Delivery ids are UUIDs and events words; both become keys and labels. */
export function isName(text: unknown): text is string {
  return typeof text === "string" && /^[A-Za-z0-9_-]{1,100}$/.test(text);
}
