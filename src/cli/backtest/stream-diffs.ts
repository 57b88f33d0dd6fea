/** The files that many commits changed against their first parent, by one git process. */

import type { ChangedFile } from "../../core/snapshot.ts";
import { GitError } from "../git/git-error.ts";
import { parseRawDiff } from "../git/parse-raw-diff.ts";
import { diffOptions, joinPatches } from "../git/read-files.ts";
import { splitPatches } from "../git/split-patches.ts";
import { type GitPlace, streamRecords } from "./stream-records.ts";

/** More files that came or went than this are compared by equal content only: looking for renames grows with the square. */
const renamesMax = 1_000;

const args = [
  "diff-tree",
  "--stdin",
  "--always",
  "-r",
  ...diffOptions,
  "-z",
  "--raw",
  "--numstat",
  "--abbrev=64",
  "--patch",
  "--unified=3",
  "--submodule=short",
  `-l${renamesMax}`,
];

/**
 * @yields in the order asked for
 * @throws {GitError} when git fails or its answers contradict each other
 */
export async function* streamDiffs(
  place: GitPlace,
  pairs: readonly { sha: string; parent: string }[],
): AsyncGenerator<{ sha: string; files: ChangedFile[] }> {
  let index = 0;
  // Each diff starts with its commit's name. Lines of patches start with a blank or a sign, so that none can be taken for one.
  const findEnd = (text: Buffer, from: number) => {
    const mark = `${pairs[index + 1]?.sha}\0`;
    for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
      if (at > 0 && (text[at - 1] === 10 || text[at - 1] === 0)) return { end: at, next: at };
    }
    return null;
  };
  const input = pairs.map(({ sha, parent }) => `${sha} ${parent}\n`).join("");
  for await (const record of streamRecords(place, args, { input, findEnd })) {
    const sha = pairs[index]?.sha ?? "";
    // git passes over what it does not know: what it answers would be about another commit.
    if (!record.subarray(0, sha.length + 1).equals(Buffer.from(`${sha}\0`))) throw notKnown(sha);
    index += 1;
    yield { sha, files: parseRecord(record.subarray(sha.length + 1)) };
  }
  const missing = pairs[index];
  if (missing) throw notKnown(missing.sha);
}

function notKnown(sha: string): GitError {
  return new GitError(`git gave no diff of ${sha.slice(0, 10)}`, args);
}

/** Names and counts, each ended by a NUL, then one more NUL, then the patches. */
function parseRecord(record: Buffer): ChangedFile[] {
  const gap = record.indexOf("\0\0diff --git ");
  const names = gap < 0 ? record : record.subarray(0, gap + 1);
  const patch = gap < 0 ? "" : record.subarray(gap + 2).toString("utf8");
  return joinPatches(parseRawDiff(names.toString("utf8")), splitPatches(patch));
}
