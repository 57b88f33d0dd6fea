/** Builders of messages: say only what matters to the test. */

import type { Delivery, Target } from "../../src/core/notifications/delivery.ts";
import type { Message } from "../../src/core/notifications/message.ts";
import { now } from "./builders.ts";

export function aMessage(message: Partial<Message> = {}): Message {
  return {
    key: "overdue 42",
    installationId: 1,
    repositoryId: 7,
    owner: "acme",
    name: "api",
    severity: "high",
    roles: [],
    channels: [],
    title: "A review is overdue",
    body: "It waits for **sam**.",
    url: "https://github.com/acme/api/pull/42",
    about: { number: 42 },
    people: [],
    at: now,
    ...message,
  };
}

export function aTarget(channel: string, target: Partial<Target> = {}): Target {
  return { channel, type: "slack", secret: "SLACK_URL", to: [], ...target };
}

export function aDelivery(channel: string, delivery: Partial<Delivery> = {}): Delivery {
  return {
    key: `overdue 42 ${channel}`,
    target: aTarget(channel),
    fallbacks: [],
    notBefore: null,
    isDigest: false,
    notes: [],
    ...delivery,
  };
}
