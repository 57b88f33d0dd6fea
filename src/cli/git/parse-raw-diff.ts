/** Reads `git diff --raw --numstat -z`: what happened to each file, with names exactly as they are. */

import type { FileStatus } from "../../core/snapshot.ts";
import { GitError } from "./git-error.ts";

export interface RawFile {
  path: string;
  previousPath: string | null;
  status: FileStatus;
  baseSha: string | null;
  headSha: string | null;
  mode: string | null;
  additions: number;
  deletions: number;
  isBinary: boolean;
}

const statuses: Record<string, FileStatus> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  C: "copied",
  T: "type_changed",
};

/** @throws {GitError} when git answers in a form that is not known: guessing would lose files */
export function parseRawDiff(output: string): RawFile[] {
  const fields = output.split("\0");
  const files: RawFile[] = [];
  let at = 0;
  while (fields[at]?.startsWith(":")) {
    const [, mode = "", baseSha = "", headSha = "", letter = ""] = (fields[at] ?? "").split(" ");
    const status = statuses[letter.charAt(0)];
    const isPair = status === "renamed" || status === "copied";
    const first = fields[at + 1];
    const second = isPair ? fields[at + 2] : first;
    if (!status || !first || !second)
      throw new GitError(`git described a changed file as "${fields[at]}", which is not known`);
    files.push({
      path: second,
      previousPath: isPair ? first : null,
      status,
      baseSha: blobId(baseSha),
      headSha: blobId(headSha),
      mode: mode === "000000" ? null : mode,
      additions: 0,
      deletions: 0,
      isBinary: false,
    });
    at += isPair ? 3 : 2;
  }
  addCounts(files, fields.slice(at));
  return files;
}

function blobId(sha: string): string | null {
  return /^0+$/.test(sha) ? null : sha;
}

/** The counts follow in the same order: `added TAB removed TAB path`, or with two names after an empty path. */
function addCounts(files: RawFile[], fields: readonly string[]): void {
  let at = 0;
  for (const file of files) {
    const match = /^(\d+|-)\t(\d+|-)\t([\s\S]*)$/.exec(fields[at] ?? "");
    if (!match) throw new GitError(`git gave no line counts for ${file.path}`);
    file.isBinary = match[1] === "-";
    file.additions = file.isBinary ? 0 : Number(match[1]);
    file.deletions = file.isBinary ? 0 : Number(match[2]);
    at += match[3] === "" ? 3 : 1;
  }
}
