/** Whom a rule asks when it names nobody. */

/** The role that releases a checkpoint by default: the one fitting to a built-in name, else a peer. */
export function defaultCheckpointApprover(checkpoint: string): string {
  return checkpointApprovers[checkpoint] ?? "peer";
}

const checkpointApprovers: Record<string, string> = {
  architecture_review: "senior_developer",
  breaking_change: "technical_lead",
  security_review: "security_team",
  performance_impact: "senior_developer",
  rollback_decision: "technical_lead",
};

/** The role that a workflow asks by default. */
export function defaultWorkflowApprover(workflow: string): string {
  return workflow === "expert_review" ? "senior_developer" : "peer";
}
