/** Who has a hand in the change: they may not release it. What cannot be mapped to an account is counted, never ignored in silence. */

import type { Commit, CommitPerson, Memory, Person, Snapshot } from "../snapshot.ts";

export interface Contributors {
  /** Authors, committers and co-authors, by account id. */
  ids: ReadonlySet<number>;
  /** Whoever pushed the newest commit that counts: bringing a branch up to date takes nobody's approval away. */
  lastPusherId: number | null;
  /** Who pushed any of the commits. */
  pusherIds: ReadonlySet<number>;
  /** Commits whose author or committer belongs to no account. */
  unknownCommits: string[];
}

export interface ContributorOptions {
  ignoreUpdateMerges: boolean;
  /** Answers whether a person belongs to `ignore_commits_by`. */
  ignores: (person: Person) => boolean | "unknown";
}

export function findContributors(snapshot: Snapshot, memory: Memory, options: ContributorOptions): Contributors {
  const ids = new Set<number>();
  const unknownCommits: string[] = [];
  const counted = snapshot.commits.filter((commit) => !isIgnored(commit, memory, options));
  for (const commit of counted) {
    for (const person of [commit.author, commit.committer, ...commit.coAuthors]) {
      if (person.account) ids.add(person.account.id);
    }
    if (isUnknown(commit.author) || (isUnknown(commit.committer) && !commit.isViaWeb)) unknownCommits.push(commit.sha);
  }
  const pushers = pushersOf(snapshot.commits, memory, options);
  return {
    ids,
    lastPusherId: pushers.at(-1)?.id ?? null,
    pusherIds: new Set(pushers.map(({ id }) => id)),
    unknownCommits,
  };
}

/** Oldest first. Whoever pushes a commit in the name of somebody who is ignored is not ignored with it: anybody can claim a name. */
function pushersOf(commits: readonly Commit[], memory: Memory, options: ContributorOptions): Person[] {
  return commits.flatMap((commit) => {
    const { pushedBy } = commit;
    if (pushedBy === null || (options.ignoreUpdateMerges && isUpdateMerge(commit, memory))) return [];
    return options.ignores(pushedBy) === true && isIgnored(commit, memory, options) ? [] : [pushedBy];
  });
}

function isUnknown(person: CommitPerson): boolean {
  return person.account === null || person.account.kind === "ghost";
}

function isIgnored(commit: Commit, memory: Memory, options: ContributorOptions): boolean {
  if (options.ignoreUpdateMerges && isUpdateMerge(commit, memory)) return true;
  return [commit.author, commit.committer].every(
    (person) => person.account && options.ignores(person.account) === true,
  );
}

/**
 * A merge of the base branch made on GitHub that left the pull request's own change exactly as it was. The shape alone proves nothing:
 * a conflict resolution can carry any change, so both digests must be remembered and equal.
 */
export function isUpdateMerge(commit: Commit, memory: Memory): boolean {
  const [first, second] = commit.parents;
  if (!commit.isViaWeb || commit.parents.length !== 2 || !first || !second) return false;
  const before = memory.heads[first]?.patchDigest;
  const after = memory.heads[commit.sha]?.patchDigest;
  return before !== undefined && before !== null && before === after;
}
