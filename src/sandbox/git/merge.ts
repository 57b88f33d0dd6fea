/** Three-way merge of trees, file by file and, where both sides touched a file, hunk by hunk. */
import { applyPatch, structuredPatch } from "diff";
import type { FileEntry, ObjectStore } from "./objects.ts";
import { isBinary } from "./patch.ts";

/** The merged tree; null when the sides conflict. */
export function mergeTrees(store: ObjectStore, base: string | null, ours: string, theirs: string): string | null {
  const baseFiles = base === null ? new Map<string, FileEntry>() : store.flatten(base);
  const theirFiles = store.flatten(theirs);
  const merged = new Map(store.flatten(ours));
  for (const path of new Set([...baseFiles.keys(), ...theirFiles.keys()])) {
    const [was, mine, other] = [baseFiles.get(path), merged.get(path), theirFiles.get(path)];
    if (isSame(other, was) || isSame(mine, other)) continue;
    if (isSame(mine, was)) {
      if (other === undefined) merged.delete(path);
      else merged.set(path, other);
      continue;
    }
    const joined = mergeFile(store, was, mine, other);
    if (joined === null) return null;
    merged.set(path, joined);
  }
  return store.putFiles(merged);
}

function isSame(left: FileEntry | undefined, right: FileEntry | undefined): boolean {
  return left?.sha === right?.sha && left?.mode === right?.mode;
}

function mergeFile(
  store: ObjectStore,
  was: FileEntry | undefined,
  mine: FileEntry | undefined,
  other: FileEntry | undefined,
): FileEntry | null {
  if (was === undefined || mine === undefined || other === undefined) return null;
  const blobs = [was, mine, other].map((entry) => store.blob(entry.sha));
  const [wasBlob, mineBlob, otherBlob] = blobs;
  if (wasBlob === undefined || mineBlob === undefined || otherBlob === undefined) return null;
  if ([wasBlob, mineBlob, otherBlob].some(isBinary)) return null;
  const patch = structuredPatch("a", "b", wasBlob.toString("utf8"), otherBlob.toString("utf8"), "", "", { context: 3 });
  const text = applyPatch(mineBlob.toString("utf8"), patch);
  return text === false ? null : { mode: mine.mode, sha: store.putBlob(text) };
}
