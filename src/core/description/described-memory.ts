/** Heads that a description says were met before. */

import { emptyMemory, type Memory, type RememberedHead, type Snapshot } from "../snapshot.ts";
import type { Description } from "./schema.ts";

/** Where nothing says when the head was pushed, it was there from the start, so that a bare approval is one of this head. */
export function memoryOf({ heads, commits = [] }: Description, snapshot: Snapshot, patchDigest: string | null): Memory {
  const entries: [string, RememberedHead][] = [];
  if (heads === undefined) {
    for (const commit of commits) {
      if (commit.sha && commit.pushed_at)
        entries.push([commit.sha, { patchDigest: null, pathDigests: {}, firstSeenAt: new Date(commit.pushed_at) }]);
    }
  }
  // A head whose change was the same shares the digest of this one; without one of its own, any token will do.
  const own = patchDigest ?? `described:${snapshot.head.sha}`;
  for (const head of heads ?? []) {
    entries.push([
      head.sha,
      {
        patchDigest: head.same_change ? own : null,
        pathDigests: pathDigests(
          snapshot,
          (path) => head.same_change === true || head.same_paths?.includes(path) === true,
        ),
        firstSeenAt: new Date(head.first_seen_at),
      },
    ]);
  }
  const pushedAt = snapshot.commits.find((commit) => commit.sha === snapshot.head.sha)?.pushedAt;
  const listed = heads?.find((head) => head.sha === snapshot.head.sha);
  const opened = snapshot.createdAt === null ? 0 : snapshot.createdAt.getTime() - 1;
  const firstSeenAt = listed ? new Date(listed.first_seen_at) : (pushedAt ?? new Date(opened));
  const ownHead = { patchDigest: own, pathDigests: pathDigests(snapshot, () => true), firstSeenAt };
  return { ...emptyMemory, heads: { ...Object.fromEntries(entries), [snapshot.head.sha]: ownHead } };
}

/** What is the same there as it is now has the same digest; of the rest nothing is known. */
function pathDigests({ files }: Snapshot, isSame: (path: string) => boolean): Record<string, string | null> {
  const names = files.flatMap(({ path, previousPath }) => (previousPath === null ? [path] : [path, previousPath]));
  return Object.fromEntries(names.map((name) => [name, isSame(name) ? `described:${name}` : null]));
}
