/** Issues, comments, reactions and timelines. */
import { z } from "zod";
import { addAssignees, isAssignable, removeAssignees } from "../actions/assignees.ts";
import { closeIssue, reopenIssue } from "../actions/close.ts";
import { addComment, deleteComment, editComment, editIssue, openIssue, react } from "../actions/issues.ts";
import { addLabels, removeLabel } from "../actions/labels.ts";
import { invalid, notFound, Refusal } from "../actions/refusal.ts";
import { authorBody } from "../bodies/account.ts";
import { commentBody, issueBody, issueEventBody, reactionBody } from "../bodies/issue.ts";
import { reviewBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import { isAtLeast, permissionOf } from "../state/accounts.ts";
import type { Issue, IssueComment } from "../state/issues.ts";
import { isPull, REACTIONS } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { findAccount } from "../state/world.ts";
import { paginate } from "./paging.ts";
import {
  type Answer,
  actor,
  created,
  issueIn,
  movableIssueIn,
  noContent,
  ok,
  param,
  type RestRequest,
  readBody,
  repositoryIn,
  route,
  viaApp,
} from "./request.ts";

const labelNames = z.array(z.union([z.string(), z.object({ name: z.string() })]));
const newIssue = z.object({
  title: z.union([z.string(), z.number()]),
  body: z.string().nullish(),
  labels: labelNames.optional(),
  assignees: z.array(z.string()).optional(),
});
const issueChange = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullish(),
  labels: labelNames.optional(),
  assignees: z.array(z.string()).optional(),
});
const newComment = z.object({ body: z.string() });
const newReaction = z.object({ content: z.enum(REACTIONS) });

/** Pull requests are issues too: either permission opens what they share. */
const READ = "issues:read,pull_requests:read";
const WRITE = "issues:write,pull_requests:write";

export const issueRoutes = [
  route("GET /repos/{owner}/{repo}/issues", READ, listIssues),
  route("POST /repos/{owner}/{repo}/issues", "issues:write", createIssue),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}", READ, (request) =>
    ok(issueBody(request.world, movableIssueIn(request))),
  ),
  route("PATCH /repos/{owner}/{repo}/issues/{issue_number}", WRITE, changeIssue),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/comments", READ, (request) =>
    paginate(request, issueIn(request).comments, (comment) => commentBody(request.world, comment)),
  ),
  route("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", WRITE, (request) => {
    const { body } = readBody(request, newComment);
    const comment = addComment(request.world, issueIn(request), body, actor(request), viaApp(request));
    return created(commentBody(request.world, comment));
  }),
  route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}", READ, (request) =>
    ok(commentBody(request.world, commentIn(request))),
  ),
  route("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", WRITE, (request) => {
    const comment = commentIn(request);
    refuseStranger(request, comment);
    editComment(request.world, comment, readBody(request, newComment).body, actor(request));
    return ok(commentBody(request.world, comment));
  }),
  route("DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}", WRITE, (request) => {
    const comment = commentIn(request);
    refuseStranger(request, comment);
    deleteComment(request.world, comment, actor(request));
    return noContent();
  }),
  route("GET /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", READ, (request) =>
    paginate(request, commentIn(request).reactions, (reaction) => reactionBody(request.world, reaction)),
  ),
  route("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", WRITE, (request) => {
    const { content } = readBody(request, newReaction);
    const { reaction, isNew } = react(request.world, commentIn(request), content, actor(request));
    return { status: isNew ? 201 : 200, body: reactionBody(request.world, reaction) };
  }),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/events", READ, (request) => {
    const issue = issueIn(request);
    return paginate(request, issue.events, (event) => issueEventBody(request.world, issue, event));
  }),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/timeline", READ, showTimeline),
];

function listIssues(request: RestRequest): Answer {
  const { query } = request;
  const repository = repositoryIn(request);
  if (!repository.hasIssues) throw new Refusal(410, "Issues are disabled for this repo");
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const creator = query.get("creator");
  const since = query.get("since");
  const found = [...repository.issues.values()].filter(
    (issue) =>
      (state === "all" || issue.state === state) &&
      labels.every((name) => [...issue.labels].some((label) => label.name.toLowerCase() === name.toLowerCase())) &&
      (creator === null || issue.author.login.toLowerCase() === creator.toLowerCase()) &&
      (since === null || issue.updatedAt >= new Date(since)),
  );
  if ((query.get("direction") ?? "desc") === "desc") found.reverse();
  return paginate(request, found, (issue) => issueBody(request.world, issue));
}

