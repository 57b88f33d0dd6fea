/** A review is submitted; what waited for it merges. */
import type { Account } from "../state/accounts.ts";
import type { PullRequest, Review } from "../state/issues.ts";
import { visibleHead } from "../state/pull-facts.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { checkBody } from "./issues.ts";
import { tryAutoMerge } from "./merge.ts";
import { Refusal } from "./refusal.ts";
import { announceReview } from "./reviews.ts";
import { announceReviewComment } from "./threads.ts";

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
  for (const comment of review.comments) announceReviewComment(world, pull, review, comment, by);
  tryAutoMerge(world, pull.repository, pull.head.sha);
  return review;
}
