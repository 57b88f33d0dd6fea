/** A range of a clone as the facts that the judgement takes. What a clone cannot know (accounts, teams, reviews) stays unknown. */

import {
  type Commit,
  type Contents,
  emptyMemory,
  type Memory,
  type Person,
  type Snapshot,
} from "../../core/snapshot.ts";
import { notInClones } from "./not-in-clones.ts";
import { readBlobs } from "./read-blobs.ts";
import { readCommits } from "./read-commits.ts";
import { readFiles } from "./read-files.ts";
import type { Range } from "./read-range.ts";

export interface LocalChange {
  snapshot: Snapshot;
  memory: Memory;
  /** Texts of files on both sides, read when they are asked for. */
  readContents(paths: readonly string[]): Promise<Contents>;
}

/** @throws {GitError} when the clone cannot answer */
export async function readLocalChange(range: Range): Promise<LocalChange> {
  const [files, commits] = await Promise.all([readFiles(range), readCommits(range)]);
  const { git, base, head, mergeBase, repository } = range;
  return {
    snapshot: {
      ...notInClones,
      repository: { id: 0, ...repository, isPrivate: false, defaultBranch: base.ref, properties: {} },
      number: null,
      ...describe(commits),
      isFork: false,
      author: authorOf(commits),
      base,
      head,
      files,
      commits,
    },
    memory: emptyMemory,
    readContents: async (paths) => {
      const [before, after] = await Promise.all([readBlobs(git, mergeBase, paths), readBlobs(git, head.sha, paths)]);
      return { base: before, head: after };
    },
  };
}

/** As GitHub fills in a pull request: a single commit's message, else only the branch. */
function describe(commits: readonly Commit[]): Pick<Snapshot, "title" | "body"> {
  const [only, another] = commits;
  if (!only || another) return { title: "", body: "" };
  const [title = "", ...body] = only.message.split("\n");
  return { title, body: body.join("\n").trim() };
}

/** Whoever the newest commit names; a made-up account that holds no role. */
function authorOf(commits: readonly Commit[]): Person {
  return commits.at(-1)?.author.account ?? { id: 0, login: "unknown", kind: "unmapped" };
}
