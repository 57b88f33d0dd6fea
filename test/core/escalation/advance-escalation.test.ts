/** The machine by itself: levels in order, each step once, time counted only while it is stuck. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advanceEscalation, dueAt } from "../../../src/core/escalation/advance-escalation.ts";
import { type Answer, answerEscalation } from "../../../src/core/escalation/answer-escalation.ts";
import { dueSteps, withStep } from "../../../src/core/escalation/change-steps.ts";
import {
  type EscalationState,
  newEscalation,
  pause,
  readEscalationState,
  resume,
} from "../../../src/core/escalation/escalation-state.ts";
import { levelOf as levelIn } from "../../../src/core/escalation/levels.ts";
import type { Stuck } from "../../../src/core/escalation/stuck.ts";
import { policySchema } from "../../../src/core/policy/schema.ts";

const start = new Date("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

function aStuck(stuck: Partial<Stuck> = {}): Stuck {
  const repository = { installationId: 1, repositoryId: 7, owner: "acme", name: "api" };
  return {
    key: "review:42:checkpoint:a",
    repository,
    kind: "review",
    number: 42,
    what: "a",
    since: start,
    startsAt: "level_2",
    roles: ["peer"],
    ...stuck,
  };
}

/** A machine with a clock, whose steps are done as soon as they are due unless told otherwise. */
function aMachine(levels: object = {}, stuck = aStuck()) {
  const policy = policySchema.parse({ escalation_levels: levels });
  const levelOf = (name: string) => levelIn(policy, name);
  let state = newEscalation(start);
  let reminders = 0;
  const machine = {
    get state() {
      return state;
    },
    get reminders() {
      return reminders;
    },
    due: () => dueAt(state, levelOf),
    look(minute: number, { isCutOff = false, turnAt = at(minute) } = {}) {
      const advanced = advanceEscalation(stuck, state, levelOf, { now: at(minute), turnAt });
      state = readEscalationState(JSON.parse(JSON.stringify(advanced.state))) ?? newEscalation(start);
      if (advanced.isReminding) reminders += 1;
      if (!isCutOff) {
        for (const placed of dueSteps(state, at(minute))) state = withStep(state, placed, { outcome: "done" });
      }
      return advanced;
    },
    pause: (minute: number) => {
      state = pause(state, at(minute));
    },
    resume: (minute: number) => {
      state = resume(state, at(minute));
    },
    say(minute: number, answer: Answer, personId = 5) {
      const escalation = { stuck, state, nextAt: null, closedAt: null };
      const given = { person: { id: personId, login: `p${personId}` }, source: `${minute}/${personId}/${answer.kind}` };
      const answered = answerEscalation(escalation, answer, { ...given, now: at(minute), levelOf });
      state = answered.escalation.state;
      return answered;
    },
    levels: () => state.levels.map(({ name }) => name),
  };
  return machine;
}

describe("the levels of the seed", () => {
  it("each begins when the time of the one before is over, and acts once", () => {
    const machine = aMachine({}, aStuck({ startsAt: "level_1", kind: "failed_checks" }));
    const reached: [string, number][] = [];
    for (let minute = 0; minute <= 5 + 30 + 120 + 240; minute += 1) {
      const { reached: level } = machine.look(minute);
      if (level !== null) reached.push([level, minute]);
    }
    expect(reached).toEqual([
      ["level_1", 0],
      ["level_2", 5],
      ["level_3", 35],
      ["level_4", 155],
      ["continuous_monitoring", 395],
    ]);
    const [first, second] = machine.state.levels;
    expect(first?.steps.map(({ action }) => action)).toEqual(["retries", "automated_fixes", "fallbacks", "comment"]);
    expect(second?.steps.map(({ action }) => action)).toEqual([
      "developer_notification",
      "automated_diagnostics",
      "suggested_solutions",
      "comment",
    ]);
  });

  it("then one reminder a day, for ever", () => {
    const machine = aMachine();
    for (const minute of [0, 30, 150, 390]) machine.look(minute);
    for (let minute = 390; minute < 390 + 10 * 1_440; minute += 60) machine.look(minute);
    expect(machine.levels()).toEqual(["level_2", "level_3", "level_4", "continuous_monitoring"]);
    expect(machine.reminders).toBe(9);
  });

  it("after an outage of a day one level is reached at a time, each with its whole time", () => {
    const machine = aMachine();
    machine.look(0);
    expect(machine.look(1_440).reached).toBe("level_3");
    expect(machine.look(1_441).reached).toBeNull();
    expect(machine.look(1_560).reached).toBe("level_4");
  });
});

describe("a policy's own", () => {
  it.each([
    { name: "replaces a time", levels: { level_2: { timeout: "10m" } }, way: ["level_2", "level_3"], until: 10 },
    { name: "leads elsewhere", levels: { level_2: { escalation: "level_4" } }, way: ["level_2", "level_4"], until: 30 },
    {
      name: "adds a level",
      levels: { level_2: { escalation: "night" }, night: { timeout: "1h" } },
      way: ["level_2", "night"],
      until: 30,
    },
    {
      name: "leads in a circle, which ends in reminders",
      levels: { level_2: { escalation: "level_2" } },
      way: ["level_2", "continuous_monitoring"],
      until: 30,
    },
  ])("$name", ({ levels, way, until }) => {
    const machine = aMachine(levels);
    machine.look(0);
    machine.look(until - 1);
    expect(machine.levels()).toEqual(["level_2"]);
    machine.look(until);
    expect(machine.levels()).toEqual(way);
  });

  it("hours of business: a weekend does not count", () => {
    const weekdays = { days: ["mon", "tue", "wed", "thu", "fri"], hours: ["09:00-17:00"] };
    const machine = aMachine({ level_2: { timeout: "8h", business_hours: weekdays } }); // from Friday 12:00 UTC
    machine.look(0);
    expect(machine.due()).toEqual(new Date("2026-11-23T12:00:00Z"));
  });
});

