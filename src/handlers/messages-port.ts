/** Messages as the handlers see them: where they are kept, and what carries them out of the house. */

import type { Failure } from "../core/notifications/after-failure.ts";
import type { Delivery, PassedOver } from "../core/notifications/delivery.ts";
import type { Message } from "../core/notifications/message.ts";

/** A delivery that is on its way. */
export interface KeptDelivery extends Delivery {
  id: number;
  message: Message;
  /** Failures in a row. */
  attempts: number;
  failingSince: Date | null;
  /** It was begun before and not recorded: it may have gone out already. */
  mayBeOut: boolean;
}

export interface MessageStore {
  /** Keeps deliveries together with the work they ask for, in one statement; one whose key is known stays as it is. */
  keep(message: Message, deliveries: readonly Delivery[]): Promise<void>;
  /** Takes a delivery up; `null` where it is done. */
  begin(id: number, now: Date): Promise<KeptDelivery | null>;
  /** A note that came while it was sent goes out after it, once. */
  finish(delivery: KeptDelivery, outcome: "sent" | "undelivered"): Promise<void>;
  recordFailure(id: number, failure: { reason: string; failingSince: Date }): Promise<void>;
  /**
   * Ends a delivery in favour of the first candidate that has not failed for this message. Where the message still waits
   * there, only the note is added; where it was sent already, it is sent once more, with the note.
   *
   * @returns the channel; `null` where none is left, and nothing was ended
   */
  passOn(delivery: KeptDelivery, candidates: readonly Delivery[], reason: string): Promise<string | null>;
  /** What waits for the summaries of a repository, oldest first. */
  loadDigest(repositoryId: number): Promise<{ waiting: KeptDelivery[]; isMore: boolean }>;
  /** Ends what a summary tells, together with the keeping of its deliveries, in one statement. */
  closeDigest(ids: readonly number[], message: Message, deliveries: readonly Delivery[]): Promise<void>;
}

/** What a channel is given: everything it needs to tell one message. */
export interface OutgoingMessage {
  message: Message;
  target: Delivery["target"];
  notes: PassedOver[];
  /** The same at every try, and of no other delivery. */
  idempotencyKey: string;
}

export type SendOutcome =
  | { kind: "sent" }
  /** `refused`: trying again changes nothing. The reason names no address and no secret's value. */
  | Failure
  /** It was not tried: the channel has enough to do, or asked for patience. */
  | { kind: "busy"; retryAt: Date };

/** Channels outside of GitHub. */
export interface ChannelsPort {
  /** @throws the signal's reason, where it was aborted */
  send(outgoing: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome>;
}
