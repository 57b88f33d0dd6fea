/** Issues and pull requests are closed, merged and reopened. */
import { issueBody } from "../bodies/issue.ts";
import { pullBody } from "../bodies/pull.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import type { Issue, PullRequest } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { addEvent } from "./timeline.ts";

export function closeIssue(
  world: World,
  issue: Issue,
  by: Account,
  viaApp: App | null,
  reason: "completed" | "not_planned" = "completed",
): void {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = isPull(issue) ? null : reason;
  issue.closedAt = world.now();
  issue.closedBy = by;
  addEvent(world, issue, { event: "closed", actor: by, viaApp });
  announceIssue(world, "closed", issue, by);
}

export function reopenIssue(world: World, issue: Issue, by: Account, viaApp: App | null): void {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = isPull(issue) ? null : "reopened";
  issue.closedAt = null;
  issue.closedBy = null;
  addEvent(world, issue, { event: "reopened", actor: by, viaApp });
  announceIssue(world, "reopened", issue, by);
}

export function closeAsMerged(world: World, pull: PullRequest, mergeCommitSha: string, by: Account): void {
  pull.mergedAt = world.now();
  pull.mergedBy = by;
  pull.mergeCommitSha = mergeCommitSha;
  pull.autoMerge = null;
  pull.isQueued = false;
  addEvent(world, pull, { event: "merged", actor: by, commitSha: mergeCommitSha });
  closeIssue(world, pull, by, null);
}

function announceIssue(world: World, action: "closed" | "reopened", issue: Issue, by: Account): void {
  const scene = { repository: issue.repository, sender: by };
  if (isPull(issue)) {
    const details = { number: issue.number, pull_request: pullBody(world, issue) };
    announce(world, `pull_request.${action}`, scene, details);
  } else {
    announce(world, `issues.${action}`, scene, { issue: issueBody(world, issue) });
  }
}
