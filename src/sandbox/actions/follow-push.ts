/** What a push does to the pull requests whose head or base it moved. */
import { pullBody } from "../bodies/pull.ts";
import { patchDigest } from "../git/diff.ts";
import { ancestors } from "../git/history.ts";
import type { Account } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import { changesBetween } from "../state/pull-facts.ts";
import type { Repository } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { announce } from "./announce.ts";
import { closeAsMerged } from "./close.ts";
import { disarmAfter } from "./pulls.ts";
import { dismissReview } from "./reviews.ts";
import { openSuites } from "./suites.ts";
import { addEvent } from "./timeline.ts";

/** Every open pull request from a moved branch follows it. */
export function followHead(
  world: World,
  repository: Repository,
  branch: string,
  sha: string,
  by: Account,
  isForced: boolean,
): void {
  for (const pull of pullsOf(world)) {
    if (pull.state !== "open" || pull.head.repository !== repository || pull.head.ref !== branch) continue;
    const before = pull.head.sha;
    const wasBase = pull.base.sha;
    pull.formerHeads.push(before);
    pull.head.sha = sha;
    pull.base.sha = pull.base.repository.refs.get(`refs/heads/${pull.base.ref}`) ?? wasBase;
    pull.updatedAt = world.now();
    pull.repository.refs.set(`refs/pull/${pull.number}/head`, sha);
    if (repository !== pull.repository) openSuites(world, pull.repository, sha, branch, before, by);
    if (isForced) {
      addEvent(world, pull, { event: "head_ref_force_pushed", actor: by, beforeSha: before, commitSha: sha });
    }
    const isSameChange = digest(world, wasBase, before) === digest(world, pull.base.sha, sha);
    if (isSameChange) carryReviews(pull, sha);
    announce(
      world,
      "pull_request.synchronize",
      { repository: pull.repository, sender: by },
      {
        number: pull.number,
        pull_request: pullBody(world, pull),
        before,
        after: sha,
      },
    );
    if (!isSameChange) dismissStale(world, pull, by);
    disarmAfter(world, pull, by);
  }
}

/** A pull request whose commits reached its base some other way counts as merged. */
export function followBase(world: World, repository: Repository, branch: string, sha: string, by: Account): void {
  const reached = [...repository.pulls.values()].filter(
    (pull) => pull.state === "open" && pull.base.ref === branch && pull.head.sha !== pull.base.sha,
  );
  if (reached.length === 0) return;
  const contained = ancestors(world.objects, sha);
  for (const pull of reached) if (contained.has(pull.head.sha)) closeAsMerged(world, pull, pull.head.sha, by);
}

/** GitHub moves reviews to the new head where the change itself stayed the same, as after a plain rebase. */
function carryReviews(pull: PullRequest, sha: string): void {
  for (const review of pull.reviews) if (review.state === "APPROVED") review.commitSha = sha;
}

function dismissStale(world: World, pull: PullRequest, by: Account): void {
  if (pull.base.repository.protections.get(pull.base.ref)?.dismissStaleReviews !== true) return;
  for (const review of pull.reviews) {
    if (review.state === "APPROVED") dismissReview(world, pull, review, "", by, null);
  }
}

function digest(world: World, baseSha: string, headSha: string): string {
  return patchDigest(changesBetween(world, baseSha, headSha));
}

function* pullsOf(world: World): Generator<PullRequest> {
  for (const repository of world.repositories.values()) yield* repository.pulls.values();
}
