/** Issues leave their repository: deleted for good, or transferred to another. */
import { issueBody } from "../bodies/issue.ts";
import { repositoryBody } from "../bodies/repository.ts";
import type { Account } from "../state/accounts.ts";
import type { Issue } from "../state/issues.ts";
import { isPull } from "../state/issues.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { register } from "../state/world.ts";
import { announce } from "./announce.ts";
import { isAssignable } from "./assignees.ts";
import { findLabel } from "./labels.ts";
import { Refusal } from "./refusal.ts";
import { addEvent } from "./timeline.ts";

/** What was said under it is gone as well; its number is never given again. */
export function deleteIssue(world: World, issue: Issue, by: Account): void {
  refusePull(issue);
  const { repository } = issue;
  const body = issueBody(world, issue);
  forget(world, issue);
  for (const comment of issue.comments) {
    repository.comments.delete(comment.id);
    world.nodes.delete(comment.nodeId);
  }
  repository.departed.set(issue.number, { kind: "deleted" });
  announce(world, "issues.deleted", { repository, sender: by }, { issue: body });
}

/**
 * Moves an issue with its comments to another repository of the same owner, where it is a new issue under a new number.
 * Labels come along where the other repository has them, assignees where they may work there.
 *
 * @see https://docs.github.com/issues/tracking-your-work-with-issues/administering-issues/transferring-an-issue-to-another-repository
 * @throws {Refusal} 422 for a pull request, for another owner's repository, and from a private to a public one
 */
export function transferIssue(world: World, issue: Issue, target: Repository, by: Account): Issue {
  refusePull(issue);
  const { repository } = issue;
  if (target.owner !== repository.owner || target === repository) throw new Refusal(422, "Cannot transfer this issue.");
  if (repository.isPrivate && !target.isPrivate) throw new Refusal(422, "Cannot transfer a private issue to public.");
  if (!target.hasIssues) throw new Refusal(422, "Issues are disabled for this repo");
  const before = { issue: issueBody(world, issue), repository: repositoryBody(world, repository) };
  const moved = moveIssue(world, issue, target);
  forget(world, issue);
  repository.departed.set(issue.number, { kind: "transferred", to: moved });
  addEvent(world, moved, { event: "transferred", actor: by, cameFrom: repository });
  const after = { issue: issueBody(world, moved), repository: repositoryBody(world, target) };
  announce(
    world,
    "issues.transferred",
    { repository, sender: by },
    { issue: before.issue, changes: { new_issue: after.issue, new_repository: after.repository } },
  );
  announce(
    world,
    "issues.opened",
    { repository: target, sender: by },
    { issue: after.issue, changes: { old_issue: before.issue, old_repository: before.repository } },
  );
  return moved;
}

function moveIssue(world: World, issue: Issue, target: Repository): Issue {
  target.lastNumber += 1;
  const moved: Issue = register(world, "Issue", {
    ...issue,
    repository: target,
    number: target.lastNumber,
    labels: new Set([...issue.labels].flatMap(({ name }) => findLabel(target, name) ?? [])),
    assignees: new Set([...issue.assignees].filter((account) => isAssignable(account, target))),
    events: [...issue.events],
    updatedAt: world.now(),
  });
  target.issues.set(moved.number, moved);
  for (const comment of moved.comments) {
    issue.repository.comments.delete(comment.id);
    comment.issue = moved;
    target.comments.set(comment.id, comment);
  }
  return moved;
}

function forget(world: World, issue: Issue): void {
  issue.repository.issues.delete(issue.number);
  world.nodes.delete(issue.nodeId);
}

function refusePull(issue: Issue): void {
  if (isPull(issue)) throw new Refusal(422, "Pull requests can be neither deleted nor transferred.");
}
