/** Prepares and does the steps whose turn it is. */

import { nextMoment } from "../../core/escalation/advance-escalation.ts";
import { dueSteps, type PlacedStep, stepEntry, withStep } from "../../core/escalation/change-steps.ts";
import type { Escalation, EscalationState, EscalationStep } from "../../core/escalation/escalation-state.ts";
import type { Level } from "../../core/escalation/levels.ts";
import { readStepData } from "../../core/escalation/step-data.ts";
import { tellingActions } from "../../core/escalation/steps.ts";
import { messageKey } from "../../core/report/escalation-message.ts";
import type { Json } from "../../core/report/ledger-hash.ts";
import type { EscalationChange } from "../escalation-port.ts";
import type { Ports } from "../ports.ts";
import type { ActionGiven } from "./action.ts";
import { actionOf } from "./actions.ts";
import type { Item } from "./item.ts";

export interface StepsGiven {
  escalation: Escalation;
  levelOf: (name: string) => Level;
  item: Item;
  ports: Ports;
}

type Entries = EscalationChange["entries"];

interface Prepared {
  state: EscalationState;
  entries: Entries;
  /** For some step it is not clear yet what it is to do. */
  isWaiting: boolean;
}

interface Done {
  placed: PlacedStep;
  outcome: EscalationStep["outcome"];
}

/** Settles what each step is to do; where there is nothing to do, it is over. */
export async function prepareSteps(given: StepsGiven): Promise<Prepared> {
  const { stuck } = given.escalation;
  const entries: Entries = [];
  const waiting = new Set<string>();
  let { state } = given.escalation;
  for (const placed of dueSteps(state, given.ports.clock.now())) {
    if (placed.step.data !== null) continue; // settled by a look that was cut off
    // The level's one comment says what came of all of them.
    if (placed.step.action === "comment" && waiting.has(placed.level)) continue;
    const data = await actionOf(placed.step.action)?.prepare(actionGiven(given, state, placed));
    if (data === "later") waiting.add(placed.level);
    else if (data == null) {
      state = withStep(state, placed, { outcome: "nothing" });
      entries.push(stepEntry(stuck, placed, "nothing"));
    } else {
      state = withMemory(withStep(state, placed, { data: data as Json }), placed, data, given);
    }
  }
  return { state, entries, isWaiting: waiting.size > 0 };
}

/** Does what was settled, and keeps that it was done; also of the steps before one that fails. */
export async function performSteps(given: StepsGiven): Promise<Escalation> {
  const done: Done[] = [];
  let { state } = given.escalation;
  try {
    for (const placed of dueSteps(state, given.ports.clock.now())) {
      if (placed.step.data === null) continue;
      const action = actionOf(placed.step.action);
      const data = readStepData(placed.step.data);
      const outcome = (await action?.perform(actionGiven(given, state, placed), data)) ?? "nothing";
      state = withStep(state, placed, { outcome });
      done.push({ placed, outcome });
    }
  } finally {
    if (done.length > 0) await keepDone(given, done);
  }
  return { ...given.escalation, state };
}

/** Whatever people answered meanwhile stays. */
async function keepDone(
  { escalation: { stuck }, levelOf, ports: { escalations } }: StepsGiven,
  done: readonly Done[],
): Promise<void> {
  const { repositoryId } = stuck.repository;
  await escalations.changeEscalations({ repositoryId, key: stuck.key }, (known) =>
    known.map((one) => ({
      escalation: {
        ...one,
        ...withDone(one, done, levelOf),
      },
      entries: done.map(({ placed, outcome }) => stepEntry(stuck, placed, outcome)),
      isWoken: false,
    })),
  );
}

function actionGiven(
  { escalation, levelOf, item, ports }: StepsGiven,
  state: EscalationState,
  { level }: PlacedStep,
): ActionGiven {
  return { escalation: { ...escalation, state }, level: levelOf(level), levelOf, item, ports };
}

function withDone({ state }: Escalation, done: readonly Done[], levelOf: StepsGiven["levelOf"]) {
  const now = done.reduce((before, { placed, outcome }) => withStep(before, placed, { outcome }), state);
  return { state: now, nextAt: nextMoment(now, levelOf) };
}

/** What later looks have to know of a step: how often was tried again, and what is to be taken back. */
function withMemory(
  state: EscalationState,
  { level, step }: PlacedStep,
  { label }: { label?: string | null | undefined },
  { escalation: { stuck }, item: { policy } }: StepsGiven,
): EscalationState {
  if (label != null) return { ...state, label };
  const hasPager = Object.values(policy.notifications?.channels ?? {}).some(({ type }) => type === "pagerduty");
  const tells = tellingActions.some((action) => action === step.action) || step.action === "notify";
  if (!hasPager || !tells) return state;
  return { ...state, pagedKeys: [...state.pagedKeys, messageKey(stuck.key, level, step.action)] };
}
