/** What people are told of a post-review beyond its issue: a title in plain text and a body in Markdown. */

import type { PostReviewData } from "../bypass/post-review-data.ts";
import type { Severity } from "../severity.ts";
import { toMarkdown } from "./markdown.ts";
import { whole } from "./post-review-facts.ts";
import type { ReportedRun } from "./post-review-merged.ts";
import { quietWords } from "./quiet-words.ts";
import { code, link, oneLine, say, type Words } from "./words.ts";

export interface ReviewMessage {
  /** What it is about, unique among the messages of one review. */
  about: string;
  severity: Severity;
  title: string;
  body: string;
}

/** @param pull number of the pull request */
export const reviewMessages = {
  unfiled: (pull: number): ReviewMessage =>
    message(
      "unfiled",
      "critical",
      `The review that #${pull} owes has no issue`,
      say`The review that #${pull} owes cannot be written down: issues are switched off here, or Holdpoint may not file them. It is tried again every day.`,
    ),
  refiled: (pull: number, times: number): ReviewMessage =>
    message(
      `refiled-${times}`,
      "critical",
      `The issue of the review that #${pull} owes keeps being deleted`,
      say`The issue of the review that #${pull} owes was deleted or moved away ${times} times within a day. It is filed again later; the review is still owed.`,
    ),
  failedRun: (pull: number, run: ReportedRun & { id: number }, baseRef: string): ReviewMessage =>
    message(
      `run-${run.id}-${run.attempt}`,
      "high",
      `${oneLine(run.name)} failed on ${oneLine(baseRef)} after #${pull} was merged past its gate`,
      say`${link(say`${run.name}`, run.url)} ended as ${code(run.conclusion ?? "unknown")} on the commit that #${pull} was merged as.`,
    ),
  reviewed: (pull: number, review: NonNullable<PostReviewData["review"]>): ReviewMessage =>
    message(
      `reviewed-${review.verdict}`,
      "high",
      review.verdict === "revert"
        ? `The review of #${pull} asks for a revert`
        : `The review of #${pull} asks for a follow-up`,
      say`${code(review.person.login)} reviewed #${pull}: ${code(review.verdict)}. ${whole(review.lessons)}`,
    ),
  unlanded: (pull: number, what: "not_on_base" | "not_contained", baseRef: string): ReviewMessage =>
    message(
      "unlanded",
      "critical",
      `What was merged of #${pull} is not what its head has`,
      what === "not_on_base"
        ? say`GitHub says that #${pull} is merged, and its merge commit is not in ${code(baseRef)}.`
        : say`GitHub says that #${pull} is merged, and its merge commit lacks files that its head changed.`,
    ),
};

function message(about: string, severity: Severity, title: string, body: Words): ReviewMessage {
  return { about, severity, title, body: toMarkdown(quietWords(body)) };
}
