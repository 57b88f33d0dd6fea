/** The merge queue: a group of pull requests on a temporary branch, tested together, then merged or put out. */
import { headCommitBody } from "../bodies/commit.ts";
import type { Account } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import { mergeability, mergedTree, requiredState, unmetRules } from "../state/mergeability.ts";
import { nodeId } from "../state/node-id.ts";
import type { MergeGroup, Repository } from "../state/repository.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { closeAsMerged } from "./close.ts";
import { announcePull } from "./pulls.ts";
import { moveBranch, signerOf } from "./push.ts";
import { Refusal } from "./refusal.ts";
import { openSuites } from "./suites.ts";

/** Builds a group on top of the base and asks for its checks. */
export function queueGroup(
  world: World,
  repository: Repository,
  pulls: readonly PullRequest[],
  by: Account,
): MergeGroup {
  const last = pulls.at(-1);
  if (last === undefined) throw new Refusal(422, "No pull requests to queue");
  const baseSha = branchSha(repository, last.base.ref) ?? last.base.sha;
  let tip = baseSha;
  for (const pull of pulls) tip = stackPull(world, tip, pull, by);
  const branch = `gh-readonly-queue/${last.base.ref}/pr-${last.number}-${baseSha}`;
  const group: MergeGroup = {
    nodeId: nodeId("MergeQueue", repository.id),
    baseRef: `refs/heads/${last.base.ref}`,
    baseSha,
    headRef: `refs/heads/${branch}`,
    headSha: tip,
    pullNumbers: pulls.map((pull) => pull.number),
    createdAt: world.now(),
    enqueuedBy: by,
  };
  repository.refs.set(group.headRef, tip);
  repository.mergeGroups.push(group);
  for (const pull of pulls) {
    pull.isQueued = true;
    announcePull(world, "enqueued", pull, by);
  }
  openSuites(world, repository, tip, branch, null, by);
  announceGroup(world, "checks_requested", repository, group, by);
  return group;
}

/**
 * Someone presses "Merge when ready" on what is ready. The sandbox tests each such pull request as a group of its own.
 *
 * @throws {Refusal} 422 in GitHub's words, unless it could be merged at once
 */
export function enqueuePull(world: World, pull: PullRequest, by: Account): MergeGroup {
  const rule = pull.base.repository.protections.get(pull.base.ref);
  if (rule?.hasMergeQueue !== true) throw new Refusal(422, "The merge queue is not enabled for this branch");
  if (pull.isQueued) throw new Refusal(422, "Pull request is already in the queue");
  const { state } = mergeability(world, pull);
  if (state === "clean" || state === "unstable") return queueGroup(world, pull.repository, [pull], by);
  throw new Refusal(422, `Pull request ${unmetRules(pull, rule)[0] ?? `is in ${state} status`}`);
}

/** Merges or puts out the groups whose required checks are all done; where none is required, only `finishGroup` does. */
export function settleGroups(world: World, repository: Repository, headSha: string): void {
  for (const group of repository.mergeGroups) {
    const rule = repository.protections.get(group.baseRef.replace("refs/heads/", ""));
    if (group.headSha !== headSha || rule === undefined || rule.requiredChecks.length === 0) continue;
    const states = rule.requiredChecks.map(({ context, appId }) => requiredState(repository, headSha, context, appId));
    if (states.includes("failing")) finishGroup(world, repository, group, false, group.enqueuedBy);
    else if (states.every((state) => state === "satisfied"))
      finishGroup(world, repository, group, true, group.enqueuedBy);
  }
}

/** Ends a group: merged whole, or invalidated and its pull requests put out. */
export function finishGroup(
  world: World,
  repository: Repository,
  group: MergeGroup,
  isMerged: boolean,
  by: Account,
): void {
  if (!repository.mergeGroups.includes(group)) return;
  repository.mergeGroups = repository.mergeGroups.filter((other) => other !== group);
  repository.refs.delete(group.headRef);
  announceGroup(world, "destroyed", repository, group, by, { reason: isMerged ? "merged" : "invalidated" });
  for (const number of group.pullNumbers) {
    const pull = repository.pulls.get(number);
    if (pull === undefined) continue;
    pull.isQueued = false;
    if (isMerged) closeAsMerged(world, pull, group.headSha, by);
    else announcePull(world, "dequeued", pull, by, { reason: "CI_FAILURE" });
  }
  if (isMerged) moveBranch(world, repository, group.baseRef.replace("refs/heads/", ""), group.headSha, by, false);
}

function stackPull(world: World, tip: string, pull: PullRequest, by: Account): string {
  const tree = mergedTree(world, tip, pull.head.sha);
  if (tree === null) throw new Refusal(422, `Pull request #${pull.number} conflicts with the queue`);
  const signer = signerOf(world, by);
  return world.objects.putCommit({
    tree,
    parents: [tip, pull.head.sha],
    author: signer,
    committer: { ...signer, name: "GitHub", email: "noreply@github.com" },
    message: `Merge pull request #${pull.number} from ${pull.head.repository.owner.login}/${pull.head.ref}\n\n${pull.title}`,
    viaWeb: true,
    signature: { reason: "valid", signerId: null },
  }).sha;
}

function announceGroup(
  world: World,
  action: "checks_requested" | "destroyed",
  repository: Repository,
  group: MergeGroup,
  by: Account,
  details: Record<string, unknown> = {},
): void {
  announce(
    world,
    `merge_group.${action}`,
    { repository, sender: by },
    {
      merge_group: {
        head_sha: group.headSha,
        head_ref: group.headRef,
        base_sha: group.baseSha,
        base_ref: group.baseRef,
        head_commit: headCommitBody(world.objects.commit(group.headSha)),
      },
      ...details,
    },
  );
}
