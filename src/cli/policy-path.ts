/** Where a repository's policy stands. */
export const policyPath = ".github/checkpoints.yml";
