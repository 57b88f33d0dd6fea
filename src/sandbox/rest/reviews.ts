/** Reviews of a pull request. */
import { z } from "zod";
import { notFound } from "../actions/refusal.ts";
import { dismissReview } from "../actions/reviews.ts";
import { type ReviewFields, submitReview } from "../actions/submit-review.ts";
import { reviewBody } from "../bodies/pull.ts";
import type { PullRequest, Review } from "../state/issues.ts";
import { paginate } from "./paging.ts";
import { type Answer, actor, ok, param, pullIn, type RestRequest, readBody, route, viaApp } from "./request.ts";

const newReview = z.object({
  event: z.enum(["APPROVE", "REQUEST_CHANGES", "COMMENT"]).optional(),
  body: z.string().optional(),
  commit_id: z.string().optional(),
  comments: z.array(z.object({ path: z.string(), line: z.number().optional(), body: z.string() })).optional(),
});
const dismissal = z.object({ message: z.string(), event: z.literal("DISMISS").optional() });

const STATES: Readonly<Record<"APPROVE" | "REQUEST_CHANGES" | "COMMENT", ReviewFields["state"]>> = {
  APPROVE: "APPROVED",
  REQUEST_CHANGES: "CHANGES_REQUESTED",
  COMMENT: "COMMENTED",
};

export const reviewRoutes = [
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", "pull_requests:read", (request) => {
    const pull = pullIn(request);
    return paginate(request, pull.reviews, (review) => reviewBody(request.world, pull, review));
  }),
  route("POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", "pull_requests:write", createReview),
  route("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", "pull_requests:read", (request) => {
    const pull = pullIn(request);
    return ok(reviewBody(request.world, pull, reviewIn(request, pull)));
  }),
  route(
    "PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals",
    "pull_requests:write",
    (request) => {
      const pull = pullIn(request);
      const review = reviewIn(request, pull);
      const { message } = readBody(request, dismissal);
      dismissReview(request.world, pull, review, message, actor(request), viaApp(request));
      return ok(reviewBody(request.world, pull, review));
    },
    "write",
  ),
];

function createReview(request: RestRequest): Answer {
  const pull = pullIn(request);
  const wanted = readBody(request, newReview);
  const fields: ReviewFields = {
    state: STATES[wanted.event ?? "COMMENT"],
    body: wanted.body ?? "",
    comments: (wanted.comments ?? []).map(({ path, line, body }) => ({ path, line: line ?? 1, body })),
    ...(wanted.commit_id === undefined ? {} : { commitSha: wanted.commit_id }),
  };
  return ok(reviewBody(request.world, pull, submitReview(request.world, pull, fields, actor(request))));
}

function reviewIn(request: RestRequest, pull: PullRequest): Review {
  const review = pull.reviews.find(({ id }) => id === Number(param(request, "review_id")));
  if (review === undefined) throw notFound();
  return review;
}
