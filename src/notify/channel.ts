/** What a channel is given and has to do. A new one is one file and one line in the table of channels.ts. */

import type { ChannelSecret, ChannelSettings } from "../core/notifications/channel-settings.ts";
import type { OutgoingMessage, SendOutcome } from "../handlers/messages-port.ts";

export interface Way {
  settings: ChannelSettings;
  /** `null` where the policy names none. */
  secret: ChannelSecret | null;
  now(): Date;
  /** Aborted when the time that one message has is over, and when the process stops. */
  signal: AbortSignal;
  /** Posts JSON text to an address that the channel knows. */
  post(address: string, text: string, headers?: Record<string, string>): Promise<SendOutcome>;
  /** Posts a value to the address that is the secret's value. */
  postToSecret(value: object, headersOf?: (text: string) => Record<string, string>): Promise<SendOutcome>;
}

/** @throws whatever kept it from being sent; what that means for the message is found out by its caller */
export type Channel = (outgoing: OutgoingMessage, way: Way) => Promise<SendOutcome>;
