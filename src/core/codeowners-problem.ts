/** A mistake in CODEOWNERS. */
export interface CodeownersProblem {
  /** From 1. */
  line: number;
  /** A phrase: `the team @acme/gone cannot be found`. */
  found: string;
}
