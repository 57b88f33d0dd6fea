/**
 * The commits of a range. A clone knows names and e-mails, not accounts: each e-mail stands for one made-up account that holds no role
 * (its login is the e-mail, which no login can be, and its id is negative, which no id is).
 */

import type { Commit, CommitPerson } from "../../core/snapshot.ts";
import { commitFormat, parseCommitRecord } from "./commit-record.ts";
import type { Range } from "./read-range.ts";

export async function readCommits({ git, base, head }: Range): Promise<Commit[]> {
  const output = await git.text([
    "log",
    "-z",
    "--reverse",
    "--topo-order",
    "--no-show-signature",
    "--encoding=UTF-8",
    `--format=${commitFormat}`,
    `${base.sha}..${head.sha}`,
    "--",
  ]);
  const ids = new Map<string, number>();
  return output
    .split("\0")
    .filter((record) => record !== "")
    .map((record) => parseCommitRecord(record, (name, email) => claimed(name, email, ids)).commit);
}

function claimed(name: string, email: string, ids: Map<string, number>): CommitPerson {
  const given = (email.trim() || name.trim()).toLowerCase();
  const key = given.includes("@") ? given : `${given}@`;
  const id = ids.get(key) ?? -(ids.size + 1);
  ids.set(key, id);
  return { account: { id, login: key, kind: "unmapped" }, name, email };
}
