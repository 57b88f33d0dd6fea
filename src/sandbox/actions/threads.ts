/** Review conversations: comments on lines, resolved and taken up again. */
import { pullBody } from "../bodies/pull.ts";
import { reviewCommentBody } from "../bodies/review-comment.ts";
import type { Account } from "../state/accounts.ts";
import type { PullRequest, Review, ReviewComment } from "../state/issues.ts";
import { threadId } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";

export function resolveThread(world: World, pull: PullRequest, comment: ReviewComment, by: Account): void {
  if (comment.resolvedBy !== null) return;
  comment.resolvedBy = by;
  announceThread(world, "resolved", pull, comment, by);
}

export function unresolveThread(world: World, pull: PullRequest, comment: ReviewComment, by: Account): void {
  if (comment.resolvedBy === null) return;
  comment.resolvedBy = null;
  announceThread(world, "unresolved", pull, comment, by);
}

export function announceReviewComment(
  world: World,
  pull: PullRequest,
  review: Review,
  comment: ReviewComment,
  by: Account,
): void {
  announce(
    world,
    "pull_request_review_comment.created",
    { repository: pull.repository, sender: by },
    { pull_request: pullBody(world, pull), comment: reviewCommentBody(world, pull, review, comment) },
  );
}

function announceThread(
  world: World,
  action: "resolved" | "unresolved",
  pull: PullRequest,
  comment: ReviewComment,
  by: Account,
): void {
  const review = pull.reviews.find(({ comments }) => comments.includes(comment));
  const comments = review === undefined ? [] : [reviewCommentBody(world, pull, review, comment)];
  announce(
    world,
    `pull_request_review_thread.${action}`,
    { repository: pull.repository, sender: by },
    { pull_request: pullBody(world, pull), thread: { node_id: threadId(comment), comments } },
  );
}
