/** Whether a request is for the head that stands there now: what was asked for an earlier one says nothing about what was pushed since. */

import type { Label } from "../snapshot.ts";
import type { BypassFacts } from "./facts.ts";

type Head = Pick<BypassFacts, "snapshot" | "memory">;

/**
 * The head that it was put on, where that was seen; else it has to be later than the head. GitHub tells times to the second, so that
 * within the second of a push nothing proves which came first.
 */
export function isLabelOnHead(label: Label, { snapshot, memory }: Head): boolean {
  const { sha } = snapshot.head;
  if (label.headAtLabelling) return label.headAtLabelling === sha;
  return label.addedAt !== null && isAfterHead(label.addedAt, { snapshot, memory });
}

/** An event may come late by so much. */
const eventLateMs = 5 * 60_000;

/**
 * Whether a label was put on under the name that it bears. GitHub's timeline tells every label by its name of today, so that one which was
 * renamed looks as if it had been put on; only the event told the name of then. `late`: it may still come.
 */
export function labelEvent(
  { headAtLabelling, addedAt }: Pick<Label, "headAtLabelling" | "addedAt">,
  now: Date,
): "seen" | "late" | "missing" {
  if (headAtLabelling !== null) return "seen";
  return addedAt !== null && now.getTime() - addedAt.getTime() < eventLateMs ? "late" : "missing";
}

/** Until then the event of a label that was put on at `addedAt` may still come. */
export function eventDueAt(addedAt: Date): Date {
  return new Date(addedAt.getTime() + eventLateMs);
}

/** Whether something happened after the head was there. */
export function isAfterHead(at: Date, { snapshot, memory }: Head): boolean {
  const head = memory.heads[snapshot.head.sha];
  return head !== undefined && at.getTime() > head.firstSeenAt.getTime();
}
