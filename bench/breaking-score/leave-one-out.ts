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

export const ridge = 4;

/** What was written in the tests and documents of a change supports a break; nothing speaks against one but context. */
export function isEvidence(feature: string): boolean {
  return !feature.startsWith("context:");
}

export function fitOn(samples: readonly RepositorySample[]): { model: Model; threshold: number } {
  const model = fitModel(samples, { ridge, isEvidence });
  return { model, threshold: bestThreshold(samples, model) };
}

/** How much F1 a higher threshold may cost: a false alarm troubles people more than a miss, and around the best one F1 hardly changes. */
const tolerance = 0.01;

/** The highest threshold that is as good as the best, as near as can be told. Each repository counts alike, however many changes of it are labelled. */
export function bestThreshold(samples: readonly RepositorySample[], model: Model): number {
  const scored = samples.map((sample) => ({ ...sample, score: scoreOf(sample, model) }));
  const repos = [...new Set(samples.map(({ repo }) => repo))];
  const tried: { threshold: number; f1: number }[] = [];
  for (let percent = 10; percent < 80; percent++) {
    const threshold = percent / 100;
    const f1s = repos.map((repo) => {
      const own = scored.filter((sample) => sample.repo === repo);
      return figuresOf(countsOf(own.map(({ score, label }) => ({ says: score >= threshold, is: label === 1 })))).f1;
    });
    tried.push({ threshold, f1: f1s.reduce((sum, one) => sum + one, 0) / repos.length });
  }
  const best = Math.max(...tried.map(({ f1 }) => f1));
  return tried.findLast(({ f1 }) => f1 >= best - tolerance)?.threshold ?? 0.5;
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
