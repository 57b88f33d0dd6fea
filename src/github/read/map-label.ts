/** GraphQL labels and the events that put them there → {@link Label}. */

import type { Label } from "../../core/snapshot.ts";
import { personOrNull, type RawActor } from "./map-person.ts";

export const labelEventFields = `
fragment LabelEventFields on LabeledEvent { actor { ...ActorFields } createdAt label { name } }`;

export interface RawLabelEvent {
  actor: RawActor | null;
  createdAt: string;
  label: { name: string };
}

/** @param events oldest first, as GitHub lists them */
export function mapLabels(names: readonly string[], events: readonly RawLabelEvent[]): Label[] {
  const newest = new Map(events.map((event) => [event.label.name, event]));
  return names.map((name) => {
    const event = newest.get(name);
    return { name, addedBy: personOrNull(event?.actor), addedAt: event ? new Date(event.createdAt) : null };
  });
}

/** Holds when each label's event is among these, so that older ones need not be read. */
export function explainsLabels(names: readonly string[], events: readonly RawLabelEvent[]): boolean {
  const explained = new Set(events.map(({ label }) => label.name));
  return names.every((name) => explained.has(name));
}
