/** Logistic regression over few, mostly absent features: weights that add up to the log of the odds. */

export interface Sample {
  /** Names of the features that are present. */
  features: readonly string[];
  label: 0 | 1;
}

export interface Model {
  bias: number;
  weights: Record<string, number>;
}

interface FitOptions {
  /** How strongly weights are drawn to zero: one finding in three commits proves little. */
  ridge: number;
  /** Features whose weight may not fall below zero: evidence for a break never speaks against one. */
  isEvidence(feature: string): boolean;
  rounds?: number;
}

/** Gradient descent with momentum: the samples are few enough for whole passes. */
export function fitModel(samples: readonly Sample[], { ridge, isEvidence, rounds = 600 }: FitOptions): Model {
  const names = [...new Set(samples.flatMap(({ features }) => features))];
  const index = new Map(names.map((name, at) => [name, at]));
  const rows = samples.map(({ features, label }) => ({ at: features.map((name) => index.get(name) ?? 0), label }));
  const weights = new Float64Array(names.length);
  const pace = new Float64Array(names.length);
  let bias = -1.4;
  let biasPace = 0;
  const step = 4 / rows.length;
  for (let round = 0; round < rounds; round++) {
    const slope = new Float64Array(names.length);
    let biasSlope = 0;
    for (const { at, label } of rows) {
      let sum = bias;
      for (const one of at) sum += weights[one] ?? 0;
      const miss = label - 1 / (1 + Math.exp(-sum));
      biasSlope += miss;
      for (const one of at) slope[one] = (slope[one] ?? 0) + miss;
    }
    biasPace = biasPace * 0.9 + biasSlope * step;
    bias += biasPace;
    for (let one = 0; one < names.length; one++) {
      pace[one] = (pace[one] ?? 0) * 0.9 + ((slope[one] ?? 0) - ridge * (weights[one] ?? 0)) * step;
      const next = (weights[one] ?? 0) + (pace[one] ?? 0);
      weights[one] = isEvidence(names[one] ?? "") ? Math.max(0, next) : next;
    }
  }
  return { bias, weights: Object.fromEntries(names.map((name, at) => [name, weights[at] ?? 0])) };
}

export function predict({ bias, weights }: Model, features: readonly string[]): number {
  const sum = features.reduce((total, name) => total + (weights[name] ?? 0), bias);
  return 1 / (1 + Math.exp(-sum));
}
