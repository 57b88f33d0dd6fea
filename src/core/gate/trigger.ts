/** Whether a checkpoint applies to this change, and by which evidence. */

import { type FindingClass, type Strength, strengths } from "../findings/finding.ts";
import type { Checkpoint, Trigger } from "../policy/blocks/checkpoints.ts";
import { builtInCheckpoints } from "../policy/built-in-checkpoints.ts";
import { testCondition } from "../policy/condition.ts";
import type { Facts } from "../policy/predicates/predicate.ts";
import type { Policy } from "../policy/schema.ts";
import type { TriggerOutcome } from "./verdict.ts";

const classOf = {
  major_structural_change: "architecture",
  api_modification: "breaking_change",
  security_related_change: "security",
  performance_critical_change: "performance",
} as const satisfies Partial<Record<Trigger, FindingClass>>;

export interface TriggerJudgement {
  /** `asks`: the evidence is strong enough to ask for the review, not to hold for it. */
  applies: "holds" | "asks" | "unknown" | "no";
  outcome: TriggerOutcome;
}

export function judgeTrigger(name: string, checkpoint: Checkpoint, policy: Policy, facts: Facts): TriggerJudgement {
  const trigger = checkpoint.trigger ?? (checkpoint.when ? undefined : builtInCheckpoints[name]);
  const byTrigger = trigger ? judgeBuiltIn(trigger, policy, facts) : null;
  if (!checkpoint.when) return byTrigger ?? { applies: "holds", outcome: { kind: "always" } };
  const trace = testCondition(checkpoint.when, facts);
  const byCondition: TriggerJudgement = {
    applies: trace.holds === "unknown" ? "unknown" : trace.holds ? "holds" : "no",
    outcome: { kind: "condition", trace },
  };
  // With both, both must speak for it: the condition narrows the trigger.
  if (!byTrigger) return byCondition;
  if (byTrigger.applies === "no") return byTrigger;
  return byCondition.applies === "holds" ? byTrigger : byCondition;
}

function judgeBuiltIn(trigger: Trigger, policy: Policy, { classification }: Facts): TriggerJudgement {
  if (trigger === "rollback_activated") {
    const isRevert = classification.kinds.includes("revert");
    return { applies: isRevert ? "holds" : "no", outcome: { kind: "revert" } };
  }
  const findingClass = classOf[trigger];
  const assessment = classification.classes[findingClass];
  const { holdAt, askAt } = thresholdsOf(policy, findingClass);
  const outcome: TriggerOutcome = {
    kind: "class",
    class: findingClass,
    strength: assessment.strength,
    findings: assessment.findings,
  };
  if (reaches(assessment.strength, holdAt)) return { applies: "holds", outcome };
  return { applies: reaches(assessment.strength, askAt) ? "asks" : "no", outcome };
}

export function thresholdsOf(policy: Policy, findingClass: FindingClass): { holdAt: Strength; askAt: Strength } {
  if (findingClass === "size") return { holdAt: "proven", askAt: "likely" };
  const block = policy.classification[findingClass];
  return { holdAt: block?.hold_at ?? "proven", askAt: block?.ask_at ?? "likely" };
}

export function reaches(strength: Strength | null, needed: Strength): boolean {
  return strength !== null && strengths.indexOf(strength) >= strengths.indexOf(needed);
}
