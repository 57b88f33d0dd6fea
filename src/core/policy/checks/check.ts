/** What every check of a whole policy is given and gives back. */

import type { Problem, Where } from "../../problem.ts";
import type { KeyPath } from "../policy-text.ts";
import type { ProblemCode } from "../problem-codes.ts";
import type { Policy } from "../schema.ts";

export interface CheckedPolicy {
  policy: Policy;
  /** Owner of the repository, where known: unmapped roles fall back to its teams. */
  owner: string | null;
  where(path: KeyPath, at: "key" | "value"): Where;
}

export type Check = (checked: CheckedPolicy) => Problem[];

/** A problem at the value of a path. */
export function problemAt(
  checked: CheckedPolicy,
  path: KeyPath,
  what: {
    code: ProblemCode;
    severity?: Problem["severity"];
    found: string;
    expected?: string;
    fix?: string;
    at?: "key";
  },
): Problem {
  const { code, severity = "error", found, expected = "", fix = "", at = "value" } = what;
  return { code, severity, where: checked.where(path, at), found, expected, fix };
}
