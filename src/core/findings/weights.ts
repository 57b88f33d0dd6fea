/** The numbers behind confidence and score, in one place. */

import type { Finding, Strength } from "./finding.ts";

/**
 * How sure a rule of each strength is, where the rule says nothing closer. Ours: `proven` leaves room for a parser's mistake, `likely` is the
 * precision at which asking pays, `hint` is what one weak signal is worth beside others.
 */
export const confidenceOf: Record<Strength, number> = { proven: 0.95, likely: 0.65, hint: 0.25 };

/** How much one finding adds to the score of its class; a class is full at about ten proven ones. */
export const scoreOf: Record<Strength, number> = { proven: 0.25, likely: 0.12, hint: 0.04 };

/** Lines at which the score of size is one half: reviews find the most up to here (SmartBear, "Best Kept Secrets of Peer Code Review", 200 to 400 lines). */
export const halfSizeLines = 300;

/** From here on a change is large: beyond what one review reads well, same source. */
export const largeLines = 400;
export const largeFiles = 50;

/**
 * How sure we are that at least one rule is right: 1 − ∏(1 − confidence), each rule once with its best finding. Many findings of one rule
 * share its mistakes, so they are not independent evidence.
 */
export function combineConfidence(findings: readonly Finding[]): number {
  const best = new Map<string, number>();
  for (const { rule, confidence } of findings) best.set(rule, Math.max(best.get(rule) ?? 0, confidence));
  let allWrong = 1;
  for (const confidence of best.values()) allWrong *= 1 - confidence;
  return rounded(1 - allWrong);
}

/** How much of a class there is: every finding counts, each for less than the one before. */
export function combineScore(findings: readonly Finding[]): number {
  let rest = 1;
  for (const { strength } of findings) rest *= 1 - scoreOf[strength];
  return rounded(1 - rest);
}

/** Size as a score: 0 for nothing, one half at {@link halfSizeLines}, near 1 for thousands. */
export function sizeScore(changed: number): number {
  return rounded(changed / (changed + halfSizeLines));
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
