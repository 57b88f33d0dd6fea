/** Every state and every event: where it leads. */

import { describe, expect, it } from "vitest";
import { type SessionState, sessionStates } from "../../../src/core/rounds/session.ts";
import { nextState, type SessionEvent, sessionEvents, transitions } from "../../../src/core/rounds/transitions.ts";

const leadsTo: Record<SessionEvent, SessionState> = {
  closed: "closed",
  drafted: "drafting",
  unreadable: "error",
  bypass_granted: "bypassed",
  gate_opened: "approved",
  changes_asked: "revising",
  review_awaited: "awaiting_review",
  checks_awaited: "evaluating",
  fell_idle: "abandoned",
};

const pairs = sessionStates.flatMap((state) => sessionEvents.map((event) => ({ state, event })));

describe("the state machine of a session", () => {
  it("has a line for every state and every event, and none for anything else", () => {
    expect(Object.keys(transitions).sort()).toEqual([...sessionStates].sort());
    for (const row of Object.values(transitions)) expect(Object.keys(row).sort()).toEqual([...sessionEvents].sort());
  });

  it.each(pairs)("$state, $event", ({ state, event }) => {
    expect(nextState(state, event)).toBe(leadsTo[event]);
    expect(transitions[state][event] === "stays").toBe(leadsTo[event] === state);
  });

  it("every state can be reached, and left", () => {
    expect(new Set(Object.values(leadsTo))).toEqual(new Set(sessionStates));
  });
});
