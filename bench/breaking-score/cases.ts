/** Labelled changes on disk: a folder per change with what changed, the patch, and the files before and after. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ChangedFile, Contents, FileStatus, Snapshot } from "../../src/core/snapshot.ts";
import { aSnapshot } from "../../test/support/builders.ts";

/** A change and what its author said of it, which the classification does not see. */
export interface Label {
  repo: string;
  sha: string;
  /** 1: breaking. */
  label: 0 | 1;
}

interface ListedFile {
  status: string;
  path: string;
  old_path?: string;
  additions: number;
  deletions: number;
  binary?: boolean;
}

const statuses: Readonly<Record<string, FileStatus>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  C: "copied",
  T: "type_changed",
};

/** @returns the change without title, message or labels: only what was written counts */
export function readCase(folder: string): Snapshot {
  const { files } = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as { files: ListedFile[] };
  const patches = patchesOf(readFileSync(join(folder, "diff.patch"), "utf8"));
  return aSnapshot({
    title: "",
    body: "",
    files: files.map(
      (file): ChangedFile => ({
        path: file.path,
        previousPath: file.old_path ?? null,
        status: statuses[file.status[0] ?? "M"] ?? "modified",
        additions: file.additions,
        deletions: file.deletions,
        patch: patches.get(file.path) ?? null,
        isBinary: file.binary === true,
        baseSha: null,
        headSha: null,
        mode: null,
      }),
    ),
  });
}

/** Hunks of a unified diff by the file's name after the change, before it for what was removed. */
export function patchesOf(diff: string): Map<string, string> {
  const patches = new Map<string, string>();
  for (const part of diff.split(/^(?=diff --git )/m)) {
    const start = part.search(/^@@ /m);
    if (start === -1) continue;
    const name = /^\+\+\+ (?:b\/)?(.*)$/m.exec(part.slice(0, start))?.[1];
    const old = /^--- (?:a\/)?(.*)$/m.exec(part.slice(0, start))?.[1];
    const path = (name === "/dev/null" ? old : name)?.replace(/\t$/, "");
    if (path !== undefined) patches.set(path, part.slice(start).replace(/\n$/, ""));
  }
  return patches;
}

/** Texts of both sides, read when they are asked for. */
export function textsOf(folder: string, paths: readonly string[]): Contents {
  const read = (side: string) => new Map(paths.map((path) => [path, textAt(join(folder, side, path))]));
  return { base: read("base"), head: read("head") };
}

function textAt(path: string): string | null {
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : null;
}
