/** The state machine of a review session, whole: every state and every event. */

import type { SessionState } from "./session.ts";

/**
 * What a look at a pull request found, one event a look. Events are derived from how things are, never from webhooks,
 * so that lost, doubled and reordered ones change nothing.
 */
export const sessionEvents = [
  "closed",
  "drafted",
  "unreadable",
  "bypass_granted",
  "gate_opened",
  "changes_asked",
  "review_awaited",
  "checks_awaited",
  "fell_idle",
] as const;
export type SessionEvent = (typeof sessionEvents)[number];

/**
 * `fell_idle` comes only while somebody ought to act: a draft, an open gate and an error grow old without being abandoned.
 * Where it comes to one of them, the look before it was missed, and what is abandoned now was about to be acted on since.
 */
export const transitions: Readonly<Record<SessionState, Readonly<Record<SessionEvent, SessionState | "stays">>>> = {
  drafting: {
    closed: "closed",
    drafted: "stays",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  evaluating: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "stays",
    fell_idle: "abandoned",
  },
  awaiting_review: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "stays",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  revising: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "stays",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  approved: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "stays",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  bypassed: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "stays",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  abandoned: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "stays",
  },
  closed: {
    closed: "stays",
    drafted: "drafting",
    unreadable: "error",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
  error: {
    closed: "closed",
    drafted: "drafting",
    unreadable: "stays",
    bypass_granted: "bypassed",
    gate_opened: "approved",
    changes_asked: "revising",
    review_awaited: "awaiting_review",
    checks_awaited: "evaluating",
    fell_idle: "abandoned",
  },
};

export function nextState(state: SessionState, event: SessionEvent): SessionState {
  const next = transitions[state][event];
  return next === "stays" ? state : next;
}
