/** How far an escalation has come: what is kept of it between two looks. */

import { z } from "zod";
import type { Json } from "../report/ledger-hash.ts";
import type { Stuck, StuckKind } from "./stuck.ts";

const json = z.json() as z.ZodType<Json>;

/**
 * - `intended`: to be done, or done and not recorded
 * - `done`, `nothing` (there was nothing to do), `refused` (GitHub would not have it): over
 */
const stepSchema = z.object({
  action: z.string(),
  outcome: z.enum(["intended", "done", "nothing", "refused"]),
  /** What it is to do, settled before it is begun, so that a restart does the same. */
  data: json,
});
export type EscalationStep = z.output<typeof stepSchema>;

const levelSchema = z.object({
  name: z.string(),
  at: z.coerce.date(),
  why: z.enum(["start", "timeout", "asked"]),
  /** From when on it may write to GitHub: what it has to say may have to wait for its turn. */
  turnAt: z.coerce.date(),
  /** In the order in which they are done. */
  steps: z.array(stepSchema),
});
export type ReachedLevel = z.output<typeof levelSchema>;

const nullableDate = z.union([z.null(), z.coerce.date()]);

const stateSchema = z.object({
  /** Levels reached, oldest first; it stands at the last one. Empty until the first look. */
  levels: z.array(levelSchema),
  /** From when on the time of the present level counts, beside `ran`. */
  since: z.coerce.date(),
  /** While it was stuck before, at the present level. */
  ran: z.array(z.object({ from: z.coerce.date(), to: z.coerce.date() })),
  /** Not stuck since then: its time stands still. */
  pausedAt: nullableDate,
  acknowledged: z.array(z.object({ level: z.string(), personId: z.number(), login: z.string(), at: z.coerce.date() })),
  snoozedUntil: nullableDate,
  /** Whoever has it in hand, by login; `null`: nobody in particular. */
  handedTo: z.union([z.null(), z.string()]),
  /** Stuck again after it was not. */
  isBack: z.boolean(),
  /** Somebody asked for the next level by a command. */
  isRaised: z.boolean(),
  /** Commands that were obeyed, by comment and line. */
  heard: z.array(z.string()),
  /** Reminders since the last level was over. */
  reminders: z.number(),
  /** A pager was told: to be told as well when it is over. */
  pagedKeys: z.array(z.string()),
  /** The label that was put on, to be taken off when it is over. */
  label: z.union([z.null(), z.string()]),
});
export type EscalationState = z.output<typeof stateSchema>;

/** @returns `null` for what is damaged, or was written by a version that knew more */
export function readEscalationState(kept: unknown): EscalationState | null {
  const parsed = stateSchema.safeParse(kept);
  return parsed.success ? parsed.data : null;
}

export function newEscalation(now: Date): EscalationState {
  return {
    levels: [],
    since: now,
    ran: [],
    pausedAt: null,
    acknowledged: [],
    snoozedUntil: null,
    handedTo: null,
    isBack: false,
    isRaised: false,
    heard: [],
    reminders: 0,
    pagedKeys: [],
    label: null,
  };
}

export interface Escalation {
  stuck: Stuck;
  state: EscalationState;
  /** When it is to be looked at again; `null` while nothing is due. */
  nextAt: Date | null;
  /** No longer stuck since then; `null` while it is. */
  closedAt: Date | null;
}

/** As a look at its pull request is told of it. */
export interface OpenEscalation {
  key: string;
  kind: StuckKind;
  /** Since when it is stuck; of checks, when the last of them failed. */
  since: Date;
  /** Where it stands and since when; `null` before the first level. */
  level: string | null;
  at: Date | null;
}

/** Steps that are still to be done, with their levels, oldest first. */
export function intendedSteps({
  levels,
}: Pick<EscalationState, "levels">): { level: ReachedLevel; step: EscalationStep }[] {
  return levels.flatMap((level) =>
    level.steps.filter(({ outcome }) => outcome === "intended").map((step) => ({ level, step })),
  );
}

/** How often failed jobs were run again, over all levels; what is settled and not begun yet counts. */
export function retriesTaken({ levels }: Pick<EscalationState, "levels">): number {
  const steps = levels.flatMap((level) => level.steps).filter(({ action }) => action === "retries");
  return steps.filter(({ outcome, data }) => (outcome === "intended" ? data !== null : outcome !== "nothing")).length;
}

/** So many stretches are kept apart; of more the oldest become one, pauses included. */
const ranMax = 50;

/** Stops its time. */
export function pause(state: EscalationState, now: Date): EscalationState {
  if (state.pausedAt !== null) return state;
  const ran = state.since < now ? [...state.ran, { from: state.since, to: now }] : state.ran;
  const [first, second, ...rest] = ran;
  const isTooLong = ran.length > ranMax && first !== undefined && second !== undefined;
  return { ...state, ran: isTooLong ? [{ from: first.from, to: second.to }, ...rest] : ran, pausedAt: now };
}

/** Lets its time go on. */
export function resume(state: EscalationState, now: Date): EscalationState {
  if (state.pausedAt === null) return state;
  return { ...state, since: state.since > now ? state.since : now, pausedAt: null, isBack: true };
}
