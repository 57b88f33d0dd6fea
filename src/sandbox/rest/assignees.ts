/** Who issues and pull requests are given to. */
import { z } from "zod";
import { addAssignees, isAssignable, removeAssignees } from "../actions/assignees.ts";
import { notFound } from "../actions/refusal.ts";
import { accountBody } from "../bodies/account.ts";
import { issueBody } from "../bodies/issue.ts";
import type { Account } from "../state/accounts.ts";
import { findAccount } from "../state/world.ts";
import { paginate } from "./paging.ts";
import {
  accountIn,
  actor,
  created,
  issueIn,
  noContent,
  ok,
  type RestRequest,
  readBody,
  repositoryIn,
  route,
  viaApp,
} from "./request.ts";

const assigneeList = z.object({ assignees: z.array(z.string()).optional() });

const WRITE = "issues:write,pull_requests:write";

export const assigneeRoutes = [
  route("GET /repos/{owner}/{repo}/assignees", "metadata:read", (request) => {
    const repository = repositoryIn(request);
    const people = [...request.world.accounts.values()].filter((account) => isAssignable(account, repository));
    return paginate(request, people, (account) => accountBody(request.world, account));
  }),
  route("GET /repos/{owner}/{repo}/assignees/{assignee}", "metadata:read", (request) => {
    if (!isAssignable(accountIn(request, "assignee"), repositoryIn(request))) throw notFound();
    return noContent();
  }),
  route(
    "POST /repos/{owner}/{repo}/issues/{issue_number}/assignees",
    WRITE,
    (request) => {
      const issue = issueIn(request);
      addAssignees(request.world, issue, named(request), actor(request), viaApp(request));
      return created(issueBody(request.world, issue));
    },
    "triage",
  ),
  route(
    "DELETE /repos/{owner}/{repo}/issues/{issue_number}/assignees",
    WRITE,
    (request) => {
      const issue = issueIn(request);
      removeAssignees(request.world, issue, named(request), actor(request), viaApp(request));
      return ok(issueBody(request.world, issue));
    },
    "triage",
  ),
];

/** Logins that nobody bears are left out without a word, as are those who cannot be assigned. */
function named(request: RestRequest): Account[] {
  const { assignees } = readBody(request, assigneeList);
  return (assignees ?? []).flatMap((login) => findAccount(request.world, login) ?? []);
}