function createIssue(request: RestRequest): Answer {
  const wanted = readBody(request, newIssue);
  const repository = repositoryIn(request);
  const mayTriage = isTriager(request, repository);
  const fields = {
    title: String(wanted.title),
    body: wanted.body ?? null,
    // Without the right to them, both are dropped without a word.
    labels: mayTriage ? names(wanted.labels ?? []) : [],
    assignees: mayTriage ? assigneesNamed(request, repository, wanted.assignees ?? []) : [],
  };
  return created(
    issueBody(request.world, openIssue(request.world, repository, fields, actor(request), viaApp(request))),
  );
}

function changeIssue(request: RestRequest): Answer {
  const { world } = request;
  const issue = movableIssueIn(request);
  const change = readBody(request, issueChange);
  const by = actor(request);
  const mayTriage = isTriager(request, issue.repository);
  if (by !== issue.author && !mayTriage) throw new Refusal(403, "Must have admin rights to Repository.");
  const texts = {
    ...(change.title === undefined ? {} : { title: change.title }),
    ...(change.body === undefined ? {} : { body: change.body }),
  };
  editIssue(world, issue, texts, by);
  if (change.labels !== undefined && mayTriage) setLabels(request, issue, names(change.labels));
  if (change.assignees !== undefined && mayTriage) setAssignees(request, issue, change.assignees);
  if (change.state === "open") reopenIssue(world, issue, by, viaApp(request));
  if (change.state === "closed") {
    const reason = change.state_reason ?? "completed";
    closeIssue(world, issue, by, viaApp(request), reason === "reopened" ? "completed" : reason);
  }
  return ok(issueBody(world, issue));
}

/** Leaves exactly these labels on the issue. */
export function setLabels(request: RestRequest, issue: Issue, wanted: readonly string[]): void {
  const lower = new Set(wanted.map((name) => name.toLowerCase()));
  for (const label of [...issue.labels]) {
    if (!lower.has(label.name.toLowerCase())) removeLabel(request.world, issue, label, actor(request), viaApp(request));
  }
  addLabels(request.world, issue, wanted, actor(request), viaApp(request));
}

function setAssignees(request: RestRequest, issue: Issue, logins: readonly string[]): void {
  const wanted = assigneesNamed(request, issue.repository, logins);
  const unwanted = [...issue.assignees].filter((account) => !wanted.includes(account));
  removeAssignees(request.world, issue, unwanted, actor(request), viaApp(request));
  addAssignees(request.world, issue, wanted, actor(request), viaApp(request));
}

/** @throws {Refusal} 422 where one of them cannot be assigned */
function assigneesNamed(request: RestRequest, repository: Repository, logins: readonly string[]): Account[] {
  return logins.map((login) => {
    const account = findAccount(request.world, login);
    if (account !== undefined && isAssignable(account, repository)) return account;
    throw invalid({ resource: "Issue", field: "assignees", code: "invalid" });
  });
}

/** Apps with the permission count as such. */
function isTriager(request: RestRequest, repository: Repository): boolean {
  return viaApp(request) !== null || isAtLeast(permissionOf(actor(request), repository), "triage");
}

export function names(labels: z.infer<typeof labelNames>): string[] {
  return labels.map((label) => (typeof label === "string" ? label : label.name));
}

/** Events, comments and reviews in the order they happened. */
function showTimeline(request: RestRequest): Answer {
  const { world } = request;
  const issue = issueIn(request);
  const lines = [
    ...issue.events.map((event) => ({ at: event.createdAt, id: event.id, body: issueEventBody(world, issue, event) })),
    ...issue.comments.map((comment) => ({
      at: comment.createdAt,
      id: comment.id,
      body: { ...commentBody(world, comment), event: "commented", actor: authorBody(world, comment.author) },
    })),
    ...(isPull(issue) ? issue.reviews : []).map((review) => ({
      at: review.submittedAt,
      id: review.id,
      body: isPull(issue)
        ? { ...reviewBody(world, issue, review), event: "reviewed", state: review.state.toLowerCase() }
        : null,
    })),
  ];
  lines.sort((a, b) => a.at.getTime() - b.at.getTime() || a.id - b.id);
  return paginate(request, lines, ({ body }) => body);
}

function commentIn(request: RestRequest): IssueComment {
  const comment = repositoryIn(request).comments.get(Number(param(request, "comment_id")));
  if (comment === undefined) throw notFound();
  return comment;
}

/** Others' comments are changed by who may write to the repository, and by Apps. */
function refuseStranger(request: RestRequest, comment: IssueComment): void {
  const by = actor(request);
  if (by === comment.author || by.kind === "Bot") return;
  if (!isAtLeast(permissionOf(by, comment.issue.repository), "write")) {
    throw new Refusal(403, "Must have admin rights to Repository.");
  }
}
