/**
 * The commits of a range. A clone knows names and e-mails, not accounts: each e-mail stands for one made-up account that holds no role
 * (its login is the e-mail, which no login can be, and its id is negative, which no id is).
 */

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
  const ids = new Map<string, number>();
  return output
    .split("\0")
    .filter((record) => record !== "")
    .map((record) => parseCommit(record, (name, email) => claimed(name, email, ids)));
}

type Claim = (name: string, email: string) => CommitPerson;

function parseCommit(record: string, claim: Claim): Commit {
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
    author: claim(authorName, authorEmail),
    committer: claim(committerName, committerEmail),
    coAuthors: trailers
      .split("\n")
      .map((line) => parseTrailer(line, claim))
      .filter((person) => person !== null),
    parents: parents.split(" ").filter((parent) => parent !== ""),
    pushedAt: null,
    pushedBy: null,
    isViaWeb: false,
    signature: null,
  };
}

function parseTrailer(line: string, claim: Claim): CommitPerson | null {
  const match = /^\s*(.*?)\s*<([^<>]*)>\s*$/.exec(line);
  return match ? claim(match[1] ?? "", match[2] ?? "") : null;
}

function claimed(name: string, email: string, ids: Map<string, number>): CommitPerson {
  const given = (email.trim() || name.trim()).toLowerCase();
  const key = given.includes("@") ? given : `${given}@`;
  const id = ids.get(key) ?? -(ids.size + 1);
  ids.set(key, id);
  return { account: { id, login: key, kind: "unmapped" }, name, email };
}
