/** Reviews, their comments and threads, and review requests. */
import { association } from "../../bodies/account.ts";
import { issuePage } from "../../bodies/issue.ts";
import { isAtLeast, permissionOf } from "../../state/accounts.ts";
import type { PullRequest, Review, ReviewComment } from "../../state/issues.ts";
import { threadId } from "../../state/issues.ts";
import { iso } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { actorNode, teamNode } from "./actor.ts";

export function reviewNode(context: GraphQLContext, pull: PullRequest, review: Review): GraphQLNode {
  const page = `${issuePage(context.world, pull)}#pullrequestreview-${review.id}`;
  const commit = context.world.objects.findCommit(review.commitSha);
  return {
    __typename: "PullRequestReview",
    id: review.nodeId,
    databaseId: review.id,
    fullDatabaseId: String(review.id),
    state: review.state,
    body: review.body,
    bodyText: review.body,
    url: page,
    resourcePath: new URL(page).pathname,
    createdAt: iso(review.submittedAt),
    submittedAt: iso(review.submittedAt),
    publishedAt: iso(review.submittedAt),
    updatedAt: iso(review.editedAt ?? review.submittedAt),
    lastEditedAt: review.editedAt === null ? null : iso(review.editedAt),
    includesCreatedEdit: review.editedAt !== null,
    isMinimized: false,
    author: () => actorNode(context, review.author),
    authorAssociation: association(review.author, pull.repository),
    authorCanPushToRepository: isAtLeast(permissionOf(review.author, pull.repository), "write"),
    editor: () => (review.editor === null ? null : actorNode(context, review.editor)),
    commit: () => (commit === undefined ? null : context.nodes.commit(pull.repository, commit)),
    pullRequest: () => context.nodes.pull(pull),
    repository: () => context.nodes.repository(pull.repository),
    comments: (args: Args) =>
      connection("PullRequestReviewCommentConnection", "comments", args, review.comments, (comment) =>
        reviewCommentNode(context, pull, comment),
      ),
    onBehalfOf: (args: Args) => connection("TeamConnection", "onBehalfOf", args, [], () => null),
  };
}

/** The newest verdict of each reviewer; comments replace nothing. */
export function latestOpinionated(pull: PullRequest): Review[] {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) {
    if (review.state !== "COMMENTED" && review.state !== "PENDING") latest.set(review.author.id, review);
  }
  return [...latest.values()];
}

/** The newest review of each reviewer who is not asked again. */
export function latestReviews(pull: PullRequest): Review[] {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) latest.set(review.author.id, review);
  return [...latest.values()].filter(({ author }) => !pull.requestedReviewers.has(author));
}

export function reviewRequestNodes(context: GraphQLContext, pull: PullRequest, args: Args): GraphQLNode {
  const requested = [
    ...[...pull.requestedReviewers].map((account) => ({
      id: account.nodeId,
      render: () => actorNode(context, account),
    })),
    ...[...pull.requestedTeams].map((team) => ({ id: team.nodeId, render: () => teamNode(context, team) })),
  ];
  return connection("ReviewRequestConnection", "reviewRequests", args, requested, ({ id, render }) => ({
    __typename: "ReviewRequest",
    id: `${pull.nodeId}_${id}`,
    databaseId: null,
    asCodeOwner: false,
    requestedReviewer: render,
    pullRequest: () => context.nodes.pull(pull),
  }));
}

export function threadNodes(context: GraphQLContext, pull: PullRequest, args: Args): GraphQLNode {
  const comments = pull.reviews.flatMap((review) => review.comments);
  return connection("PullRequestReviewThreadConnection", "reviewThreads", args, comments, (comment) =>
    threadNode(context, pull, comment),
  );
}

export function threadNode(context: GraphQLContext, pull: PullRequest, comment: ReviewComment): GraphQLNode {
  return {
    __typename: "PullRequestReviewThread",
    id: threadId(comment),
    isResolved: comment.resolvedBy !== null,
    isOutdated: false,
    isCollapsed: comment.resolvedBy !== null,
    path: comment.path,
    line: comment.line,
    resolvedBy: () => (comment.resolvedBy === null ? null : actorNode(context, comment.resolvedBy)),
    comments: (inner: Args) =>
      connection("PullRequestReviewCommentConnection", "comments", inner, [comment], (one) =>
        reviewCommentNode(context, pull, one),
      ),
    pullRequest: () => context.nodes.pull(pull),
  };
}

function reviewCommentNode(context: GraphQLContext, pull: PullRequest, comment: ReviewComment): GraphQLNode {
  const page = `${issuePage(context.world, pull)}#discussion_r${comment.id}`;
  return {
    __typename: "PullRequestReviewComment",
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    path: comment.path,
    line: comment.line,
    body: comment.body,
    bodyText: comment.body,
    url: page,
    createdAt: iso(comment.createdAt),
    updatedAt: iso(comment.createdAt),
    author: () => actorNode(context, comment.author),
    authorAssociation: association(comment.author, pull.repository),
  };
}
