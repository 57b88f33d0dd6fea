/** Steps as they are prepared and done. */

import type { Json } from "../report/ledger-hash.ts";
import type { EscalationState, EscalationStep } from "./escalation-state.ts";
import { isWriting } from "./steps.ts";

/** Where a step stands: the level that took it, and its place there. */
export interface StepPlace {
  level: string;
  index: number;
}

export interface PlacedStep extends StepPlace {
  step: EscalationStep;
}

/** What is still to be done and may be done now, oldest first. */
export function dueSteps({ levels }: Pick<EscalationState, "levels">, now: Date): PlacedStep[] {
  return levels.flatMap(({ name, turnAt, steps }) =>
    steps.flatMap((step, index) =>
      step.outcome === "intended" && (turnAt <= now || !isWriting(step.action)) ? [{ level: name, index, step }] : [],
    ),
  );
}

/** A step that is over stays as it is. */
export function withStep(
  state: EscalationState,
  { level, index }: StepPlace,
  change: Partial<Pick<EscalationStep, "outcome" | "data">>,
): EscalationState {
  const levels = state.levels.map((reached) => {
    if (reached.name !== level) return reached;
    const steps = reached.steps.map((step, at) =>
      at === index && step.outcome === "intended" ? { ...step, ...change } : step,
    );
    return { ...reached, steps };
  });
  return { ...state, levels };
}

/** For the ledger. */
export function stepEntry(
  { key, number }: { key: string; number: number },
  { level, step }: Pick<PlacedStep, "level" | "step">,
  outcome: EscalationStep["outcome"],
): { kind: string; data: { [key: string]: Json } } {
  return { kind: "escalation_step", data: { key, number, level, action: step.action, outcome } };
}
