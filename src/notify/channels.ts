/** The table of channels, and the way to each: the operator's secret, then what carries the message. */

import type { ChannelSecret, ChannelSettings } from "../core/notifications/channel-settings.ts";
import type { ChannelType } from "../core/policy/blocks/notifications.ts";
import type { ChannelsPort, OutgoingMessage, SendOutcome } from "../handlers/messages-port.ts";

/** What a channel has to work with. */
export interface Way {
  settings: ChannelSettings;
  /** `null` where the policy names none. */
  secret: ChannelSecret | null;
  now(): Date;
  /** Aborted after the whole time that one message has, and when the process stops. */
  signal: AbortSignal;
}

export type Channel = (outgoing: OutgoingMessage, way: Way) => Promise<SendOutcome>;

const channels: { [Type in Exclude<ChannelType, "github">]?: Channel } = {};

/** Every connection, answer and redirect of one message together. */
const timeoutMs = 5_000;

export function createChannels(settings: ChannelSettings, { now }: { now(): Date }): ChannelsPort {
  return {
    async send(outgoing, signal) {
      const { type, secret: name } = outgoing.target;
      const channel = Object.hasOwn(channels, type) ? channels[type as keyof typeof channels] : undefined;
      if (channel === undefined) return { kind: "refused", reason: `there is no channel of type ${type}` };
      const secret = name === null ? null : findSecret(settings, name, outgoing.message.owner);
      if (name !== null && secret === null) {
        return {
          kind: "refused",
          reason: `the operator lists no secret ${name} for repositories of ${outgoing.message.owner}`,
        };
      }
      if (secret?.value === null) return { kind: "refused", reason: `the secret ${name} has no value` };
      return channel(outgoing, {
        settings,
        secret,
        now,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
    },
  };
}

/** One that is meant for this owner wins over one for all. */
function findSecret({ secrets }: ChannelSettings, name: string, owner: string): ChannelSecret | null {
  const named = secrets.filter((secret) => secret.name === name);
  const own = named.find((secret) => secret.owner === owner.toLowerCase());
  return own ?? named.find((secret) => secret.owner === null) ?? null;
}
