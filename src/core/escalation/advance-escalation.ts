/**
 * One step of an escalation. It tells, asks and assigns, ever more widely; nothing here approves anything, however much time passes.
 */

import type { Json } from "../report/ledger-hash.ts";
import { type EscalationState, intendedSteps, type ReachedLevel, retriesTaken } from "./escalation-state.ts";
import { firstLevelDefault, type Level, lastLevel } from "./levels.ts";
import { isWriting, stepsOf } from "./steps.ts";
import type { Stuck } from "./stuck.ts";
import { afterWorking, workedMs } from "./working-time.ts";

export type LevelOf = (name: string) => Level;

export interface Advanced {
  state: EscalationState;
  /** What happened, for the ledger. */
  entries: { kind: string; data: { [key: string]: Json } }[];
  /** When there is something to do again; `null` while it is not stuck. */
  nextAt: Date | null;
  /** The level that was reached now; `null` where none was. */
  reached: string | null;
  /** A day passed since the last word: somebody is to be reminded. */
  isReminding: boolean;
}

const dayMs = 24 * 3_600_000;

/**
 * @param turnAt when a level that is reached now may write to GitHub
 * @returns at most one level further: each one has its time, also after a long sleep
 */
export function advanceEscalation(
  stuck: Stuck,
  before: EscalationState,
  levelOf: LevelOf,
  { now, turnAt = now }: { now: Date; turnAt?: Date },
): Advanced {
  const nothing = { entries: [], reached: null, isReminding: false };
  if (before.pausedAt !== null) return { ...nothing, state: before, nextAt: null };
  const present = before.levels.at(-1);
  if (present === undefined) return reach(stuck, before, levelOf, { name: startOf(stuck), why: "start", now, turnAt });
  const state = retryAgain(stuck, before, present, levelOf);
  const due = dueAt(state, levelOf);
  const isDue = due.getTime() <= now.getTime();
  if (present.name === lastLevel) {
    if (!isDue) return { ...nothing, state: { ...state, isRaised: false }, nextAt: due };
    const reminded = { ...state, since: now, ran: [], reminders: state.reminders + 1, isRaised: false };
    return { ...nothing, state: reminded, nextAt: nextMoment(reminded, levelOf), isReminding: true };
  }
  if (!isDue && !state.isRaised) return { ...nothing, state, nextAt: nextMoment(state, levelOf) };
  const why = isDue ? "timeout" : "asked";
  return reach(stuck, state, levelOf, { name: nextOf(state, present, levelOf), why, now, turnAt });
}

/** When the present level's time is over, or the next reminder is due; a snooze puts it off. */
export function dueAt(state: EscalationState, levelOf: LevelOf): Date {
  const name = state.levels.at(-1)?.name ?? firstLevelDefault;
  const [timeoutMs, hours] = name === lastLevel ? [dayMs, null] : [levelOf(name).timeoutMs, levelOf(name).hours];
  const used = state.ran.reduce((sum, { from, to }) => sum + workedMs(from, to, hours), 0);
  const over = afterWorking(state.since, timeoutMs - used, hours);
  return state.snoozedUntil !== null && state.snoozedUntil > over ? state.snoozedUntil : over;
}

/** When there is something to do: steps whose turn it is, or the next level. */
export function nextMoment(state: EscalationState, levelOf: LevelOf): Date | null {
  if (state.pausedAt !== null) return null;
  const moments = intendedSteps(state).map(({ level, step }) => (isWriting(step.action) ? level.turnAt : level.at));
  if (state.isRaised) moments.push(state.since);
  return [...moments, dueAt(state, levelOf)].reduce((first, moment) => (moment < first ? moment : first));
}

/** The level it would go to; a policy that leads in a circle ends in reminders. */
function nextOf(state: EscalationState, present: ReachedLevel, levelOf: LevelOf): string {
  const { next } = levelOf(present.name);
  return state.levels.some(({ name }) => name === next) ? lastLevel : next;
}

function startOf({ startsAt }: Stuck): string {
  return startsAt === "" ? firstLevelDefault : startsAt;
}

function reach(
  stuck: Stuck,
  state: EscalationState,
  levelOf: LevelOf,
  { name, why, now, turnAt }: { name: string; why: ReachedLevel["why"]; now: Date; turnAt: Date },
): Advanced {
  const steps = name === lastLevel ? [] : stepsOf(levelOf(name));
  const isWaiting = steps.some(({ action }) => isWriting(action)) && turnAt > now;
  const level: ReachedLevel = { name, at: now, why, turnAt: isWaiting ? turnAt : now, steps };
  const reached: EscalationState = {
    ...state,
    levels: [...state.levels, level],
    // People have the level's whole time from when they can know of it.
    since: level.turnAt,
    ran: [],
    snoozedUntil: why === "asked" ? null : state.snoozedUntil,
    isRaised: false,
    isBack: false,
  };
  const { key, number, what, kind } = stuck;
  return {
    state: reached,
    entries: [{ kind: "escalation_level", data: { key, number, what, stuckKind: kind, level: name, why } }],
    nextAt: nextMoment(reached, levelOf),
    reached: name,
    isReminding: false,
  };
}

/** What failed again after it was run again may be run once more, at the level that does so. */
function retryAgain(stuck: Stuck, state: EscalationState, present: ReachedLevel, levelOf: LevelOf): EscalationState {
  if (!state.isBack) return state;
  const level = present.name === lastLevel ? null : levelOf(present.name);
  const isWanted = stuck.kind === "failed_checks" && level !== null && level.actions.includes("retries");
  const isUnderWay = intendedSteps(state).some(({ step }) => step.action === "retries");
  if (!isWanted || isUnderWay || retriesTaken(state) >= level.retriesMax) return { ...state, isBack: false };
  const again = {
    ...present,
    steps: [...present.steps, { action: "retries", outcome: "intended" as const, data: null }],
  };
  return { ...state, levels: [...state.levels.slice(0, -1), again], isBack: false };
}
