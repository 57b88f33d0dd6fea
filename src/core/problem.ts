/** A person's mistake, told so that the person can mend it without asking anybody. */

/** Where a mistake stands: a file, and inside it a line, a column and the dotted key, as far as they are known (all from 1). */
export interface Where {
  file: string;
  line?: number;
  column?: number;
  key?: string;
}

export interface Problem {
  /** Stable code, documented in docs/codes.md, e.g. `HP-P04`. */
  code: string;
  /** An `error` keeps the gate shut; a `warning` asks for a change; a `note` only tells, e.g. how an unmapped role was resolved. */
  severity: "error" | "warning" | "note";
  where: Where;
  /** What stands there, as a phrase: `"2 dayz" is not a duration`. */
  found: string;
  /** What would be right: `a duration such as 2 days, 48h or PT48H`. Empty where `fix` says it all. */
  expected: string;
  /** What to do: `write 2 days`. Empty where `expected` says it all. */
  fix: string;
}

/** Holds when any of the problems keeps the gate shut. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}
