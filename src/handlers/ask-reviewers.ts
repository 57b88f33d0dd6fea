/** Asks for the reviews that a verdict waits for. */

import type { FollowUpStep } from "./follow-up.ts";

/** Asked once a check was written, not at every look: whoever was taken off the list on purpose stays off. */
export const askReviewers: FollowUpStep = async ({ subject, judgement, outcome }, { github }, run) => {
  if (outcome !== "written" && run.attempt <= 1) return null;
  for (const effect of judgement.verdict?.effects ?? []) {
    if (effect.kind === "request_reviewers") await github.requestReviewers(subject, effect.people);
  }
  return null;
};
