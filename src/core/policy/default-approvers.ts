/** Whom a rule asks when it names nobody. */

import { builtInCheckpoints } from "./built-in-checkpoints.ts";

/** The role that releases a checkpoint by default: the one fitting to a built-in name, else a peer. */
export function defaultCheckpointApprover(checkpoint: string): string {
  return Object.hasOwn(builtInCheckpoints, checkpoint) ? (builtInCheckpoints[checkpoint]?.approver ?? "peer") : "peer";
}

/** The role that a workflow asks by default. */
export function defaultWorkflowApprover(workflow: string): string {
  return workflow === "expert_review" ? "senior_developer" : "peer";
}
