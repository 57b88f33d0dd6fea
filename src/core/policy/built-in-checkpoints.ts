/** Checkpoints that Holdpoint knows by name: what one of them waits for, and whom it asks, where the policy does not say. */

import type { Trigger } from "./blocks/checkpoints.ts";

export const builtInCheckpoints: Readonly<Record<string, { trigger: Trigger; approver: string }>> = {
  architecture_review: { trigger: "major_structural_change", approver: "senior_developer" },
  breaking_change: { trigger: "api_modification", approver: "technical_lead" },
  security_review: { trigger: "security_related_change", approver: "security_team" },
  performance_impact: { trigger: "performance_critical_change", approver: "senior_developer" },
  rollback_decision: { trigger: "rollback_activated", approver: "technical_lead" },
};
