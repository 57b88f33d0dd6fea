/**
 * What each rule says about a breaking change, as the logarithm of an odds ratio. Written by `npm run bench -- breaking-score --write`, see
 * bench/README.md: fitted on 1583 commits of 8 public repositories (apache/opendal, celestiaorg/celestia-app, conventional-changelog/conventional-changelog, litestar-org/litestar, nitrojs/nitro, renovatebot/renovate, semantic-release/semantic-release, tree-sitter/tree-sitter),
 * of which 316 were declared as breaking by their authors.
 */

export interface FittedWeights {
  bias: number;
  /** The score from which a break is called likely. */
  threshold: number;
  /** By `rule:strength`, and `rule:many` for what was found often. */
  weights: Readonly<Record<string, number>>;
}

export const fitted: FittedWeights = {
  bias: -1.85,
  threshold: 0.19,
  weights: {
    "code_removed:hint": 1.39,
    "documented_name_gone:hint": 0.57,
    "documented_name_gone:many": 0.29,
    "engines_raised:many": 0.6,
    "engines_raised:proven": 2.11,
    "export_removed:many": 0.25,
    "export_removed:proven": 0.45,
    "much_code_removed:hint": 1.1,
    "package_entry_changed:hint": 0.59,
    "package_exports_closed:likely": 0.26,
    "package_type_changed:proven": 0.63,
    "source_file_emptied:hint": 0.06,
    "tested_name_gone:hint": 0.68,
    "upgrade_guide_changed:hint": 0.38,
    "used_name_gone:hint": 0.9,
    "used_name_gone:many": 0.21,
  },
};
