/** How ready a version is, as one number from 0 to 1: to compare the versions of one pull request, never to decide anything. */

import type { LoopOptions } from "./loop-options.ts";

export interface QualityFacts {
  checks: { passed: number; failed: number; pending: number };
  /** Of what holds the gate, objections left out. */
  requirements: { met: number; open: number };
  /** People who object now. */
  objections: number;
  /** `null`: not counted, and not held against it. */
  openThreads: number | null;
  provenFindings: number;
  /** Lines that a person has to read. */
  linesChanged: number;
}

/** They add up to 1. */
export const qualityWeights = {
  requirements: 0.3,
  checks: 0.25,
  objections: 0.15,
  threads: 0.1,
  findings: 0.1,
  size: 0.1,
} as const;

/** Three open conversations, one objection, one proven finding or 400 lines each halve their part. */
const halves = { objections: 1, threads: 3, findings: 1, size: 400 } as const;

/**
 * `0.30 requirements met + 0.25 checks passed + 0.15 objections + 0.10 open conversations + 0.10 proven findings + 0.10 size`.
 *
 * The first two are shares (a pending check counts half; nothing to meet counts whole); the others are `1 / (1 + n / half)`. More
 * of what is bad never raises it, more of what is good never lowers it. Rounded to three places.
 */
export function qualityOf(facts: QualityFacts): number {
  const { checks, requirements } = facts;
  const parts = {
    requirements: share(requirements.met, requirements.met + requirements.open),
    checks: share(checks.passed + checks.pending / 2, checks.passed + checks.failed + checks.pending),
    objections: fading(facts.objections, halves.objections),
    threads: fading(facts.openThreads ?? 0, halves.threads),
    findings: fading(facts.provenFindings, halves.findings),
    size: fading(facts.linesChanged, halves.size),
  };
  let sum = 0;
  for (const [name, weight] of Object.entries(qualityWeights)) sum += weight * parts[name as keyof typeof parts];
  return Math.round(sum * 1_000) / 1_000;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function fading(amount: number, half: number): number {
  return 1 / (1 + amount / half);
}

export type Grade = "excellent" | "ready" | "unready";

export function gradeOf(quality: number, { unreadyBelow, excellentFrom }: LoopOptions["grades"]): Grade {
  if (quality < unreadyBelow) return "unready";
  return quality >= excellentFrom ? "excellent" : "ready";
}
