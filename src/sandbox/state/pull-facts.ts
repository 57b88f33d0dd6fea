/** What follows from a pull request's two ends: its commits and the files it changes. */
import type { FileChange } from "../git/diff.ts";
import { diffTrees } from "../git/diff.ts";
import { ancestors, commitsBetween, mergeBase } from "../git/history.ts";
import type { Commit } from "../git/objects.ts";
import type { PullRequest } from "./issues.ts";
import { isMerged } from "./issues.ts";
import type { Repository } from "./repository.ts";
import { branchSha } from "./repository.ts";
import type { World } from "./world.ts";

const changesOf = new WeakMap<World, Map<string, FileChange[]>>();
const ancestorsOf = new WeakMap<World, Map<string, Set<string>>>();
const commitsOf = new WeakMap<World, Map<string, Commit[]>>();

/** The head as readers see it: GitHub's answers may lag behind a push (see `Faults.staleHead`). */
export function visibleHead(world: World, pull: PullRequest): string {
  const stale = world.staleHeads.get(pull.id);
  if (stale === undefined) return pull.head.sha;
  world.staleShown.add(pull.id);
  return stale.headSha;
}

/** Files between the merge base and the head. */
export function pullChanges(world: World, pull: PullRequest): FileChange[] {
  return changesBetween(world, pull.base.sha, visibleHead(world, pull));
}

export function changesBetween(world: World, baseSha: string, headSha: string): FileChange[] {
  return remember(changesOf, world, `${baseSha} ${headSha}`, () => {
    const from = mergeBase(world.objects, baseSha, headSha);
    const fromTree = from === null ? null : world.objects.commit(from).tree;
    return diffTrees(world.objects, fromTree, world.objects.commit(headSha).tree);
  });
}

/** Commits the base lacks, oldest first. */
export function pullCommits(world: World, pull: PullRequest): Commit[] {
  const headSha = visibleHead(world, pull);
  return remember(commitsOf, world, `${pull.base.sha} ${headSha}`, () =>
    commitsBetween(world.objects, pull.base.sha, headSha),
  );
}

/**
 * Pull requests that brought a commit: the merged ones alone once it is on the default branch, before that the open ones too.
 *
 * @see https://docs.github.com/rest/commits/commits#list-pull-requests-associated-with-a-commit
 */
export function pullsWith(world: World, repository: Repository, sha: string): PullRequest[] {
  const tip = branchSha(repository, repository.defaultBranch);
  const isLanded = tip !== undefined && remember(ancestorsOf, world, tip, () => ancestors(world.objects, tip)).has(sha);
  return [...repository.pulls.values()].filter((pull) => {
    if (!isMerged(pull) && (isLanded || pull.state === "closed")) return false;
    if (pull.mergeCommitSha === sha || pull.landed.includes(sha)) return true;
    return pullCommits(world, pull).some((commit) => commit.sha === sha);
  });
}

/** Commits never change, so what follows from two of them is worked out once. */
export function remember<Value>(
  memory: WeakMap<World, Map<string, Value>>,
  world: World,
  key: string,
  compute: () => Value,
): Value {
  const known = memory.get(world) ?? new Map<string, Value>();
  memory.set(world, known);
  const found = known.get(key);
  if (found !== undefined) return found;
  const value = compute();
  known.set(key, value);
  return value;
}
