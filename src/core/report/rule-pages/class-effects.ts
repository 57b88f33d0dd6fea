/** What the findings of a class bring about unless the policy says otherwise. */

import type { FindingClass } from "../../findings/finding.ts";
import type { Trigger } from "../../policy/blocks/checkpoints.ts";
import type { WorkflowCriterionId } from "../../policy/workflow-criteria.ts";

export interface ClassEffect {
  /** For headings. */
  title: string;
  /** What helps where a rule says nothing closer. */
  helps: string;
  /** Makes a checkpoint apply; `null` where no trigger goes by it. */
  trigger: Trigger | null;
  /** Of workflows: guards that no longer hold by such a finding, and risks that are present by it. */
  guards: readonly WorkflowCriterionId[];
  risks: readonly WorkflowCriterionId[];
}

export const classEffects: Readonly<Record<FindingClass, ClassEffect>> = {
  breaking_change: {
    title: "Breaking changes",
    helps: "Say in the description what changes for users and what they have to do, or that nothing does.",
    trigger: "api_modification",
    guards: ["no_breaking_changes", "standard_functionality"],
    risks: ["breaking_changes"],
  },
  security: {
    title: "Security",
    helps: "Let somebody read it who knows what it guards.",
    trigger: "security_related_change",
    guards: ["no_security_implications", "standard_functionality"],
    risks: ["security_implications"],
  },
  architecture: {
    title: "Architecture",
    helps: "Say in the description why, so that whoever looks at the structure next understands it.",
    trigger: "major_structural_change",
    guards: ["no_architecture_changes", "standard_functionality"],
    risks: ["complex_architecture"],
  },
  performance: {
    title: "Performance",
    helps: "Measure before and after, and put the numbers into the description.",
    trigger: "performance_critical_change",
    guards: ["no_performance_impact", "standard_functionality"],
    risks: ["performance_impact"],
  },
  size: {
    title: "Size",
    helps: "Nothing has to be mended: somebody should know of it.",
    trigger: null,
    guards: [],
    risks: [],
  },
};
