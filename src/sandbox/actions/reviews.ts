/** Reviews are edited, dismissed and announced. */
import { pullBody, reviewBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { PullRequest, Review } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { Refusal } from "./refusal.ts";
import { addEvent } from "./timeline.ts";

export function editReview(world: World, pull: PullRequest, review: Review, body: string, by: Account): void {
  const from = review.body;
  review.body = body;
  review.editedAt = world.now();
  review.editor = by;
  announceReview(world, "edited", pull, review, by, { changes: { body: { from } } });
}

/** @throws {Refusal} 422 unless the review approves or asks for changes */
export function dismissReview(
  world: World,
  pull: PullRequest,
  review: Review,
  message: string,
  by: Account,
  viaApp: App | null,
): void {
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED") {
    throw new Refusal(422, "Unprocessable Entity", [
      "Can not dismiss a review that does not approve or request changes",
    ]);
  }
  const before = review.state;
  review.state = "DISMISSED";
  addEvent(world, pull, {
    event: "review_dismissed",
    actor: by,
    viaApp,
    review,
    reviewStateBefore: before,
    dismissalMessage: message === "" ? null : message,
  });
  announceReview(world, "dismissed", pull, review, by);
}

/** Events write a review's state in small letters, REST in capitals. */
export function announceReview(
  world: World,
  action: "submitted" | "edited" | "dismissed",
  pull: PullRequest,
  review: Review,
  by: Account,
  details: Record<string, unknown> = {},
): void {
  announce(
    world,
    `pull_request_review.${action}`,
    { repository: pull.repository, sender: by },
    {
      pull_request: pullBody(world, pull),
      review: { ...reviewBody(world, pull, review), state: review.state.toLowerCase(), updated_at: null },
      ...details,
    },
  );
}
