/** Issues and pull requests are closed, merged and reopened. */
import { issueBody } from "../bodies/issue.ts";
import { pullBody } from "../bodies/pull.ts";
import { mergeBase } from "../git/history.ts";
import type { Commit } from "../git/objects.ts";
import type { Account } from "../state/accounts.ts";
import type { App } from "../state/apps.ts";
import { issuesClosedBy } from "../state/closing.ts";
import type { CloseReason, Issue, IssueEvent, PullRequest } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { invalid, type Refusal } from "./refusal.ts";
import { openSuites } from "./suites.ts";
import { addEvent } from "./timeline.ts";

export function closeIssue(
  world: World,
  issue: Issue,
  by: Account,
  viaApp: App | null,
  reason: CloseReason = "completed",
  closer: Pick<IssueEvent, "commitSha" | "closingPull"> = {},
): void {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = isPull(issue) ? null : reason;
  issue.closedAt = world.now();
  issue.closedBy = by;
  addEvent(world, issue, { event: "closed", actor: by, viaApp, ...closer, stateReason: issue.stateReason });
  announceIssue(world, "closed", issue, by);
}

/** @throws {Refusal} 422 for a pull request whose branch is gone, or was force-pushed while it was closed */
export function reopenIssue(world: World, issue: Issue, by: Account, viaApp: App | null): void {
  if (issue.state === "open") return;
  if (isPull(issue)) catchUp(world, issue, by);
  issue.state = "open";
  issue.stateReason = isPull(issue) ? null : "reopened";
  issue.closedAt = null;
  issue.closedBy = null;
  addEvent(world, issue, { event: "reopened", actor: by, viaApp, stateReason: issue.stateReason });
  announceIssue(world, "reopened", issue, by);
}

/** While closed, a pull request keeps its head; reopened, it stands where its branch is by then. */
function catchUp(world: World, pull: PullRequest, by: Account): void {
  const { head, base } = pull;
  const tip = branchSha(head.repository, head.ref);
  if (tip === undefined) throw cannotReopen(`The ${head.ref} branch was deleted.`);
  if (tip === head.sha) return;
  if (mergeBase(world.objects, head.sha, tip) !== head.sha) {
    throw cannotReopen(`The ${head.ref} branch was force-pushed or recreated.`);
  }
  pull.formerHeads.push(head.sha);
  pull.head = { ...head, sha: tip };
  pull.base = { ...base, sha: branchSha(base.repository, base.ref) ?? base.sha };
  pull.repository.refs.set(`refs/pull/${pull.number}/head`, tip);
  if (head.repository !== pull.repository) openSuites(world, pull.repository, tip, head.ref, null, by);
}

function cannotReopen(why: string): Refusal {
  return invalid({
    resource: "PullRequest",
    field: "state",
    code: "invalid",
    message: `state cannot be changed. ${why}`,
  });
}

export function closeAsMerged(world: World, pull: PullRequest, mergeCommitSha: string, by: Account): void {
  pull.mergedAt = world.now();
  pull.mergedBy = by;
  pull.mergeCommitSha = mergeCommitSha;
  pull.autoMerge = null;
  pull.isQueued = false;
  addEvent(world, pull, { event: "merged", actor: by, commitSha: mergeCommitSha });
  closeIssue(world, pull, by, null);
  if (pull.base.ref !== pull.repository.defaultBranch) return;
  for (const issue of issuesClosedBy(pull.repository, pull.body ?? "")) {
    closeIssue(world, issue, by, null, "completed", { closingPull: pull });
  }
}

/** What the messages of commits say is closed, once they are on the default branch. */
export function closeByCommits(world: World, repository: Repository, commits: readonly Commit[], by: Account): void {
  for (const { sha, message } of commits) {
    for (const issue of issuesClosedBy(repository, message)) {
      closeIssue(world, issue, by, null, "completed", { commitSha: sha });
    }
  }
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
