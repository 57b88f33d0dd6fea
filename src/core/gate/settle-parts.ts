/** Puts settled parts back into their checkpoint or workflow: criteria that the approval covers follow it, and the whole follows its parts. */

import { requireCriteria } from "./criteria.ts";
import type { GateFacts } from "./facts.ts";
import type { CheckpointRequirement, Requirement, RequirementState, WorkflowRequirement } from "./verdict.ts";

export function settleParts(
  whole: CheckpointRequirement | WorkflowRequirement,
  parts: Requirement[],
  facts: GateFacts,
): CheckpointRequirement | WorkflowRequirement {
  if (whole.state === "not_needed") return { ...whole, parts };
  if (whole.kind === "workflow") return { ...whole, parts, state: stateOf(parts) };
  const approvals = parts.filter((part) => part.kind === "approvals");
  // Where nobody is asked, nobody has judged anything.
  const isApproved = approvals.length > 0 && approvals.every((part) => part.state === "satisfied");
  const all = [...parts, ...requireCriteria(whole, isApproved, facts)];
  return { ...whole, parts: all, state: stateOf(all) };
}

/** The worst of its parts. */
export function stateOf(parts: readonly Requirement[]): RequirementState {
  for (const state of ["error", "must_change", "waiting", "bypassed"] as const) {
    if (parts.some((part) => part.state === state)) return state;
  }
  return "satisfied";
}
