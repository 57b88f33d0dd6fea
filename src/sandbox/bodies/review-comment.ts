/** Comments on lines as webhooks show them. */
import type { PullRequest, Review, ReviewComment } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { iso } from "../state/world.ts";
import { association, authorBody } from "./account.ts";
import { issuePage, reactionsBody } from "./issue.ts";
import { repositoryUrl } from "./repository.ts";

export function reviewCommentBody(world: World, pull: PullRequest, review: Review, comment: ReviewComment) {
  const url = `${repositoryUrl(world, pull.repository)}/pulls/comments/${comment.id}`;
  const page = `${issuePage(world, pull)}#discussion_r${comment.id}`;
  const pullUrl = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  return {
    url,
    pull_request_review_id: review.id,
    id: comment.id,
    node_id: comment.nodeId,
    diff_hunk: `@@ -${comment.line},1 +${comment.line},1 @@`,
    path: comment.path,
    position: 1,
    original_position: 1,
    commit_id: review.commitSha,
    original_commit_id: review.commitSha,
    user: authorBody(world, comment.author),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.createdAt),
    html_url: page,
    pull_request_url: pullUrl,
    author_association: association(comment.author, pull.repository),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl } },
    reactions: reactionsBody(url, []),
    start_line: null,
    original_start_line: null,
    start_side: null,
    line: comment.line,
    original_line: comment.line,
    side: "RIGHT",
    subject_type: "line",
  };
}
