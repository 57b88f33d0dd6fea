/** What people answer to an escalation: that they have seen it, that it can wait, whose it is, or that more have to hear of it. */

import { holdsRole, type RoleFacts } from "../policy/resolve-role.ts";
import type { Json } from "../report/ledger-hash.ts";
import { isAtLeast, type Permission, type Person } from "../snapshot.ts";
import { type LevelOf, nextMoment } from "./advance-escalation.ts";
import type { Escalation } from "./escalation-state.ts";
import { lastLevel } from "./levels.ts";

export type Answer =
  | { kind: "ack"; note: string }
  | { kind: "snooze"; until: Date; reason: string }
  | { kind: "hand_over"; to: string; note: string }
  | { kind: "raise" };

export interface Answered {
  /** `known`: obeyed before, or this person's acknowledgement of this level counts already. */
  outcome: "obeyed" | "known";
  escalation: Escalation;
  entries: { kind: string; data: { [key: string]: Json } }[];
}

/** A week: whoever needs longer says so again. */
export const snoozeMaxMs = 7 * 24 * 3_600_000;

/**
 * @param source of the command, so that a comment that is read twice is obeyed once
 * @returns the level's time starts anew from an acknowledgement, once for a level and person
 */
export function answerEscalation(
  escalation: Escalation,
  answer: Answer,
  {
    person,
    source,
    now,
    levelOf,
  }: { person: Pick<Person, "id" | "login">; source: string; now: Date; levelOf: LevelOf },
): Answered {
  const { stuck, state, closedAt } = escalation;
  const level = state.levels.at(-1)?.name ?? stuck.startsAt;
  const isKnown =
    state.heard.includes(source) ||
    closedAt !== null ||
    (answer.kind === "ack" && state.acknowledged.some((one) => one.level === level && one.personId === person.id)) ||
    (answer.kind === "raise" && (state.isRaised || level === lastLevel));
  if (isKnown) return { outcome: "known", escalation, entries: [] };
  const heard = [...state.heard, source].slice(-heardMax);
  const next = { ...state, ...changeFor(answer, escalation, { person, level, now }), heard };
  const about = { key: stuck.key, number: stuck.number, what: stuck.what, level, by: person.login, byId: person.id };
  return {
    outcome: "obeyed",
    escalation: { ...escalation, state: next, nextAt: nextMoment(next, levelOf) },
    entries: [{ kind: kinds[answer.kind], data: { ...about, ...dataOf(answer) } }],
  };
}

/** More commands than people give about one thing. */
const heardMax = 200;

const kinds: Readonly<Record<Answer["kind"], string>> = {
  ack: "escalation_acknowledged",
  snooze: "escalation_snoozed",
  hand_over: "escalation_handed_over",
  raise: "escalation_raised",
};

function changeFor(
  answer: Answer,
  { state }: Escalation,
  { person, level, now }: { person: Pick<Person, "id" | "login">; level: string; now: Date },
): Partial<Escalation["state"]> {
  switch (answer.kind) {
    case "ack": {
      const acknowledged = [...state.acknowledged, { level, personId: person.id, login: person.login, at: now }];
      return { acknowledged, since: state.since > now ? state.since : now, ran: [] };
    }
    case "snooze":
      return { snoozedUntil: answer.until };
    case "hand_over":
      return { handedTo: answer.to };
    case "raise":
      return { isRaised: true };
  }
}

function dataOf(answer: Answer): { [key: string]: Json } {
  switch (answer.kind) {
    case "ack":
      return { note: answer.note };
    case "snooze":
      return { until: answer.until.toISOString(), reason: answer.reason };
    case "hand_over":
      return { to: answer.to, note: answer.note };
    case "raise":
      return {};
  }
}

/** Roles whose people may answer: the present level's, and those that can unblock it. */
export function answeringRoles({ stuck, state }: Pick<Escalation, "stuck" | "state">, levelOf: LevelOf): string[] {
  const name = state.levels.at(-1)?.name ?? stuck.startsAt;
  // After the last level those of all levels are meant.
  const names =
    name === lastLevel ? state.levels.map((level) => level.name).filter((one) => one !== lastLevel) : [name];
  return [...new Set([...names.flatMap((one) => levelOf(one).roles), ...stuck.roles])];
}

/**
 * Whoever holds one of the roles, and maintainers. The author never answers for the reviews of the own change, whatever the roles: putting
 * them off would be theirs to gain.
 *
 * @param permission `unknown` lets nobody in
 */
export function mayAnswer(
  person: Person,
  {
    escalation,
    roles,
    authorId,
    permission,
    facts,
  }: {
    escalation: Pick<Escalation, "stuck">;
    roles: readonly string[];
    /** Of the change; `null` where it is about none. */
    authorId: number | null;
    permission: Permission | "unknown";
    facts: RoleFacts;
  },
): boolean {
  if (person.kind !== "user") return false;
  if (escalation.stuck.kind === "review" && person.id === authorId) return false;
  if (permission !== "unknown" && isAtLeast(permission, "maintain")) return true;
  return roles.some((role) => holdsRole(person, role, facts) === true);
}
