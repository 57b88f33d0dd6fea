/** Issues, comments and the lines of a timeline. */

import { eventType } from "../../actions/timeline.ts";
import { association } from "../../bodies/account.ts";
import { issuePage } from "../../bodies/issue.ts";
import { actorOf } from "../../http/caller.ts";
import type { Issue, IssueComment, IssueEvent, PullRequest } from "../../state/issues.ts";
import { isPull } from "../../state/issues.ts";
import { iso, isoOrNull } from "../../state/world.ts";
import { connection } from "../connection.ts";
import type { Args, GraphQLContext, GraphQLNode } from "../context.ts";
import { actorNode, teamNode } from "./actor.ts";
import { labelNode } from "./label.ts";
import { refNode } from "./ref.ts";
import { reviewNode } from "./review.ts";

export function issueNode(context: GraphQLContext, issue: Issue): GraphQLNode {
  return {
    __typename: "Issue",
    ...conversationFields(context, issue),
    state: issue.state.toUpperCase(),
    stateReason: issue.stateReason?.toUpperCase() ?? null,
    timelineItems: (args: Args) =>
      connection("IssueTimelineItemsConnection", "timelineItems", args, wanted(issue.events, args), (event) =>
        eventNode(context, issue, event),
      ),
  };
}

/** What issues and pull requests share. */
export function conversationFields(context: GraphQLContext, issue: Issue): Record<string, unknown> {
  const { world } = context;
  const page = issuePage(world, issue);
  return {
    id: issue.nodeId,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body ?? "",
    bodyText: issue.body ?? "",
    url: page,
    resourcePath: new URL(page).pathname,
    locked: issue.isLocked,
    closed: issue.state === "closed",
    createdAt: iso(issue.createdAt),
    updatedAt: iso(issue.updatedAt),
    closedAt: isoOrNull(issue.closedAt),
    lastEditedAt: null,
    editor: null,
    milestone: null,
    author: () => actorNode(context, issue.author),
    authorAssociation: association(issue.author, issue.repository),
    repository: () => context.nodes.repository(issue.repository),
    labels: (args: Args) => connection("LabelConnection", "labels", args, [...issue.labels], labelNode),
    assignees: (args: Args) =>
      connection("UserConnection", "assignees", args, [...issue.assignees], (person) => actorNode(context, person)),
    comments: (args: Args) =>
      connection("IssueCommentConnection", "comments", args, issue.comments, (comment) =>
        commentNode(context, comment),
      ),
  };
}

export function commentNode(context: GraphQLContext, comment: IssueComment): GraphQLNode {
  const page = `${issuePage(context.world, comment.issue)}#issuecomment-${comment.id}`;
  const isEdited = comment.editor !== null;
  return {
    __typename: "IssueComment",
    id: comment.nodeId,
    databaseId: comment.id,
    fullDatabaseId: String(comment.id),
    body: comment.body,
    bodyText: comment.body,
    url: page,
    resourcePath: new URL(page).pathname,
    createdAt: iso(comment.createdAt),
    publishedAt: iso(comment.createdAt),
    updatedAt: iso(comment.updatedAt),
    lastEditedAt: isEdited ? iso(comment.updatedAt) : null,
    includesCreatedEdit: isEdited,
    createdViaEmail: false,
    isMinimized: false,
    minimizedReason: null,
    viewerDidAuthor: comment.author === actorOf(context.caller),
    author: () => actorNode(context, comment.author),
    authorAssociation: association(comment.author, comment.issue.repository),
    editor: () => (comment.editor === null ? null : actorNode(context, comment.editor)),
    issue: () => issueNode(context, comment.issue),
    pullRequest: () => (isPull(comment.issue) ? context.nodes.pull(comment.issue) : null),
    reactions: (args: Args) =>
      connection("ReactionConnection", "reactions", args, comment.reactions, (reaction) => ({
        __typename: "Reaction",
        id: reaction.nodeId,
        databaseId: reaction.id,
        content: REACTION_NAMES[reaction.content],
        createdAt: iso(reaction.createdAt),
        user: () => actorNode(context, reaction.by),
      })),
  };
}

const REACTION_NAMES = {
  "+1": "THUMBS_UP",
  "-1": "THUMBS_DOWN",
  laugh: "LAUGH",
  confused: "CONFUSED",
  heart: "HEART",
  hooray: "HOORAY",
  rocket: "ROCKET",
  eyes: "EYES",
} as const;

