/** What bypasses are used for, in words, and what would make the next one needless. */

import { type BypassBucket, type BypassRemedy, remedies } from "../bypass/causes.ts";

/** After "which counts as". */
export const bucketWords: Readonly<Record<BypassBucket, string>> = {
  emergency: "an emergency",
  reviewer_absent: "nobody there to review",
  unrelated_ci: "checks that failed",
  trivial: "a small change",
  other: "nothing that tells what kind of reason it was",
};

const remedyWords: Record<BypassRemedy, string> = {
  write_a_follow_up: "write down what would have kept it from becoming one",
  name_more_reviewers: "name more people who may review, or let a level of escalation ask others",
  mend_or_leave_out_the_check: "mend the check, or take it out of what the gate asks for",
  allow_a_lighter_workflow: "let the policy choose a lighter workflow for such changes",
  name_the_cause: "name the cause, by a label for it or with `--cause`",
};

export function remedyFor(bucket: BypassBucket): string {
  return remedyWords[remedies[bucket]];
}
