/** How likely it is that a change breaks somebody, from all that was found together. */

import { type Finding, type Strength, strengths } from "../finding.ts";
import { fitted } from "./fitted-weights.ts";
import { ruleFamilies } from "./rule-families.ts";

/** From here on several findings of one rule count as many. */
const manyFrom = 3;

type Evidence = Pick<Finding, "rule" | "strength" | "isDeclared">;

/**
 * What the weights are about: each rule at each strength it spoke with, each rule that spoke often, each family of rules by its strongest
 * word, how many families spoke, and the circumstances. What the author declared is left out: it needs no estimate.
 */
export function featuresOf(findings: readonly Evidence[], circumstances: readonly string[]): string[] {
  const features = new Set(circumstances.map((name) => `context:${name}`));
  const counts = new Map<string, number>();
  const families = new Map<string, { strongest: Strength; rules: Set<string> }>();
  for (const { rule, strength, isDeclared } of findings) {
    if (isDeclared) continue;
    features.add(`${rule}:${strength}`);
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    if (count === manyFrom) features.add(`${rule}:many`);
    const name = ruleFamilies[rule] ?? "other";
    const family = families.get(name) ?? { strongest: strength, rules: new Set() };
    if (strengths.indexOf(strength) > strengths.indexOf(family.strongest)) family.strongest = strength;
    family.rules.add(rule);
    families.set(name, family);
  }
  for (const [name, { strongest, rules }] of families) {
    features.add(`family:${name}`);
    if (strongest !== "hint") features.add(`family:${name}:likely`);
    if (strongest === "proven") features.add(`family:${name}:proven`);
    for (const count of [2, 4]) if (rules.size >= count) features.add(`family:${name}:${count}`);
  }
  for (const count of [2, 3, 4, 5]) if (families.size >= count) features.add(`families:${count}`);
  return [...features];
}

/**
 * How likely a break is: the share of changes with such findings that their authors call breaking, among changes of which one in five is. At
 * least as high as the surest finding alone, so that rules which the labelled changes never met count for what they say.
 *
 * @returns a score of 0 to 1, 0 without findings; likely where the findings together make it so, even where none does alone
 */
export function judgeBreaking(
  findings: readonly Finding[],
  circumstances: readonly string[],
): { score: number; isLikely: boolean } {
  if (findings.length === 0) return { score: 0, isLikely: false };
  const sure = findings.filter(({ strength, isDeclared }) => isDeclared || strength !== "hint");
  const surest = Math.max(0, ...sure.map(({ confidence }) => confidence));
  const features = featuresOf(findings, circumstances);
  const sum = features.reduce((total, feature) => total + (fitted.weights[feature] ?? 0), fitted.bias);
  const score = Math.round(Math.max(surest, 1 / (1 + Math.exp(-sum))) * 1000) / 1000;
  return { score, isLikely: score >= fitted.threshold };
}
