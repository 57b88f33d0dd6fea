/** The files that a range changes, with their hunks, as GitHub would list them; without GitHub's limit of 3,000. */

import type { ChangedFile } from "../../core/snapshot.ts";
import { GitError } from "./git-error.ts";
import { parseRawDiff, type RawFile } from "./parse-raw-diff.ts";
import type { Range } from "./read-range.ts";
import { splitPatches } from "./split-patches.ts";

/** How git is asked for a diff, so that nobody's settings change what is seen. */
export const diffOptions = [
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--find-renames=50%",
  "--full-index",
  "--ignore-submodules=none",
  "--no-relative",
];

/** @throws {GitError} when git fails or its answers contradict each other */
export async function readFiles({ git, mergeBase, head }: Range): Promise<ChangedFile[]> {
  const range = [mergeBase, head.sha, "--"];
  const [raw, patch] = await Promise.all([
    git.text(["diff", ...diffOptions, "-z", "--raw", "--numstat", "--abbrev=64", "-l0", ...range]),
    git.text(["diff", ...diffOptions, "--patch", "--unified=3", "--submodule=short", "-l0", ...range]),
  ]);
  const files = parseRawDiff(raw);
  return joinPatches(files, splitPatches(patch));
}

/** A change of type (file to symlink) is two patches: the old one goes, the new one comes. */
export function joinPatches(files: readonly RawFile[], patches: readonly (string | null)[]): ChangedFile[] {
  let at = 0;
  const joined = files.map((file): ChangedFile => {
    const count = file.status === "type_changed" ? 2 : 1;
    const own = patches.slice(at, at + count).filter((patch) => patch !== null);
    at += count;
    return { ...file, patch: own.length > 0 && !file.isBinary ? own.join("\n") : null };
  });
  if (at !== patches.length) throw new GitError(`git listed ${files.length} files and gave ${patches.length} patches`);
  return joined;
}
