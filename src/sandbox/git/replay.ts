/** Puts commits on top of another, as `git rebase` does. */
import { mergeTrees } from "./merge.ts";
import type { Commit, ObjectStore, Signer } from "./objects.ts";

/**
 * @param commits oldest first; merges among them are left out
 * @returns shas of the new commits, oldest first; null where one conflicts
 */
export function replay(
  store: ObjectStore,
  commits: readonly Commit[],
  onto: string,
  committerOf: (commit: Commit) => Signer,
): string[] | null {
  const written: string[] = [];
  let tip = onto;
  for (const commit of commits) {
    const [parent] = commit.parents;
    if (commit.parents.length > 1) continue;
    const from = parent === undefined ? null : store.commit(parent).tree;
    const tree = mergeTrees(store, from, store.commit(tip).tree, commit.tree);
    if (tree === null) return null;
    tip = store.putCommit({ ...commit, tree, parents: [tip], committer: committerOf(commit) }).sha;
    written.push(tip);
  }
  return written;
}
