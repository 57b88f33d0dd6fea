/** A repository's labels, and those on an issue or a pull request. */
import { z } from "zod";
import { addLabels, createLabel, deleteLabel, editLabel, findLabel, removeLabel } from "../actions/labels.ts";
import { notFound, Refusal } from "../actions/refusal.ts";
import { labelBody } from "../bodies/issue.ts";
import type { Issue, Label } from "../state/issues.ts";
import { names, setLabels } from "./issues.ts";
import { paginate } from "./paging.ts";
import {
  type Answer,
  actor,
  created,
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
const labelList = z.union([z.object({ labels: labelNames.optional() }), labelNames]);
const newLabel = z.object({
  name: z.string().min(1),
  color: z.string().optional(),
  description: z.string().optional(),
});
const labelChange = z.object({
  new_name: z.string().optional(),
  color: z.string().optional(),
  description: z.string().optional(),
});

const READ = "issues:read,pull_requests:read";
const WRITE = "issues:write,pull_requests:write";

export const labelRoutes = [
  route("GET /repos/{owner}/{repo}/labels", READ, (request) => {
    const repository = repositoryIn(request);
    return paginate(request, repository.labels, (label) => labelBody(request.world, repository, label));
  }),
  route("POST /repos/{owner}/{repo}/labels", WRITE, createdLabel, "write"),
  route("GET /repos/{owner}/{repo}/labels/{name}", READ, (request) => {
    const repository = repositoryIn(request);
    return ok(labelBody(request.world, repository, labelIn(request)));
  }),
  route("PATCH /repos/{owner}/{repo}/labels/{name}", WRITE, changeLabel, "write"),
  route(
    "DELETE /repos/{owner}/{repo}/labels/{name}",
    WRITE,
    (request) => {
      deleteLabel(request.world, repositoryIn(request), labelIn(request), actor(request));
      return noContent();
    },
    "write",
  ),
  route("GET /repos/{owner}/{repo}/issues/{issue_number}/labels", READ, (request) => {
    const issue = movableIssueIn(request);
    return paginate(request, [...issue.labels], (label) => labelBody(request.world, issue.repository, label));
  }),
  route(
    "POST /repos/{owner}/{repo}/issues/{issue_number}/labels",
    WRITE,
    (request) => {
      const issue = movableIssueIn(request);
      addLabels(request.world, issue, wantedLabels(request), actor(request), viaApp(request));
      return showLabels(request, issue);
    },
    "triage",
  ),
  route(
    "PUT /repos/{owner}/{repo}/issues/{issue_number}/labels",
    WRITE,
    (request) => {
      const issue = movableIssueIn(request);
      setLabels(request, issue, wantedLabels(request));
      return showLabels(request, issue);
    },
    "triage",
  ),
  route(
    "DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
    WRITE,
    (request) => {
      const issue = movableIssueIn(request);
      const label = labelIn(request);
      if (!issue.labels.has(label)) throw new Refusal(404, "Label does not exist");
      removeLabel(request.world, issue, label, actor(request), viaApp(request));
      return showLabels(request, issue);
    },
    "triage",
  ),
];

function createdLabel(request: RestRequest): Answer {
  const repository = repositoryIn(request);
  const wanted = readBody(request, newLabel);
  const fields = {
    name: wanted.name,
    ...(wanted.color === undefined ? {} : { color: wanted.color }),
    ...(wanted.description === undefined ? {} : { description: wanted.description }),
  };
  return created(labelBody(request.world, repository, createLabel(request.world, repository, fields, actor(request))));
}

function changeLabel(request: RestRequest): Answer {
  const repository = repositoryIn(request);
  const label = labelIn(request);
  const change = readBody(request, labelChange);
  const fields = {
    ...(change.new_name === undefined ? {} : { newName: change.new_name }),
    ...(change.color === undefined ? {} : { color: change.color }),
    ...(change.description === undefined ? {} : { description: change.description }),
  };
  editLabel(request.world, repository, label, fields, actor(request));
  return ok(labelBody(request.world, repository, label));
}

function wantedLabels(request: RestRequest): string[] {
  const wanted = readBody(request, labelList);
  return names(Array.isArray(wanted) ? wanted : (wanted.labels ?? []));
}

function showLabels(request: RestRequest, issue: Issue): Answer {
  return ok([...issue.labels].map((label) => labelBody(request.world, issue.repository, label)));
}

function labelIn(request: RestRequest): Label {
  const label = findLabel(repositoryIn(request), param(request, "name"));
  if (label === undefined) throw notFound();
  return label;
}
