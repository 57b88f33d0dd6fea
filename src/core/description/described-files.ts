/** Changed files of a description: what is left out is worked out from what is there. */

import { structuredPatch } from "diff";
import type { ChangedFile, Contents, FileStatus } from "../snapshot.ts";
import type { DescribedFile, Description } from "./schema.ts";

export function describedFiles(files: readonly DescribedFile[]): ChangedFile[] {
  return files.map((described) => {
    const file = typeof described === "string" ? { path: described } : described;
    const patch = file.patch ?? patchOf(file);
    const counted = countLines(patch);
    return {
      path: file.path,
      previousPath: file.previous_path ?? null,
      status: file.status ?? statusOf(file),
      additions: file.additions ?? counted?.additions ?? 0,
      deletions: file.deletions ?? counted?.deletions ?? 0,
      patch,
      isBinary: file.binary ?? false,
      baseSha: file.base_sha ?? null,
      headSha: file.head_sha ?? null,
      mode: file.mode ?? null,
    };
  });
}

type Full = Exclude<DescribedFile, string>;

function statusOf(file: Full): FileStatus {
  if (file.previous_path !== undefined) return "renamed";
  if (file.base === null || /^@@ -0,0 /.test(file.patch ?? "")) return "added";
  return file.head === null || /^@@ -\d+(,\d+)? \+0,0 @@/.test(file.patch ?? "") ? "removed" : "modified";
}

function patchOf({ base, head, binary }: Full): string | null {
  if (binary || (base === undefined && head === undefined)) return null;
  const { hunks } = structuredPatch("", "", base ?? "", head ?? "", "", "", { context: 3 });
  if (hunks.length === 0) return null;
  return hunks
    .map((hunk) =>
      [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines].join(
        "\n",
      ),
    )
    .join("\n");
}

/** As git writes it: an empty side starts at 0, and a count of 1 is left out. */
function range(start: number, count: number): string {
  if (count === 0) return `${Math.max(0, start - 1)},0`;
  return count === 1 ? String(start) : `${start},${count}`;
}

function countLines(patch: string | null): { additions: number; deletions: number } | null {
  if (patch === null) return null;
  const lines = patch.split("\n");
  return {
    additions: lines.filter((line) => line.startsWith("+")).length,
    deletions: lines.filter((line) => line.startsWith("-")).length,
  };
}

export function describedContents({ files = [], contents }: Pick<Description, "files" | "contents">): Contents {
  const base = new Map(Object.entries(contents?.base ?? {}));
  const head = new Map(Object.entries(contents?.head ?? {}));
  for (const file of files) {
    if (typeof file === "string") continue;
    const status = file.status ?? statusOf(file);
    if (file.base !== undefined) base.set(file.previous_path ?? file.path, file.base);
    else if (status === "added") base.set(file.path, null);
    if (file.head !== undefined) head.set(file.path, file.head);
    else if (status === "removed") head.set(file.path, null);
  }
  return { base, head };
}
