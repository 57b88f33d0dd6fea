/** Pull requests, reviews and review requests as REST and webhooks show them. */

import type { PullRequest, Review } from "../state/issues.ts";
import { isMerged } from "../state/issues.ts";
import { mergeability } from "../state/mergeability.ts";
import { pullChanges, pullCommits, visibleHead } from "../state/pull-facts.ts";
import type { World } from "../state/world.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { accountBody, association, authorBody, teamBody } from "./account.ts";
import { issueUrl, labelBody } from "./issue.ts";
import { repositoryBody, repositoryPage, repositoryUrl } from "./repository.ts";

/** The form in lists and in most events. */
export function simplePullBody(world: World, pull: PullRequest) {
  const url = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  const page = `${repositoryPage(world, pull.repository)}/pull/${pull.number}`;
  const headSha = visibleHead(world, pull);
  const assignees = [...pull.assignees].map((account) => accountBody(world, account));
  const addresses = {
    html_url: page,
    issue_url: issueUrl(world, pull),
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${repositoryUrl(world, pull.repository)}/pulls/comments{/number}`,
    comments_url: `${issueUrl(world, pull)}/comments`,
    statuses_url: `${repositoryUrl(world, pull.repository)}/statuses/${headSha}`,
  };
  return {
    url,
    id: pull.pullId,
    node_id: pull.nodeId,
    ...addresses,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    number: pull.number,
    state: pull.state,
    locked: pull.isLocked,
    active_lock_reason: null,
    title: pull.title,
    user: authorBody(world, pull.author),
    body: pull.body,
    created_at: iso(pull.createdAt),
    updated_at: iso(pull.updatedAt),
    closed_at: isoOrNull(pull.closedAt),
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: [...pull.requestedReviewers].map((account) => accountBody(world, account)),
    requested_teams: [...pull.requestedTeams].map((team) => teamBody(world, team)),
    labels: [...pull.labels].map((label) => labelBody(world, pull.repository, label)),
    milestone: null,
    draft: pull.isDraft,
    head: sideBody(world, { ...pull.head, sha: headSha }),
    base: sideBody(world, pull.base),
    _links: {
      self: { href: url },
      html: { href: addresses.html_url },
      issue: { href: addresses.issue_url },
      comments: { href: addresses.comments_url },
      review_comments: { href: addresses.review_comments_url },
      review_comment: { href: addresses.review_comment_url },
      commits: { href: addresses.commits_url },
      statuses: { href: addresses.statuses_url },
    },
    author_association: association(pull.author, pull.repository),
    auto_merge: autoMergeBody(world, pull),
  };
}

function autoMergeBody(world: World, pull: PullRequest) {
  if (pull.autoMerge === null) return null;
  return {
    enabled_by: accountBody(world, pull.autoMerge.enabledBy),
    merge_method: pull.autoMerge.method,
    commit_title: pull.autoMerge.title ?? `${pull.title} (#${pull.number})`,
    commit_message: pull.autoMerge.message ?? pull.body ?? "",
  };
}

export function pullBody(world: World, pull: PullRequest) {
  const changes = pullChanges(world, pull);
  const merge = mergeability(world, pull);
  return {
    ...simplePullBody(world, pull),
    merged: isMerged(pull),
    mergeable: merge.mergeable,
    rebaseable: merge.mergeable,
    mergeable_state: merge.state,
    merged_by: pull.mergedBy === null ? null : accountBody(world, pull.mergedBy),
    comments: pull.comments.length,
    review_comments: pull.reviews.reduce((sum, review) => sum + review.comments.length, 0),
    maintainer_can_modify: false,
    commits: pullCommits(world, pull).length,
    additions: changes.reduce((sum, change) => sum + change.additions, 0),
    deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
    changed_files: changes.length,
  };
}

export function reviewBody(world: World, pull: PullRequest, review: Review) {
  const url = `${repositoryUrl(world, pull.repository)}/pulls/${pull.number}`;
  const page = `${repositoryPage(world, pull.repository)}/pull/${pull.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: review.nodeId,
    user: authorBody(world, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: url,
    author_association: association(review.author, pull.repository),
    _links: { html: { href: page }, pull_request: { href: url } },
    submitted_at: iso(review.submittedAt),
    commit_id: review.commitSha,
  };
}

function sideBody(world: World, side: PullRequest["head"]) {
  return {
    label: `${side.repository.owner.login}:${side.ref}`,
    ref: side.ref,
    sha: side.sha,
    user: accountBody(world, side.repository.owner),
    repo: repositoryBody(world, side.repository),
  };
}
