/** The identity of a change that survives rebases: what is changed, not where it stands. */

import { hash } from "node:crypto";
import type { ChangedFile } from "../snapshot.ts";

export interface PatchDigests {
  /** Of the whole change; `null` when it cannot be told, and then equals nothing. */
  whole: string | null;
  /** By path, old names of renamed and copied files included; `null` where a file's change cannot be told. */
  byPath: Record<string, string | null>;
}

/**
 * Digests each file's names, status, mode and hunks without their positions. Context lines count: a change that landed in other
 * surroundings deserves another look. Where there is no patch, the blobs before and after stand for it.
 */
export function patchDigests(files: readonly ChangedFile[]): PatchDigests {
  const byName = new Map<string, (string | null)[]>();
  const whole: string[] = [];
  let isWhole = true;
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    const digest = digestOf(file);
    for (const name of file.previousPath === null ? [file.path] : [file.path, file.previousPath]) {
      byName.set(name, [...(byName.get(name) ?? []), digest]);
    }
    if (digest === null) isWhole = false;
    else whole.push(digest);
  }
  const byPath: Record<string, string | null> = Object.create(null);
  for (const [name, digests] of byName) byPath[name] = joined(digests);
  return { whole: isWhole ? sha256(whole) : null, byPath };
}

/** Several changes may touch one name: a file moved away and another put into its place. */
function joined(digests: readonly (string | null)[]): string | null {
  const told = digests.filter((digest) => digest !== null);
  if (told.length < digests.length) return null;
  const [only] = told;
  return told.length === 1 && only !== undefined ? only : sha256(told);
}

function digestOf(file: ChangedFile): string | null {
  const content = contentOf(file);
  if (content === null) return null;
  return sha256([file.path, file.previousPath ?? "", file.status, file.mode ?? "", ...content]);
}

function contentOf(file: ChangedFile): string[] | null {
  if (file.patch !== null && showsEveryLine(file) && !file.isBinary) return ["patch", ...linesOf(file.patch)];
  if (file.headSha !== null && (file.baseSha !== null || file.status === "added"))
    return ["blobs", file.baseSha ?? "", file.headSha];
  const isPureMove = (file.status === "renamed" || file.status === "copied") && !file.isBinary;
  return isPureMove && file.additions === 0 && file.deletions === 0 ? ["moved"] : null;
}

/** A patch may be cut off at the end; the numbers beside it are not. */
function showsEveryLine({ patch, additions, deletions }: ChangedFile): boolean {
  const lines = patch?.split("\n").filter((line) => line.startsWith("+") || line.startsWith("-")).length ?? 0;
  return lines > 0 && lines >= additions + deletions;
}

/** A hunk's header says where it stands and, behind the second `@@`, in which function: both may change by a rebase. */
function linesOf(patch: string): string[] {
  return patch.split("\n").map((line) => (line.startsWith("@@") ? "@@" : line));
}

/** Lengths stand before the parts, so that no part can pass for two. Handed over at once: each call costs more than a line's digest. */
function sha256(parts: readonly string[]): string {
  const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join("");
  return hash("sha256", text);
}
