/** The commits of a range. A clone knows names and e-mails, not accounts: everybody in it is unknown to the gate. */

import type { Commit, CommitPerson } from "../../core/snapshot.ts";
import type { Range } from "./read-range.ts";

// Fields end with a unit separator and commits with a NUL, which no commit message can hold.
const format = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%(trailers:key=Co-authored-by,valueonly,unfold)", "%B"].join(
  "%x1f",
);

export async function readCommits({ git, base, head }: Range): Promise<Commit[]> {
  const output = await git.text([
    "log",
    "-z",
    "--reverse",
    "--topo-order",
    "--no-show-signature",
    "--encoding=UTF-8",
    `--format=${format}`,
    `${base.sha}..${head.sha}`,
    "--",
  ]);
  return output
    .split("\0")
    .filter((record) => record !== "")
    .map(parseCommit);
}

function parseCommit(record: string): Commit {
  const [
    sha = "",
    parents = "",
    authorName = "",
    authorEmail = "",
    committerName = "",
    committerEmail = "",
    trailers = "",
    ...message
  ] = record.split("\x1f");
  return {
    sha: sha.trim(),
    message: message.join("\x1f").trimEnd(),
    author: unknown(authorName, authorEmail),
    committer: unknown(committerName, committerEmail),
    coAuthors: trailers
      .split("\n")
      .map(parseTrailer)
      .filter((person) => person !== null),
    parents: parents.split(" ").filter((parent) => parent !== ""),
    pushedAt: null,
    pushedBy: null,
    isViaWeb: false,
    signature: null,
  };
}

function parseTrailer(line: string): CommitPerson | null {
  const match = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(line);
  return match ? unknown(match[1] ?? "", match[2] ?? "") : null;
}

function unknown(name: string, email: string): CommitPerson {
  return { account: null, name, email };
}