describe("time", () => {
  it("stands still while it is not stuck, and pushes and reopening gain nothing else", () => {
    const machine = aMachine();
    machine.look(0);
    machine.pause(20);
    expect(machine.look(500).nextAt).toBeNull();
    machine.resume(1_000);
    expect(machine.due()).toEqual(at(1_010));
    for (let minute = 1_000; minute < 1_010; minute += 1) {
      machine.pause(minute);
      machine.resume(minute);
    }
    expect(machine.due()).toEqual(at(1_010));
    machine.look(1_010);
    expect(machine.levels()).toEqual(["level_2", "level_3"]);
  });

  it("counts from when the level's word may be written, if it has to wait for its turn", () => {
    const machine = aMachine();
    machine.look(0, { turnAt: at(60) });
    expect(machine.state.levels[0]?.steps.at(-1)).toMatchObject({ action: "comment", outcome: "intended" });
    expect(machine.due()).toEqual(at(90));
    machine.look(60);
    expect(machine.state.levels[0]?.steps.at(-1)).toMatchObject({ outcome: "done" });
    expect(machine.levels()).toEqual(["level_2"]);
  });
});

describe("answers", () => {
  it("an acknowledgement gives the level its time anew, once a person", () => {
    const machine = aMachine();
    machine.look(0);
    expect(machine.say(20, { kind: "ack", note: "" }).outcome).toBe("obeyed");
    expect(machine.due()).toEqual(at(50));
    expect(machine.say(40, { kind: "ack", note: "" }).outcome).toBe("known");
    expect(machine.due()).toEqual(at(50));
    expect(machine.say(45, { kind: "ack", note: "" }, 6).outcome).toBe("obeyed");
    expect(machine.due()).toEqual(at(75));
    machine.look(75);
    expect(machine.say(80, { kind: "ack", note: "" }).outcome).toBe("obeyed");
  });

  it("a snooze puts the next level off, and not beyond", () => {
    const machine = aMachine();
    machine.look(0);
    machine.say(5, { kind: "snooze", until: at(600), reason: "vendor" });
    expect(machine.look(599).reached).toBeNull();
    expect(machine.look(600).reached).toBe("level_3");
  });

  it("asked for, the next level comes at once, also out of a snooze; after the last there is none", () => {
    const machine = aMachine();
    machine.look(0);
    machine.say(1, { kind: "snooze", until: at(600), reason: "vendor" });
    machine.say(2, { kind: "raise" });
    expect(machine.look(2).reached).toBe("level_3");
    expect(machine.look(3).reached).toBeNull();
    machine.say(4, { kind: "raise" });
    machine.look(4);
    machine.say(5, { kind: "raise" });
    machine.look(5);
    expect(machine.levels().at(-1)).toBe("continuous_monitoring");
    expect(machine.say(6, { kind: "raise" }).outcome).toBe("known");
  });
});

it("failed checks that fail again are run again at most as often as the level says", () => {
  const machine = aMachine({ level_1: { retries: 3 } }, aStuck({ startsAt: "level_1", kind: "failed_checks" }));
  machine.look(0);
  for (let minute = 1; minute < 5; minute += 1) {
    machine.pause(minute);
    machine.resume(minute);
    machine.look(minute);
  }
  const retries = machine.state.levels[0]?.steps.filter(({ action }) => action === "retries") ?? [];
  expect(retries.length).toBe(3);
});

const act = fc.oneof(
  fc.record({ do: fc.constant("look" as const), isCutOff: fc.boolean() }),
  fc.record({ do: fc.constantFrom("pause" as const, "resume" as const, "raise" as const) }),
  fc.record({ do: fc.constant("ack" as const), person: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("snooze" as const), for: fc.integer({ min: 1, max: 10_080 }) }),
);

it("whatever happens and whenever: levels in order, each step taken once, and nothing said but levels, reminders and answers", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 700 }), act), { maxLength: 60 }), (acts) => {
      const machine = aMachine();
      const order = ["level_2", "level_3", "level_4", "continuous_monitoring"];
      const kinds = new Set<string>();
      const done = new Map<string, number>();
      let minute = 0;
      for (const [passed, one] of acts) {
        minute += passed;
        if (one.do === "look") {
          const before = intended(machine.state);
          const { entries } = machine.look(minute, { isCutOff: one.isCutOff });
          for (const { kind } of entries) kinds.add(kind);
          const after = intended(machine.state);
          for (const step of before) if (!after.has(step)) done.set(step, (done.get(step) ?? 0) + 1);
        } else if (one.do === "pause") machine.pause(minute);
        else if (one.do === "resume") machine.resume(minute);
        else if (one.do === "ack") machine.say(minute, { kind: "ack", note: "" }, one.person);
        else if (one.do === "snooze") machine.say(minute, { kind: "snooze", until: at(minute + one.for), reason: "x" });
        else machine.say(minute, { kind: "raise" });
        expect(machine.levels()).toEqual(order.slice(0, machine.levels().length));
      }
      expect([...kinds].filter((kind) => kind !== "escalation_level")).toEqual([]);
      expect([...done.values()].every((times) => times === 1)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

function intended({ levels }: EscalationState): Set<string> {
  return new Set(
    levels.flatMap(({ name, steps }) =>
      steps.flatMap(({ action, outcome }, index) => (outcome === "intended" ? [`${name}/${index}/${action}`] : [])),
    ),
  );
}
