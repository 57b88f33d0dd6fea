/** Who gets a message, over what and when: the policy's routes, quiet hours and daily summary. */

import type { Notifications } from "../policy/blocks/notifications.ts";
import { type Delivery, deliveryKey, githubTarget, type Target } from "./delivery.ts";
import type { Message } from "./message.ts";
import { nextDigest, quietUntil } from "./quiet-hours.ts";

const digestTarget: Target = { channel: "digest", type: "digest", secret: null, to: [] };

/**
 * Every channel that the sender names and every one of all routes that fit gets the message once. Behind each stand the
 * channels after it in its route, and the comment on GitHub last. Where no channel is meant at all, it is the comment.
 *
 * @returns none where there is nowhere to write
 */
export function route(notifications: Notifications | undefined, message: Message, now: Date): Delivery[] {
  const lists = notifications === undefined ? [] : listsFor(notifications, message);
  const deliveries = new Map<string, Delivery>();
  for (const list of lists) {
    for (const [index, target] of list.entries()) {
      if (target.type === "github" && message.about === null) continue;
      const known = deliveries.get(target.channel);
      const fallbacks = target.type === "digest" ? [] : list.slice(index + 1);
      if (known === undefined) deliveries.set(target.channel, deliver(target, fallbacks, message));
      else known.fallbacks = merged(known.target, [...known.fallbacks, ...fallbacks], message);
    }
  }
  if (deliveries.size === 0 && message.about !== null) {
    deliveries.set(githubTarget.channel, deliver(githubTarget, [], message));
  }
  if (notifications === undefined) return [...deliveries.values()];
  return [...deliveries.values()].map((delivery) => timed(delivery, notifications, message, now));
}

/** A summary goes to all of its channels. @returns none where there is nowhere to write */
export function routeDigest(targets: readonly Target[], summary: Message): Delivery[] {
  return targets
    .map((target, index) => deliver(target, targets.slice(index + 1), summary))
    .filter(({ target }) => target.type !== "digest" && (target.type !== "github" || summary.about !== null));
}

function listsFor(notifications: Notifications, message: Message): Target[][] {
  const routes = (notifications.routes ?? []).filter(
    ({ severity, roles }) =>
      severity === message.severity && (roles === undefined || roles.some((role) => message.roles.includes(role))),
  );
  return [message.channels, ...routes.map(({ to }) => to)].map((names) => targetsOf(notifications, names));
}

function targetsOf({ channels = {} }: Notifications, names: readonly string[]): Target[] {
  return [...new Set(names)].map((channel): Target => {
    const declared = Object.hasOwn(channels, channel) ? channels[channel] : undefined;
    if (declared !== undefined) {
      return { channel, type: declared.type, secret: declared.secret ?? null, to: declared.to ?? [] };
    }
    if (channel === githubTarget.channel) return githubTarget;
    if (channel === digestTarget.channel) return digestTarget;
    return { channel, type: "unknown", secret: null, to: [] };
  });
}

function deliver(target: Target, fallbacks: readonly Target[], message: Message): Delivery {
  return {
    key: deliveryKey(message, target),
    target,
    fallbacks: merged(target, fallbacks, message),
    notBefore: null,
    isDigest: target.type === "digest",
    notes: [],
  };
}

/** Each channel once, GitHub last; a summary is no way out for a message that has to be told. */
function merged(target: Target, fallbacks: readonly Target[], { about }: Message): Target[] {
  if (target.type === "digest") return [];
  const others = fallbacks.filter(({ type }) => type !== "digest" && type !== "github");
  const github = about === null || target.type === "github" ? [] : [githubTarget];
  const all = [...others, ...github].filter(({ channel }) => channel !== target.channel);
  return all.filter(({ channel }, index) => all.findIndex((other) => other.channel === channel) === index);
}

function timed(delivery: Delivery, notifications: Notifications, message: Message, now: Date): Delivery {
  if (!delivery.isDigest) return { ...delivery, notBefore: quietUntil(notifications, message.severity, now) };
  const fallbacks = targetsOf(notifications, notifications.digest?.to ?? []);
  return { ...delivery, fallbacks, notBefore: nextDigest(notifications, now) };
}
