/** Puts fitted weights into the source. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepositorySample } from "./leave-one-out.ts";
import type { Model } from "./logistic.ts";

const target = join(import.meta.dirname, "../../src/core/findings/breaking/fitted-weights.ts");

/** Smaller weights change nothing that anybody sees. */
const smallest = 0.05;

export function writeWeights(
  samples: readonly RepositorySample[],
  { model, threshold }: { model: Model; threshold: number },
): void {
  const weights = Object.entries(model.weights)
    .filter(([, weight]) => Math.abs(weight) >= smallest)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([feature, weight]) => `    "${feature}": ${Number(weight.toFixed(2))},`);
  const repositories = [...new Set(samples.map(({ repo }) => repo))].sort();
  writeFileSync(
    target,
    `/**
 * What each rule says about a breaking change, as the logarithm of an odds ratio. Written by \`npm run bench -- breaking-score --write\`, see
 * bench/README.md: fitted on ${samples.length} commits of ${repositories.length} public repositories (${repositories.join(", ")}),
 * of which ${samples.filter(({ label }) => label === 1).length} were declared as breaking by their authors.
 */

export interface FittedWeights {
  bias: number;
  /** The score from which a break is called likely. */
  threshold: number;
  /** By \`rule:strength\`, \`rule:many\` for what was found often, families of rules and circumstances. */
  weights: Readonly<Record<string, number>>;
}

export const fitted: FittedWeights = {
  bias: ${Number(model.bias.toFixed(2))},
  threshold: ${Number(threshold.toFixed(2))},
  weights: {
${weights.join("\n")}
  },
};
`,
  );
  console.log(`Written: ${weights.length} weights.`);
}
