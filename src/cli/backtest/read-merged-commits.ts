/** Which commits each merge brought onto the branch, by one reading of the range. */

import type { Commit } from "../../core/snapshot.ts";
import { commitFormat } from "../git/commit-record.ts";
import { type CloneCommit, parseCloneCommit } from "./clone-commit.ts";
import { type GitPlace, nulEnd, streamRecords } from "./stream-records.ts";

/** So many commits of one merge are kept, as GitHub lists them of a pull request. */
const commitsMax = 250;

/**
 * @param from the commit before the first merge
 * @returns by merge, oldest first, without the merge itself
 */
export async function readBranchCommits(
  place: GitPlace,
  { from, tip, merges }: { from: string; tip: string; merges: readonly string[] },
): Promise<Map<string, Commit[]>> {
  const args = [
    "log",
    "-z",
    "--topo-order",
    "--reverse",
    "--no-show-signature",
    "--encoding=UTF-8",
    `--format=${commitFormat}`,
    `${from}..${tip}`,
    "--",
  ];
  const commits = new Map<string, CloneCommit & { index: number }>();
  for await (const record of streamRecords(place, args, { findEnd: nulEnd })) {
    const commit = parseCloneCommit(record.toString("utf8"));
    commits.set(commit.sha, { ...commit, index: commits.size });
  }
  const brought = new Map<string, Commit[]>();
  const wanted = new Set(merges);
  // From the oldest merge on: what an earlier one brought is on the branch already.
  const seen = new Set<string>();
  for (const merge of mainLine(commits, tip)) {
    seen.add(merge.sha);
    const own = unseenOf(merge.parents.slice(1), commits, seen);
    if (wanted.has(merge.sha)) brought.set(merge.sha, inOrder(own, commits).slice(0, commitsMax));
  }
  return brought;
}

/** Oldest first. */
function mainLine(commits: ReadonlyMap<string, CloneCommit>, tip: string): CloneCommit[] {
  const line: CloneCommit[] = [];
  for (let at = commits.get(tip); at !== undefined; at = commits.get(at.parents[0] ?? "")) line.push(at);
  return line.reverse();
}

function unseenOf(from: readonly string[], commits: ReadonlyMap<string, CloneCommit>, seen: Set<string>): Set<string> {
  const own = new Set<string>();
  const next = [...from];
  for (let sha = next.pop(); sha !== undefined; sha = next.pop()) {
    const commit = commits.get(sha);
    if (commit === undefined || seen.has(sha)) continue;
    seen.add(sha);
    own.add(sha);
    next.push(...commit.parents);
  }
  return own;
}

/** Oldest first, as git listed them. */
function inOrder(own: ReadonlySet<string>, commits: ReadonlyMap<string, CloneCommit & { index: number }>): Commit[] {
  return [...own]
    .flatMap((sha) => commits.get(sha) ?? [])
    .sort((a, b) => a.index - b.index)
    .map(({ committedAt: _, index: __, ...commit }) => commit);
}
