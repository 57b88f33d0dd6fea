/** `/holdpoint reviewed <sound | follow-up | revert> <lessons>` on a post-review. */

import { planPostReview } from "../../../core/bypass/post-review.ts";
import { readPostReviewData } from "../../../core/bypass/post-review-data.ts";
import { parseReviewed, standingOfReviewer } from "../../../core/bypass/reviewed.ts";
import { reviewAnswers } from "../../../core/report/post-review-words.ts";
import { reviewedOverride } from "../../deployments/override-review.ts";
import type { IssueCommand } from "../issue-look.ts";
import { readReviewFacts } from "./review-facts.ts";
import { readReviewers } from "./reviewers.ts";

export const reviewed: IssueCommand = async (given, ports) => {
  const { kept, reading, command, comment } = given;
  const { pullRequest } = kept;
  if (pullRequest === null) return reviewedOverride(given, ports);
  const data = readPostReviewData(kept.data);
  const said = parseReviewed(command.rest);
  if (said.kind === "malformed") {
    const words = said.why === "no_verdict" ? reviewAnswers.noVerdict() : reviewAnswers.noLessons();
    return { reaction: "confused", comment: words };
  }
  const look = { kept: { ...kept, pullRequest }, data, reading };
  const { facts, merge } = await readReviewFacts(look, ports);
  const { debt } = planPostReview(facts);
  if (debt.kind === "reviewed" || debt.kind === "dropped")
    return { reaction: "confused", comment: reviewAnswers.settled() };
  // GitHub tells times to the second.
  if (debt.kind === "pending" || merge === null || comment.createdAt.getTime() + 999 < merge.mergedAt.getTime()) {
    return { reaction: "confused", comment: reviewAnswers.tooEarly() };
  }
  const { user, id: commentId, createdAt } = comment;
  const own = standingOfReviewer(user, data.excluded, "unknown");
  if (own.kind === "hand_in") return { reaction: "-1", comment: reviewAnswers.handIn(user.login, own.why) };
  const reviewers = await readReviewers(look, [user], ports);
  const standing = standingOfReviewer(user, data.excluded, reviewers?.holds(user) ?? "unknown");
  if (standing.kind === "unreadable") {
    return { reaction: "eyes", comment: reviewAnswers.unreadable(user.login, data.role), again: true };
  }
  if (standing.kind !== "may") return { reaction: "-1", comment: reviewAnswers.notEntitled(user.login, data.role) };
  const { verdict, lessons } = said;
  const person = { id: user.id, login: user.login };
  const review = { verdict, lessons, person, commentId, at: createdAt.toISOString() };
  return { reaction: "+1", comment: reviewAnswers.done(verdict), data: { ...data, review } };
};
