/** How well weights that were fitted on other repositories tell breaking changes in one that they never saw. */

import { areaUnderCurve, type Counts, countsOf, figuresOf } from "./figures.ts";
import { fitModel, type Model, predict, type Sample } from "./logistic.ts";

export interface RepositorySample extends Sample {
  repo: string;
  sha: string;
  /** Called breaking whatever the weights say: a finding is likely by itself, or the change declares it. */
  isSure: boolean;
}

export interface LeftOut {
  repo: string;
  threshold: number;
  counts: Counts;
  auc: number;
}

export const ridge = 1.5;

/** What was written in the tests and documents of a change supports a break; nothing speaks against one but context. */
export function isEvidence(feature: string): boolean {
  return !feature.startsWith("context:");
}

export function fitOn(samples: readonly RepositorySample[]): { model: Model; threshold: number } {
  const model = fitModel(samples, { ridge, isEvidence });
  return { model, threshold: bestThreshold(samples, model) };
}

/** Each repository counts alike, however many changes of it are labelled. */
export function bestThreshold(samples: readonly RepositorySample[], model: Model): number {
  const scored = samples.map((sample) => ({ ...sample, score: scoreOf(sample, model) }));
  const repos = [...new Set(samples.map(({ repo }) => repo))];
  let best = { threshold: 0.5, f1: -1 };
  for (let threshold = 0.1; threshold < 0.8; threshold += 0.01) {
    const f1s = repos.map((repo) => {
      const own = scored.filter((sample) => sample.repo === repo);
      return figuresOf(countsOf(own.map(({ score, label }) => ({ says: score >= threshold, is: label === 1 })))).f1;
    });
    const f1 = f1s.reduce((sum, one) => sum + one, 0);
    if (f1 > best.f1) best = { threshold, f1 };
  }
  return Math.round(best.threshold * 100) / 100;
}

function scoreOf({ features, isSure }: RepositorySample, model: Model): number {
  return isSure ? 1 : predict(model, features);
}

/** @param more samples to learn from each time, of repositories that are not judged */
export function leaveOneOut(samples: readonly RepositorySample[], more: readonly RepositorySample[] = []): LeftOut[] {
  return [...new Set(samples.map(({ repo }) => repo))].sort().map((repo) => {
    const { model, threshold } = fitOn([...samples.filter((sample) => sample.repo !== repo), ...more]);
    const scored = samples
      .filter((sample) => sample.repo === repo)
      .map((sample) => ({ score: scoreOf(sample, model), is: sample.label === 1 }));
    return {
      repo,
      threshold,
      counts: countsOf(scored.map(({ score, is }) => ({ says: score >= threshold, is }))),
      auc: areaUnderCurve(scored),
    };
  });
}
