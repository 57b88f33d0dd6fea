/** Issues and comments are written, edited and reacted to. */
import { commentBody, issueBody } from "../bodies/issue.ts";
import { pullBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Issue, IssueComment, Reaction } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { addAssignees } from "./assignees.ts";
import { addLabels } from "./labels.ts";
import { invalid, Refusal } from "./refusal.ts";
import { addEvent } from "./timeline.ts";

/** @see https://docs.github.com/rest/issues/comments (longer bodies are refused) */
const BODY_CHARACTERS_MAX = 65_536;

export interface IssueFields {
  title: string;
  body?: string | null;
  labels?: string[];
  assignees?: Account[];
}

export function openIssue(
  world: World,
  repository: Repository,
  fields: IssueFields,
  by: Account,
  viaApp: App | null,
): Issue {
  if (!repository.hasIssues) throw new Refusal(410, "Issues has been disabled in this repository.");
  checkBody("Issue", fields.body ?? "");
  if (fields.title.trim() === "") throw invalid({ resource: "Issue", field: "title", code: "missing_field" });
  const issue: Issue = register(world, "Issue", {
    kind: "issue" as const,
    ...blankIssue(world, repository, fields, by, viaApp),
  });
  repository.issues.set(issue.number, issue);
  announce(world, "issues.opened", { repository, sender: by }, { issue: issueBody(world, issue) });
  addLabels(world, issue, fields.labels ?? [], by, viaApp);
  addAssignees(world, issue, fields.assignees ?? [], by, viaApp);
  return issue;
}

/** The fields an issue shares with a pull request; takes the repository's next number. */
export function blankIssue(
  world: World,
  repository: Repository,
  fields: IssueFields,
  by: Account,
  viaApp: App | null,
): Omit<Issue, "kind"> {
  repository.lastNumber += 1;
  return {
    id: 0,
    nodeId: "",
    number: repository.lastNumber,
    repository,
    title: fields.title,
    body: fields.body ?? null,
    author: by,
    state: "open",
    stateReason: null,
    labels: new Set(),
    assignees: new Set(),
    comments: [],
    events: [],
    isLocked: false,
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    closedBy: null,
    viaApp,
  };
}

/** Title and body of an issue or a pull request. */
export function editIssue(
  world: World,
  issue: Issue,
  fields: { title?: string; body?: string | null },
  by: Account,
): void {
  checkBody("Issue", fields.body ?? "");
  const changes: Record<string, { from: string }> = {};
  if (fields.title !== undefined && fields.title !== issue.title) {
    changes.title = { from: issue.title };
    addEvent(world, issue, { event: "renamed", actor: by, renamedFrom: issue.title, renamedTo: fields.title });
    issue.title = fields.title;
  }
  if (fields.body !== undefined && fields.body !== issue.body) {
    changes.body = { from: issue.body ?? "" };
    issue.body = fields.body;
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = world.now();
  const scene = { repository: issue.repository, sender: by };
  if (isPull(issue)) {
    const details = { number: issue.number, pull_request: pullBody(world, issue), changes };
    announce(world, "pull_request.edited", scene, details);
  } else {
    announce(world, "issues.edited", scene, { issue: issueBody(world, issue), changes });
  }
}

export function addComment(world: World, issue: Issue, body: string, by: Account, viaApp: App | null): IssueComment {
  checkBody("IssueComment", body);
  if (body.trim() === "") throw invalid({ resource: "IssueComment", field: "body", code: "missing_field" });
  const comment: IssueComment = register(world, "IssueComment", {
    id: 0,
    nodeId: "",
    issue,
    author: by,
    body,
    createdAt: world.now(),
    updatedAt: world.now(),
    editor: null,
    viaApp,
    reactions: [],
  });
  issue.comments.push(comment);
  issue.updatedAt = world.now();
  issue.repository.comments.set(comment.id, comment);
  announceComment(world, "created", comment, by);
  return comment;
}

export function editComment(world: World, comment: IssueComment, body: string, by: Account): void {
  checkBody("IssueComment", body);
  const from = comment.body;
  comment.body = body;
  comment.updatedAt = world.now();
  comment.editor = by;
  announceComment(world, "edited", comment, by, { changes: { body: { from } } });
}

export function deleteComment(world: World, comment: IssueComment, by: Account): void {
  comment.issue.comments = comment.issue.comments.filter((other) => other !== comment);
  comment.issue.repository.comments.delete(comment.id);
  world.nodes.delete(comment.nodeId);
  announceComment(world, "deleted", comment, by);
}

/** Reacting twice with the same sign changes nothing. */
export function react(world: World, comment: IssueComment, content: Reaction["content"], by: Account) {
  const known = comment.reactions.find((reaction) => reaction.by === by && reaction.content === content);
  if (known !== undefined) return { reaction: known, isNew: false };
  const reaction: Reaction = register(world, "Reaction", { id: 0, nodeId: "", content, by, createdAt: world.now() });
  comment.reactions.push(reaction);
  return { reaction, isNew: true };
}

export function checkBody(resource: string, body: string): void {
  if (body.length > BODY_CHARACTERS_MAX) {
    const message = `body is too long (maximum is ${BODY_CHARACTERS_MAX} characters)`;
    throw invalid({ resource, field: "body", code: "custom", message });
  }
}

function announceComment(
  world: World,
  action: "created" | "edited" | "deleted",
  comment: IssueComment,
  by: Account,
  details: Record<string, unknown> = {},
): void {
  announce(
    world,
    `issue_comment.${action}`,
    { repository: comment.issue.repository, sender: by },
    {
      issue: issueBody(world, comment.issue),
      comment: commentBody(world, comment),
      ...details,
    },
  );
}
