/** How likely it is that a change breaks somebody, from all that was found together. */

import type { Finding } from "../finding.ts";
import { fitted } from "./fitted-weights.ts";

/** From here on several findings of one rule count as many. */
const manyFrom = 3;

/**
 * What the weights are about: each rule at each strength it spoke with, and each rule that spoke often. What the author declared is left
 * out: it needs no estimate.
 */
export function featuresOf(findings: readonly Pick<Finding, "rule" | "strength" | "isDeclared">[]): string[] {
  const counts = new Map<string, number>();
  const features = new Set<string>();
  for (const { rule, strength, isDeclared } of findings) {
    if (isDeclared) continue;
    features.add(`${rule}:${strength}`);
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    if (count === manyFrom) features.add(`${rule}:many`);
  }
  return [...features];
}

/**
 * The share of changes with such findings that their authors call breaking, among changes of which one in five is. At least as high as the
 * surest finding alone, so that rules which the labelled changes never met count for what they say.
 *
 * @returns 0 to 1; 0 without findings
 */
export function scoreBreaking(findings: readonly Finding[]): number {
  if (findings.length === 0) return 0;
  const sure = findings.filter(({ strength, isDeclared }) => isDeclared || strength !== "hint");
  const surest = Math.max(0, ...sure.map(({ confidence }) => confidence));
  const sum = featuresOf(findings).reduce((total, feature) => total + (fitted.weights[feature] ?? 0), fitted.bias);
  const score = 1 / (1 + Math.exp(-sum));
  return Math.round(Math.max(surest, score) * 1000) / 1000;
}

/** Holds when the findings together make a break likely, even where none does alone. */
export function isLikelyBreaking(findings: readonly Finding[]): boolean {
  return scoreBreaking(findings) >= fitted.threshold;
}
