/** What one finding brings about in a verdict: which checkpoints hold or ask because of it, and which workflows it spoke for or against. */

import type { Finding } from "../findings/finding.ts";
import { reaches, thresholdsOf } from "../gate/trigger.ts";
import type { CheckpointRequirement, Verdict } from "../gate/verdict.ts";
import type { Trace } from "../policy/condition.ts";
import type { Policy } from "../policy/schema.ts";
import { classEffects } from "./rule-pages/class-effects.ts";

export interface FindingEffects {
  /** `with_others`: it is weaker than what the checkpoint needs, which others reach. */
  checkpoints: { requirement: CheckpointRequirement; how: "holds" | "asks" | "with_others" }[];
  /** Criteria of workflows that turned out as they did with its help. */
  criteria: string[];
}

export function findingEffects(
  finding: Finding,
  { requirements }: Pick<Verdict, "requirements">,
  policy: Policy,
): FindingEffects {
  if (finding.suppression !== null && finding.suppression.refused === null) return { checkpoints: [], criteria: [] };
  const { holdAt, askAt } = thresholdsOf(policy, finding.class);
  const checkpoints = requirements.flatMap((requirement): FindingEffects["checkpoints"] => {
    if (requirement.kind !== "checkpoint" || requirement.state === "not_needed") return [];
    const { trigger, holds } = requirement;
    if (trigger.kind === "condition") {
      return isSeenBy(trigger.trace, finding.rule) ? [{ requirement, how: holds ? "holds" : "asks" }] : [];
    }
    if (trigger.kind !== "class" || !trigger.findings.some(({ id }) => id === finding.id)) return [];
    if (!reaches(finding.strength, askAt)) return [{ requirement, how: "with_others" }];
    return [{ requirement, how: holds && reaches(finding.strength, holdAt) ? "holds" : "asks" }];
  });
  const counts = finding.class !== "size" && reaches(finding.strength, askAt);
  return { checkpoints, criteria: counts ? criteriaMoved(finding, requirements) : [] };
}

function criteriaMoved({ class: name }: Finding, requirements: Verdict["requirements"]): string[] {
  const { guards, risks } = classEffects[name];
  const workflow = requirements.find((one) => one.kind === "workflow");
  const met = (workflow?.kind === "workflow" ? workflow.considered : []).flatMap((one) => one.guards);
  const moved = met.filter(
    ({ criterion, holds }) =>
      (holds === false && guards.some((guard) => guard === criterion)) ||
      (holds === true && risks.some((risk) => risk === criterion)),
  );
  return [...new Set(moved.map(({ criterion }) => criterion))];
}

/** Whether a condition holds by naming its rule, or a group of it. */
function isSeenBy(trace: Trace, rule: string): boolean {
  if (trace.parts.length > 0) return trace.parts.some((part) => isSeenBy(part, rule));
  return trace.what === "finding" && trace.holds === true && trace.saw.includes(rule);
}
