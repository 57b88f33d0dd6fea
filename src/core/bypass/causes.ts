/** What bypasses are used for, and what would make them needless: many of one kind say what is wrong with the gate, not with people. */

import { emergencyLabels } from "../policy/emergency-defaults.ts";
import { unspecifiedCause } from "./parse-bypass.ts";

export const bypassBuckets = ["emergency", "reviewer_absent", "unrelated_ci", "trivial", "other"] as const;
export type BypassBucket = (typeof bypassBuckets)[number];

/** What would help, as a code for the words. */
export type BypassRemedy =
  | "write_a_follow_up"
  | "name_more_reviewers"
  | "mend_or_leave_out_the_check"
  | "allow_a_lighter_workflow"
  | "name_the_cause";

export const remedies: Readonly<Record<BypassBucket, BypassRemedy>> = {
  emergency: "write_a_follow_up",
  reviewer_absent: "name_more_reviewers",
  unrelated_ci: "mend_or_leave_out_the_check",
  trivial: "allow_a_lighter_workflow",
  other: "name_the_cause",
};

/** Something that was not met when the bypass was granted. */
export interface SkippedPoint {
  /** `absent`: an approval that is overdue, or that only people who say they are busy could give. */
  kind: "absent" | "approval" | "check" | "other";
}

export interface BypassedChange {
  /** As the label or the command named it. */
  cause: string;
  /** Causes that the policy's labels stand for. */
  known: readonly string[];
  skipped: readonly SkippedPoint[];
  isDocumentationOnly: boolean;
  linesChanged: number;
}

/** Fewer lines than this are read in a minute. */
const trivialLinesMax = 10;

/** The cause that was named goes first; where none was, what was skipped tells. */
export function bucketOf({ cause, known, skipped, isDocumentationOnly, linesChanged }: BypassedChange): BypassBucket {
  const named = bypassBuckets.find((bucket) => bucket === cause);
  if (named !== undefined) return named;
  const emergencies = [...known, ...Object.values(emergencyLabels)].filter((one) => one !== unspecifiedCause);
  if (emergencies.includes(cause)) return "emergency";
  const isAll = (...kinds: SkippedPoint["kind"][]) =>
    skipped.length > 0 && skipped.every(({ kind }) => kinds.includes(kind));
  if (isAll("check")) return "unrelated_ci";
  if (isAll("absent")) return "reviewer_absent";
  const isSmall = isDocumentationOnly || linesChanged < trivialLinesMax;
  return isSmall && isAll("approval", "absent") ? "trivial" : "other";
}
