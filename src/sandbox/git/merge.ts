/** Three-way merge of trees, file by file and, where both sides touched a file, hunk by hunk. */
import { applyPatch, structuredPatch } from "diff";
import { compareTrees } from "./compare.ts";
import type { FileEntry, ObjectStore } from "./objects.ts";
import { isBinary } from "./patch.ts";

/** The merged tree; null when the sides conflict. */
export function mergeTrees(store: ObjectStore, base: string | null, ours: string, theirs: string): string | null {
  const mine = new Map(compareTrees(store, base, ours).map((difference) => [difference.path, difference.after]));
  const edits = new Map<string, FileEntry | null>();
  for (const { path, before, after } of compareTrees(store, base, theirs)) {
    const own = mine.has(path) ? (mine.get(path) ?? null) : before;
    if (isSame(own, after)) continue;
    if (isSame(own, before)) {
      edits.set(path, after);
      continue;
    }
    const joined = mergeFile(store, before, own, after);
    if (joined === null) return null;
    edits.set(path, joined);
  }
  return edits.size === 0 ? ours : store.changeEntries(ours, edits);
}

function isSame(left: FileEntry | null, right: FileEntry | null): boolean {
  return left?.sha === right?.sha && left?.mode === right?.mode;
}

function mergeFile(
  store: ObjectStore,
  was: FileEntry | null,
  mine: FileEntry | null,
  other: FileEntry | null,
): FileEntry | null {
  if (was === null || mine === null || other === null) return null;
  const blobs = [was, mine, other].map((entry) => store.blob(entry.sha));
  const [wasBlob, mineBlob, otherBlob] = blobs;
  if (wasBlob === undefined || mineBlob === undefined || otherBlob === undefined) return null;
  if ([wasBlob, mineBlob, otherBlob].some(isBinary)) return null;
  const patch = structuredPatch("a", "b", wasBlob.toString("utf8"), otherBlob.toString("utf8"), "", "", { context: 3 });
  const text = applyPatch(mineBlob.toString("utf8"), patch);
  return text === false ? null : { mode: mine.mode, sha: store.putBlob(text) };
}
