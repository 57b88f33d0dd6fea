/** Reviews are submitted, edited and dismissed. */
import { pullBody, reviewBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { PullRequest, Review } from "../state/issues.ts";
import { visibleHead } from "../state/pull-facts.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { checkBody } from "./issues.ts";
import { tryAutoMerge } from "./merge.ts";
import { Refusal } from "./refusal.ts";
import { addEvent } from "./timeline.ts";

export interface ReviewFields {
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  body?: string;
  /** The commit it speaks of; the head when left out. */
  commitSha?: string;
  comments?: { path: string; line: number; body: string }[];
}

export function submitReview(world: World, pull: PullRequest, fields: ReviewFields, by: Account): Review {
  checkBody("PullRequestReview", fields.body ?? "");
  if (by === pull.author && fields.state !== "COMMENTED") {
    const verb = fields.state === "APPROVED" ? "approve" : "request changes on";
    throw new Refusal(422, "Unprocessable Entity", [`Review Can not ${verb} your own pull request`]);
  }
  if (fields.state !== "APPROVED" && (fields.body ?? "") === "" && (fields.comments ?? []).length === 0) {
    throw new Refusal(422, "Unprocessable Entity", ["Review body can't be blank"]);
  }
  const review: Review = register(world, "PullRequestReview", {
    id: 0,
    nodeId: "",
    author: by,
    body: fields.body ?? "",
    state: fields.state,
    commitSha: fields.commitSha ?? visibleHead(world, pull),
    submittedAt: world.now(),
    editedAt: null,
    editor: null,
    comments: [],
  });
  for (const comment of fields.comments ?? []) {
    review.comments.push(
      register(world, "PullRequestReviewComment", {
        id: 0,
        nodeId: "",
        author: by,
        ...comment,
        createdAt: world.now(),
        resolvedBy: null,
      }),
    );
  }
  pull.reviews.push(review);
  pull.requestedReviewers.delete(by);
  for (const team of pull.requestedTeams) if (team.members.has(by.id)) pull.requestedTeams.delete(team);
  pull.updatedAt = world.now();
  announceReview(world, "submitted", pull, review, by);
  tryAutoMerge(world, pull.repository, pull.head.sha);
  return review;
}

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
function announceReview(
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
