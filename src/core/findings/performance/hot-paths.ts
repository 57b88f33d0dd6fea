import { matchesAny } from "../../policy/patterns.ts";
import { defineDetector, namesOf, type Observation, type ReadFile } from "../detector.ts";
import { isBenchmark, isDocumentation, isTest } from "../file-role.ts";

/** Reports changes where the policy or the tree says that time matters (C5). */
export const hotPaths = defineDetector({
  id: "hot_paths",
  class: "performance",
  title: "hot paths and benchmarks",
  why: "A small loss in a place that runs often is a large one.",
  rules: {
    hot_path_changed: {
      title: "a file changed that the policy calls a hot path",
      why: "The repository's own policy lists it under `classification.performance.hot_paths`.",
      fix: "Measure before and after, and say so in the description.",
      looksAt: "Files that match `classification.performance.hot_paths`.",
    },
    benchmark_changed: {
      title: "a benchmark changed",
      why: "What is measured changed, or what was measured is at stake.",
      fix: "Run it before and after, and put the numbers into the description.",
      looksAt: "Files that are called benchmarks by their path.",
    },
  },
  detect: ({ files, options }) => ({
    observations: files.flatMap((file) => observe(file, options?.performance?.hot_paths)),
  }),
});

function observe(file: ReadFile, hot: readonly string[] | undefined): Observation[] {
  if (hot !== undefined) {
    const path = namesOf(file).find((name) => matchesAny(hot, name) && !isTest(name) && !isDocumentation(name));
    if (path !== undefined) {
      return [
        {
          rule: "hot_path_changed",
          strength: "proven",
          what: `\`${path}\` is a hot path by the policy`,
          path: file.path,
        },
      ];
    }
  }
  const isMeasured = file.leftOut === null && namesOf(file).some(isBenchmark);
  return isMeasured
    ? [{ rule: "benchmark_changed", strength: "hint", what: `benchmark \`${file.path}\` changed`, path: file.path }]
    : [];
}