/** Every line of a pull request's timeline in the order it happened. */
export function pullTimeline(
  context: GraphQLContext,
  pull: PullRequest,
  commits: readonly { sha: string; date: Date }[],
  args: Args,
) {
  const lines = [
    ...commits.map(({ sha, date }) => ({
      type: "PullRequestCommit",
      at: date,
      render: (): GraphQLNode => ({
        __typename: "PullRequestCommit",
        id: `${pull.nodeId}_${sha}`,
        url: `${issuePage(context.world, pull)}/commits/${sha}`,
        resourcePath: `${new URL(issuePage(context.world, pull)).pathname}/commits/${sha}`,
        pullRequest: () => context.nodes.pull(pull),
        commit: () => context.nodes.commit(pull.repository, context.world.objects.commit(sha)),
      }),
    })),
    ...pull.events.map((event) => ({
      type: eventType(event.event),
      at: event.createdAt,
      render: () => eventNode(context, pull, event),
    })),
    ...pull.comments.map((comment) => ({
      type: "IssueComment",
      at: comment.createdAt,
      render: () => commentNode(context, comment),
    })),
    ...pull.reviews.map((review) => ({
      type: "PullRequestReview",
      at: review.submittedAt,
      render: () => reviewNode(context, pull, review),
    })),
  ];
  const types = (args.itemTypes ?? null) as string[] | null;
  const found = lines.filter(({ type }) => types === null || types.includes(enumName(type)));
  found.sort((a, b) => a.at.getTime() - b.at.getTime());
  return connection("PullRequestTimelineItemsConnection", "timelineItems", args, found, ({ render }) => render(), {
    extra: { filteredCount: found.length, pageCount: found.length, updatedAt: iso(pull.updatedAt) },
  });
}

export function eventNode(context: GraphQLContext, issue: Issue, event: IssueEvent): GraphQLNode {
  const subject = () => subjectNode(context, issue);
  return {
    __typename: eventType(event.event),
    id: event.nodeId,
    createdAt: iso(event.createdAt),
    actor: () => actorNode(context, event.actor),
    url: `${issuePage(context.world, issue)}#event-${event.id}`,
    resourcePath: new URL(issuePage(context.world, issue)).pathname,
    pullRequest: subject,
    labelable: subject,
    closable: subject,
    subject,
    ...eventDetails(context, issue, event),
  };
}

function subjectNode(context: GraphQLContext, issue: Issue): GraphQLNode {
  return isPull(issue) ? context.nodes.pull(issue) : issueNode(context, issue);
}

function eventDetails(context: GraphQLContext, issue: Issue, event: IssueEvent): Record<string, unknown> {
  const commit = (sha: string | undefined) =>
    sha === undefined ? null : context.nodes.commit(issue.repository, context.world.objects.commit(sha));
  const closerNode = () =>
    event.closingPull === undefined ? commit(event.commitSha) : context.nodes.pull(event.closingPull);
  switch (event.event) {
    case "labeled":
    case "unlabeled":
      return { label: () => (event.label === undefined ? null : labelNode(event.label)) };
    case "assigned":
    case "unassigned": {
      const person = () => (event.assignee === undefined ? null : actorNode(context, event.assignee));
      return { assignee: person, user: person, assignable: () => subjectNode(context, issue) };
    }
    case "transferred":
      return {
        issue: () => subjectNode(context, issue),
        fromRepository: () => (event.cameFrom === undefined ? null : context.nodes.repository(event.cameFrom)),
      };
    case "head_ref_force_pushed": {
      const ref = isPull(issue) ? issue.head : null;
      return {
        beforeCommit: () => commit(event.beforeSha),
        afterCommit: () => commit(event.commitSha),
        ref: () => (ref === null ? null : refNode(context, ref.repository, `refs/heads/${ref.ref}`)),
      };
    }
    case "merged":
      return { commit: () => commit(event.commitSha), mergeRefName: isPull(issue) ? issue.base.ref : "" };
    case "closed":
      return { closer: () => closerNode(), stateReason: event.stateReason?.toUpperCase() ?? null, duplicateOf: null };
    case "reopened":
      return { stateReason: event.stateReason?.toUpperCase() ?? null };
    case "renamed":
      return { previousTitle: event.renamedFrom ?? "", currentTitle: event.renamedTo ?? "" };
    case "base_ref_changed":
      return { previousRefName: event.renamedFrom ?? "", currentRefName: event.renamedTo ?? "", databaseId: event.id };
    case "review_requested":
    case "review_request_removed":
      return {
        requestedReviewer: () => {
          if (event.team !== undefined) return teamNode(context, event.team);
          return event.reviewer === undefined ? null : actorNode(context, event.reviewer);
        },
      };
    case "review_dismissed":
      return {
        databaseId: event.id,
        dismissalMessage: event.dismissalMessage ?? null,
        dismissalMessageHTML: event.dismissalMessage ?? null,
        previousReviewState: event.reviewStateBefore ?? "APPROVED",
        review: () => (isPull(issue) && event.review !== undefined ? reviewNode(context, issue, event.review) : null),
        pullRequestCommit: null,
      };
    default:
      return {};
  }
}

function wanted(events: readonly IssueEvent[], args: Args): IssueEvent[] {
  const types = (args.itemTypes ?? null) as string[] | null;
  return events.filter(({ event }) => types === null || types.includes(enumName(eventType(event))));
}

/** `LabeledEvent` → `LABELED_EVENT`. */
function enumName(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
