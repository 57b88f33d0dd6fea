/** What the findings of a class bring about unless the policy says otherwise. */

import type { FindingClass } from "../../findings/finding.ts";
import type { Trigger } from "../../policy/blocks/checkpoints.ts";
import type { WorkflowCriterionId } from "../../policy/workflow-criteria.ts";

export interface ClassEffect {
  /** For headings. */
  title: string;
  /** Makes a checkpoint apply; `null` where no trigger goes by it. */
  trigger: Trigger | null;
  /** Of workflows: guards that no longer hold by such a finding, and risks that are present by it. */
  guards: readonly WorkflowCriterionId[];
  risks: readonly WorkflowCriterionId[];
}

export const classEffects: Readonly<Record<FindingClass, ClassEffect>> = {
  breaking_change: {
    title: "Breaking changes",
    trigger: "api_modification",
    guards: ["no_breaking_changes", "standard_functionality"],
    risks: ["breaking_changes"],
  },
  security: {
    title: "Security",
    trigger: "security_related_change",
    guards: ["no_security_implications", "standard_functionality"],
    risks: ["security_implications"],
  },
  architecture: {
    title: "Architecture",
    trigger: "major_structural_change",
    guards: ["no_architecture_changes", "standard_functionality"],
    risks: ["complex_architecture"],
  },
  performance: {
    title: "Performance",
    trigger: "performance_critical_change",
    guards: ["no_performance_impact", "standard_functionality"],
    risks: ["performance_impact"],
  },
  size: { title: "Size", trigger: null, guards: [], risks: [] },
};
