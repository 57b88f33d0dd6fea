/** What the findings of each class add up to. */

import { judgeBreaking } from "./breaking/score.ts";
import {
  type ClassAssessment,
  type Classification,
  type Finding,
  type FindingClass,
  findingClasses,
  type SizeCount,
} from "./finding.ts";
import { combineConfidence, combineScore, sizeScore } from "./weights.ts";

/**
 * @param findings the strongest first
 * @param circumstances what else bears on a break, see `circumstancesOf`
 */
export function assessClasses(
  findings: readonly Finding[],
  { size, circumstances }: { size: SizeCount; circumstances: readonly string[] },
): Classification["classes"] {
  const entries = findingClasses.map((name) => [name, assess(name, findings)] as const);
  const classes = Object.fromEntries(entries) as Classification["classes"];
  return {
    ...classes,
    breaking_change: withScore(classes.breaking_change, circumstances),
    // Lines are counted, not guessed: confidence is full, and the score is how many there are.
    size: { ...classes.size, confidence: 1, score: sizeScore(size.changed) },
  };
}

/** Several hints together may make likely what none of them does alone. */
function withScore(assessment: ClassAssessment, circumstances: readonly string[]): ClassAssessment {
  const { findings } = assessment;
  const { score, isLikely: isLikelyTogether } = judgeBreaking(findings, circumstances);
  const isLikely = assessment.present || isLikelyTogether;
  const strength = isLikely && assessment.strength === "hint" ? "likely" : assessment.strength;
  return { ...assessment, present: isLikely, strength, confidence: score, score };
}

function assess(name: FindingClass, all: readonly Finding[]): ClassAssessment {
  const findings = all.filter((finding) => finding.class === name);
  const strength = findings[0]?.strength ?? null;
  return {
    present: strength === "likely" || strength === "proven",
    strength,
    confidence: combineConfidence(findings),
    score: combineScore(findings),
    findings,
  };
}
