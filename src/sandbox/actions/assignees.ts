/** Issues and pull requests are given to people, and taken off them. */
import { accountBody } from "../bodies/account.ts";
import { issueBody } from "../bodies/issue.ts";
import { pullBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import { isCollaborator } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Issue } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { addEvent } from "./timeline.ts";

/** @see https://docs.github.com/rest/issues/assignees#add-assignees-to-an-issue */
const ASSIGNEES_MAX = 10;

/** People with a place in the repository, and nobody else: neither strangers nor bots, nor who left. */
export function isAssignable(account: Account, repository: Repository): boolean {
  return account.kind === "User" && !account.isDeleted && isCollaborator(account, repository);
}

/** Whoever cannot be assigned, and whoever comes after the tenth, is left out without a word. */
export function addAssignees(
  world: World,
  issue: Issue,
  wanted: readonly Account[],
  by: Account,
  viaApp: App | null,
): void {
  for (const account of wanted) {
    if (issue.assignees.has(account) || issue.assignees.size >= ASSIGNEES_MAX) continue;
    if (!isAssignable(account, issue.repository)) continue;
    issue.assignees.add(account);
    recordAssignee(world, "assigned", issue, account, by, viaApp);
  }
}

export function removeAssignees(
  world: World,
  issue: Issue,
  unwanted: readonly Account[],
  by: Account,
  viaApp: App | null,
): void {
  for (const account of unwanted) {
    if (issue.assignees.delete(account)) recordAssignee(world, "unassigned", issue, account, by, viaApp);
  }
}

function recordAssignee(
  world: World,
  event: "assigned" | "unassigned",
  issue: Issue,
  assignee: Account,
  by: Account,
  viaApp: App | null,
): void {
  addEvent(world, issue, { event, actor: by, viaApp, assignee });
  const scene = { repository: issue.repository, sender: by };
  const person = accountBody(world, assignee);
  if (isPull(issue)) {
    const details = { number: issue.number, pull_request: pullBody(world, issue), assignee: person };
    announce(world, `pull_request.${event}`, scene, details);
  } else {
    announce(world, `issues.${event}`, scene, { issue: issueBody(world, issue), assignee: person });
  }
}
