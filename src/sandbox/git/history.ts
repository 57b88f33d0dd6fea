/** Walks over commits: ancestry, merge bases and the commits between two revisions. */
import type { Commit, ObjectStore } from "./objects.ts";

/** Every commit reachable from one, itself included. */
export function ancestors(store: ObjectStore, sha: string): Set<string> {
  const seen = new Set<string>();
  const open = [sha];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...store.commit(next).parents);
  }
  return seen;
}

/** The newest commit both sides share; null where the histories never met. */
export function mergeBase(store: ObjectStore, left: string, right: string): string | null {
  if (left === right) return left;
  const shared = ancestors(store, left);
  let layer = [right];
  const seen = new Set<string>();
  while (layer.length > 0) {
    const found = layer.find((sha) => shared.has(sha));
    if (found !== undefined) return found;
    const below: string[] = [];
    for (const sha of layer) {
      if (seen.has(sha)) continue;
      seen.add(sha);
      below.push(...store.commit(sha).parents);
    }
    layer = below;
  }
  return null;
}

/** Commits in `head` that `base` lacks, oldest first, parents before children. */
export function commitsBetween(store: ObjectStore, base: string, head: string): Commit[] {
  const known = ancestors(store, base);
  const placed = new Set<string>();
  const ordered: Commit[] = [];
  const open: { sha: string; parentsDone: boolean }[] = [{ sha: head, parentsDone: false }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (known.has(next.sha) || placed.has(next.sha)) continue;
    const commit = store.commit(next.sha);
    if (next.parentsDone) {
      placed.add(next.sha);
      ordered.push(commit);
      continue;
    }
    open.push({ sha: next.sha, parentsDone: true });
    for (const parent of [...commit.parents].reverse()) open.push({ sha: parent, parentsDone: false });
  }
  return ordered;
}

/** Commits reachable from one, newest first, as a branch's log lists them. */
export function log(store: ObjectStore, sha: string): Commit[] {
  const commits = [...ancestors(store, sha)].map((found) => store.commit(found));
  const order = new Map(commits.map((commit, index) => [commit.sha, index]));
  return commits.sort(
    (a, b) =>
      b.committer.date.getTime() - a.committer.date.getTime() || (order.get(a.sha) ?? 0) - (order.get(b.sha) ?? 0),
  );
}
