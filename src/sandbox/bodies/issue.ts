/** Issues, comments, labels, reactions and timelines as REST and webhooks show them. */
import type { Issue, IssueComment, IssueEvent, Label, Reaction } from "../state/issues.ts";
import { isPull, REACTIONS } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { iso, isoOrNull } from "../state/world.ts";
import { accountBody, association, authorBody, teamBody } from "./account.ts";
import { appBody } from "./app.ts";
import { repositoryPage, repositoryUrl } from "./repository.ts";

export function labelBody(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: label.nodeId,
    url: `${repositoryUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: label.isDefault,
    description: label.description,
  };
}

export function issueUrl(world: World, issue: Issue): string {
  return `${repositoryUrl(world, issue.repository)}/issues/${issue.number}`;
}

export function issuePage(world: World, issue: Issue): string {
  const room = isPull(issue) ? "pull" : "issues";
  return `${repositoryPage(world, issue.repository)}/${room}/${issue.number}`;
}

export function issueBody(world: World, issue: Issue) {
  const url = issueUrl(world, issue);
  const assignees = [...issue.assignees].map((account) => accountBody(world, account));
  return {
    id: issue.id,
    node_id: issue.nodeId,
    url,
    repository_url: repositoryUrl(world, issue.repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: issuePage(world, issue),
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: issue.body,
    user: authorBody(world, issue.author),
    labels: [...issue.labels].map((label) => labelBody(world, issue.repository, label)),
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    locked: issue.isLocked,
    active_lock_reason: null,
    comments: issue.comments.length,
    ...(isPull(issue) ? { draft: issue.isDraft, pull_request: pullLinks(world, issue) } : {}),
    closed_at: isoOrNull(issue.closedAt),
    closed_by: issue.closedBy === null ? null : accountBody(world, issue.closedBy),
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    author_association: association(issue.author, issue.repository),
    performed_via_github_app: issue.viaApp === null ? null : appBody(world, issue.viaApp),
    reactions: reactionsBody(url, []),
  };
}

export function commentBody(world: World, comment: IssueComment) {
  const issue = comment.issue;
  const url = `${repositoryUrl(world, issue.repository)}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url,
    html_url: `${issuePage(world, issue)}#issuecomment-${comment.id}`,
    issue_url: issueUrl(world, issue),
    body: comment.body,
    user: authorBody(world, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    author_association: association(comment.author, issue.repository),
    performed_via_github_app: comment.viaApp === null ? null : appBody(world, comment.viaApp),
    reactions: reactionsBody(url, comment.reactions),
  };
}

export function reactionBody(world: World, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: reaction.nodeId,
    user: authorBody(world, reaction.by),
    content: reaction.content,
    created_at: iso(reaction.createdAt),
  };
}

/** One entry of `…/events` or `…/timeline`; the timeline adds nothing to these kinds. */
export function issueEventBody(world: World, issue: Issue, event: IssueEvent) {
  const repository = issue.repository;
  const commitSha = event.commitSha ?? null;
  const actor = accountBody(world, event.actor);
  return {
    id: event.id,
    node_id: event.nodeId,
    url: `${repositoryUrl(world, repository)}/issues/events/${event.id}`,
    actor,
    event: event.event,
    commit_id: commitSha,
    commit_url: commitSha === null ? null : `${repositoryUrl(world, repository)}/commits/${commitSha}`,
    created_at: iso(event.createdAt),
    performed_via_github_app: event.viaApp === null ? null : appBody(world, event.viaApp),
    ...(event.labelName === undefined ? {} : { label: { name: event.labelName, color: event.label?.color ?? "" } }),
    ...(event.stateReason === undefined ? {} : { state_reason: event.stateReason }),
    ...(event.renamedFrom === undefined ? {} : { rename: { from: event.renamedFrom, to: event.renamedTo ?? "" } }),
    ...(event.event.startsWith("review_request") ? { review_requester: actor } : {}),
    ...(event.reviewer === undefined ? {} : { requested_reviewer: accountBody(world, event.reviewer) }),
    ...(event.assignee === undefined ? {} : { assignee: accountBody(world, event.assignee), assigner: actor }),
    ...(event.team === undefined ? {} : { requested_team: teamBody(world, event.team) }),
    ...(event.review === undefined
      ? {}
      : {
          dismissed_review: {
            state: event.reviewStateBefore?.toLowerCase() ?? "",
            review_id: event.review.id,
            dismissal_message: event.dismissalMessage ?? null,
            dismissal_commit_id: event.review.commitSha,
          },
        }),
  };
}

function pullLinks(world: World, issue: Issue) {
  const page = issuePage(world, issue);
  return {
    url: `${repositoryUrl(world, issue.repository)}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: isPull(issue) ? isoOrNull(issue.mergedAt) : null,
  };
}

export function reactionsBody(url: string, reactions: readonly Reaction[]) {
  const counts = REACTIONS.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...(Object.fromEntries(counts) as Record<(typeof REACTIONS)[number], number>),
  };
}
