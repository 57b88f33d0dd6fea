/** A change that came onto the branch, before its files are read. Plain values: it is handed to other processes. */

import type { HistoricChange } from "../../core/backtest/historic-change.ts";
import type { ChangedFile, Commit, CommitPerson } from "../../core/snapshot.ts";
import { notInClones } from "../git/not-in-clones.ts";
import { isAutomated, shownAuthor } from "./clone-commit.ts";

export interface CloneMerge {
  id: string;
  sha: string;
  /** The commit of the branch that it was put on. */
  parent: string;
  /** `squash`: one commit, whose own are gone; also one that was rebased or pushed. */
  kind: "merge" | "squash";
  title: string;
  body: string;
  author: CommitPerson;
  headRef: string | null;
  isFork: boolean;
  mergedAt: Date;
  /** In the order of the branch: a higher one came later. */
  position: number;
  commits: Commit[];
}

export interface CloneRepository {
  owner: string;
  name: string;
  /** The branch that is looked at. */
  branch: string;
}

export function toHistoricChange(merge: CloneMerge, files: ChangedFile[], repository: CloneRepository): HistoricChange {
  const { owner, name, branch } = repository;
  const number = /^#(\d+)$/.exec(merge.id)?.[1];
  return {
    id: merge.id,
    commitSha: merge.sha,
    title: merge.title,
    author: shownAuthor(merge.author),
    isBot: isAutomated(merge.author),
    mergedAt: merge.mergedAt,
    source: "clone",
    assumed: [],
    waits: null,
    snapshot: {
      ...notInClones,
      repository: { id: 0, owner, name, isPrivate: false, defaultBranch: branch, properties: {} },
      number: number === undefined ? null : Number(number),
      title: merge.title,
      body: merge.body,
      isFork: merge.isFork,
      author: merge.author.account ?? { id: 0, login: "unknown", kind: "unmapped" },
      base: { ref: branch, sha: merge.parent },
      head: { ref: merge.headRef ?? "", sha: merge.sha },
      files,
      commits: merge.commits,
    },
  };
}
