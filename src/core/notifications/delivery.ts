/** One message on its way over one channel. */

import type { ChannelType } from "../policy/blocks/notifications.ts";

/** A channel as the policy described it when the message was told. `unknown`: a name that the policy does not declare. */
export interface Target {
  channel: string;
  type: ChannelType | "digest" | "unknown";
  /** The name of one of the operator's secrets, never its value. */
  secret: string | null;
  to: string[];
}

/** A channel that did not take the message, told to those who get it instead. */
export interface PassedOver {
  channel: string;
  /** Names no address and no secret's value. */
  reason: string;
}

export interface Delivery {
  /** Within the repository, equal keys are one delivery. */
  key: string;
  target: Target;
  /** Tried one after another when the target does not take it; for the digest: where it goes, to all of them. */
  fallbacks: Target[];
  /** `null`: at once. */
  notBefore: Date | null;
  /** Waits for the day's summary instead of going out by itself. */
  isDigest: boolean;
  notes: PassedOver[];
}

/** The channel that is there without being declared: a comment under the pull request or issue. */
export const githubTarget: Target = { channel: "github", type: "github", secret: null, to: [] };

/** The same message on the same channel is the same delivery, whatever brought it there. */
export function deliveryKey(message: { key: string }, { channel }: Target): string {
  return `${message.key} ${channel}`;
}
