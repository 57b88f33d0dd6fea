/** Walks requirements and adds them up. */

import type { Requirement, RequirementState, VerdictState } from "./verdict.ts";

/** Every requirement with those inside it. */
export function* withParts(requirements: readonly Requirement[]): Generator<Requirement> {
  for (const requirement of requirements) {
    yield requirement;
    if ("parts" in requirement) yield* withParts(requirement.parts);
  }
}

/** Holds while something has to happen for it. What is passed by a bypass is not open, nor is it met. */
export function isOpenState(state: RequirementState): boolean {
  return state === "waiting" || state === "must_change" || state === "error";
}

/** The worst state of what holds; what is only shown never counts. */
export function worstState(requirements: readonly Requirement[]): VerdictState {
  const states = new Set<RequirementState>(requirements.filter((one) => one.holds).map((one) => one.state));
  if (states.has("error")) return "error";
  if (states.has("must_change")) return "must_change";
  if (states.has("waiting")) return "waiting";
  return states.has("bypassed") ? "bypassed" : "approved";
}
