/** How `git log` is asked for commits, and how one of its records is read. */

import type { Commit, CommitPerson } from "../../core/snapshot.ts";

/** Fields end with a unit separator and commits with a NUL, which no commit message can hold. */
export const commitFormat = [
  "%H",
  "%P",
  "%ct",
  "%an",
  "%ae",
  "%cn",
  "%ce",
  "%(trailers:key=Co-authored-by,valueonly,unfold)",
  "%B",
].join("%x1f");

export interface CommitRecord {
  commit: Commit;
  committedAt: Date;
  committerEmail: string;
}

/** @param claim whom a name and an e-mail stand for */
export function parseCommitRecord(record: string, claim: (name: string, email: string) => CommitPerson): CommitRecord {
  const [
    sha = "",
    parents = "",
    at = "",
    authorName = "",
    authorEmail = "",
    committerName = "",
    committerEmail = "",
    trailers = "",
    ...message
  ] = record.split("\x1f");
  return {
    commit: {
      sha: sha.trim(),
      message: message.join("\x1f").trimEnd(),
      author: claim(authorName, authorEmail),
      committer: claim(committerName, committerEmail),
      coAuthors: trailers.split("\n").flatMap((line) => {
        const address = /<([^<>]*)>\s*$/.exec(line);
        return address === null ? [] : [claim(line.slice(0, address.index).trim(), address[1] ?? "")];
      }),
      parents: parents.split(" ").filter((parent) => parent !== ""),
      pushedAt: null,
      pushedBy: null,
      isViaWeb: false,
      signature: null,
    },
    committedAt: new Date(Number(at) * 1000),
    committerEmail,
  };
}
