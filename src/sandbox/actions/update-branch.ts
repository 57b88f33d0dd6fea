/** The base branch is brought into a pull request's head. */
import { mergeBase } from "../git/history.ts";
import { mergeTrees } from "../git/merge.ts";
import type { FileContent } from "../git/objects.ts";
import type { Account } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import { branchSha } from "../state/repository.ts";
import type { World } from "../state/world.ts";
import { moveBranch, signerOf } from "./push.ts";
import { Refusal } from "./refusal.ts";

/**
 * Presses "Update branch".
 *
 * @throws {Refusal} 422 where the head moved, the base brings nothing new, or both sides changed the same lines
 */
export function updateBranch(world: World, pull: PullRequest, expectedHeadSha: string, by: Account): string {
  if (expectedHeadSha !== pull.head.sha) {
    throw new Refusal(422, "expected head sha didn’t match current head ref.");
  }
  const base = branchSha(pull.base.repository, pull.base.ref) ?? pull.base.sha;
  if (mergeBase(world.objects, base, pull.head.sha) === base) {
    throw new Refusal(422, "There are no new commits on the base branch.");
  }
  return mergeBaseIn(world, pull, by);
}

/**
 * Merges the base as GitHub's page does, by a commit of GitHub's own.
 *
 * @param resolved files as they end up: how a conflict was resolved, or what was put in besides
 * @throws {Refusal} 422 where both sides changed the same lines and nothing says how they go together
 */
export function mergeBaseIn(
  world: World,
  pull: PullRequest,
  by: Account,
  resolved: Record<string, FileContent> = {},
): string {
  const { head, base } = pull;
  const { objects } = world;
  const baseSha = branchSha(base.repository, base.ref) ?? base.sha;
  const from = mergeBase(objects, baseSha, head.sha);
  // What both sides are given alike is no conflict, and stays as it is.
  const [ours, theirs] = [head.sha, baseSha].map((sha) => objects.changeFiles(objects.commit(sha).tree, resolved));
  const fromTree = from === null ? null : objects.commit(from).tree;
  const tree = ours === undefined || theirs === undefined ? null : mergeTrees(objects, fromTree, ours, theirs);
  if (tree === null) throw new Refusal(422, "merge conflict between base and head");
  const signer = signerOf(world, by);
  const { sha } = objects.putCommit({
    tree,
    parents: [head.sha, baseSha],
    author: signer,
    committer: { ...signer, name: "GitHub", email: "noreply@github.com" },
    message: `Merge branch '${base.ref}' into ${head.ref}`,
    viaWeb: true,
    signature: { reason: "valid", signerId: null },
  });
  moveBranch(world, head.repository, head.ref, sha, by, false);
  return sha;
}
