/** Checkpoints that Holdpoint knows by name: where one of them says neither `trigger` nor `when`, it takes this trigger. */

import type { Trigger } from "./blocks/checkpoints.ts";

export const builtInCheckpoints: Readonly<Record<string, Trigger>> = {
  architecture_review: "major_structural_change",
  breaking_change: "api_modification",
  security_review: "security_related_change",
  performance_impact: "performance_critical_change",
  rollback_decision: "rollback_activated",
};
