/** Adds a line to an issue's timeline. */
import type { Issue, IssueEvent } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";

type NewEvent = Pick<IssueEvent, "event" | "actor"> & Partial<IssueEvent>;

/** GraphQL's name for each REST event. */
const TYPES: Readonly<Record<IssueEvent["event"], string>> = {
  assigned: "AssignedEvent",
  unassigned: "UnassignedEvent",
  transferred: "TransferredEvent",
  labeled: "LabeledEvent",
  unlabeled: "UnlabeledEvent",
  closed: "ClosedEvent",
  reopened: "ReopenedEvent",
  merged: "MergedEvent",
  renamed: "RenamedTitleEvent",
  base_ref_changed: "BaseRefChangedEvent",
  head_ref_force_pushed: "HeadRefForcePushedEvent",
  convert_to_draft: "ConvertToDraftEvent",
  ready_for_review: "ReadyForReviewEvent",
  review_requested: "ReviewRequestedEvent",
  review_request_removed: "ReviewRequestRemovedEvent",
  review_dismissed: "ReviewDismissedEvent",
};

export function eventType(event: IssueEvent["event"]): string {
  return TYPES[event];
}

export function addEvent(world: World, issue: Issue, event: NewEvent): IssueEvent {
  const kept = register(world, TYPES[event.event], {
    id: 0,
    nodeId: "",
    createdAt: world.now(),
    viaApp: null,
    ...event,
  } satisfies IssueEvent);
  issue.events.push(kept);
  issue.updatedAt = world.now();
  return kept;
}
