/** The table of channels, and the way to each: the operator's secret, its turn, what carries the message, what its answer means. */

import type { ChannelSecret, ChannelSettings } from "../core/notifications/channel-settings.ts";
import type { ChannelType } from "../core/policy/blocks/notifications.ts";
import type { ChannelsPort, OutgoingMessage, SendOutcome } from "../handlers/messages-port.ts";
import { outcomeOfAnswer } from "./answers.ts";
import type { Channel, Way } from "./channel.ts";
import { sendMail } from "./email.ts";
import { sendToPagerduty } from "./pagerduty.ts";
import { type Lookup, post, RefusedAddress } from "./post.ts";
import { sendToSlack } from "./slack.ts";
import { sendToTeams } from "./teams.ts";
import { createTurns } from "./turns.ts";
import { sendToWebhook } from "./webhook.ts";

const channels: { [Type in Exclude<ChannelType, "github">]: { send: Channel; needsSecret: boolean } } = {
  slack: { send: sendToSlack, needsSecret: true },
  teams: { send: sendToTeams, needsSecret: true },
  email: { send: sendMail, needsSecret: false },
  pagerduty: { send: sendToPagerduty, needsSecret: true },
  webhook: { send: sendToWebhook, needsSecret: true },
};

/** For a whole message: names, connections and answers together. */
const timeoutMs = 5_000;

export interface ChannelSurroundings {
  now(): Date;
  /** Finds the addresses of a name; the system's own where left out. */
  lookup?: Lookup;
}

export function createChannels(settings: ChannelSettings, surroundings: ChannelSurroundings): ChannelsPort {
  const turns = createTurns(surroundings.now);
  return {
    async send(outgoing, signal) {
      const { type, channel: name } = outgoing.target;
      if (!isChannelType(type)) return { kind: "refused", reason: `there is no way to ${name}` };
      const { send, needsSecret } = channels[type];
      const secret = findSecret(settings, outgoing);
      if (secret !== null && "kind" in secret) return secret;
      if (secret === null && needsSecret) return { kind: "refused", reason: "the policy names no secret for it" };
      const destination = `${type} ${secret?.owner ?? ""}:${secret?.name ?? ""}`;
      return turns.run(destination, () => carry(send, outgoing, { settings, secret, signal, surroundings }));
    },
  };
}

function isChannelType(type: string): type is keyof typeof channels {
  return Object.hasOwn(channels, type);
}

/** One that is meant for this owner wins over one for all. */
function findSecret(
  { secrets }: ChannelSettings,
  { target, message }: OutgoingMessage,
): ChannelSecret | SendOutcome | null {
  const { secret: name } = target;
  if (name === null) return null;
  const named = secrets.filter((secret) => secret.name === name);
  const own =
    named.find(({ owner }) => owner === message.owner.toLowerCase()) ?? named.find(({ owner }) => owner === null);
  if (own === undefined) {
    return { kind: "refused", reason: `the operator offers ${message.owner} no secret ${name}` };
  }
  return own.value === null ? { kind: "refused", reason: `the secret ${name} has no value` } : own;
}

interface Task {
  settings: ChannelSettings;
  secret: ChannelSecret | null;
  signal: AbortSignal;
  surroundings: ChannelSurroundings;
}

async function carry(send: Channel, outgoing: OutgoingMessage, task: Task): Promise<SendOutcome> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await send(outgoing, wayOf(task, AbortSignal.any([task.signal, timeout])));
  } catch (error) {
    if (task.signal.aborted) throw task.signal.reason;
    if (timeout.aborted) return { kind: "failed", reason: `it gave no answer within ${timeoutMs / 1_000} seconds` };
    const named = task.secret === null ? "" : ` (secret ${task.secret.name})`;
    if (error instanceof RefusedAddress) return { kind: "refused", reason: `${error.message}${named}` };
    return { kind: "failed", reason: `it could not be reached: ${codeOf(error)}${named}` };
  }
}

function wayOf({ settings, secret, surroundings }: Task, signal: AbortSignal): Way {
  const { now, lookup } = surroundings;
  const sendTo: Way["post"] = async (address, body, headers = {}) => {
    const options = { allowsLoopback: settings.allowsLoopback, signal, ...(lookup === undefined ? {} : { lookup }) };
    const content = { body, headers: { "content-type": "application/json; charset=utf-8", ...headers } };
    return outcomeOfAnswer(await post(address, content, options), now());
  };
  return {
    settings,
    secret,
    now,
    signal,
    post: sendTo,
    postToSecret(value, headersOf = () => ({})) {
      const text = JSON.stringify(value);
      return sendTo(secret?.value ?? "", text, headersOf(text));
    },
  };
}

/** The code or the name alone: the message of a network error holds the name of the host, which is the operator's secret. */
function codeOf(error: unknown): string {
  const { code, name } = (typeof error === "object" && error !== null ? error : {}) as {
    code?: unknown;
    name?: unknown;
  };
  const said = [code, name].find((text) => typeof text === "string" && /^\w{1,60}$/.test(text));
  return typeof said === "string" ? said : "no connection";
}
