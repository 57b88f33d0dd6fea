/** What changed between two trees, as a pull request's file list tells it: status, renames, line counts and patches. */
import { createHash } from "node:crypto";
import { compareTrees } from "./compare.ts";
import type { FileEntry, ObjectStore } from "./objects.ts";
import { patchFile } from "./patch.ts";

export interface FileChange {
  path: string;
  /** Set for renames alone. */
  previousPath: string | null;
  status: "added" | "removed" | "modified" | "renamed" | "changed";
  before: FileEntry | null;
  after: FileEntry | null;
  additions: number;
  deletions: number;
  /** Hunks without file headers; null for binary, unchanged or too large content. */
  patch: string | null;
}

/** Renames with edits are looked for only among this many pairs: the rest of a mass move is found by exact content. */
const PAIRS_COMPARED_MAX = 2_500;
const COMPARED_BYTES_MAX = 200_000;
const SIMILARITY_MIN = 0.5;

interface Candidate {
  path: string;
  entry: FileEntry;
}

/** Files that differ between two trees, sorted by path. */
export function diffTrees(store: ObjectStore, beforeTree: string | null, afterTree: string): FileChange[] {
  const removed: Candidate[] = [];
  const added: Candidate[] = [];
  const changes: FileChange[] = [];
  for (const { path, before, after } of compareTrees(store, beforeTree, afterTree)) {
    if (before === null && after !== null) added.push({ path, entry: after });
    else if (before !== null && after === null) removed.push({ path, entry: before });
    else changes.push(describe(store, before?.sha === after?.sha ? "changed" : "modified", { path, before, after }));
  }

  const renames = pairRenames(store, removed, added);
  for (const { path, entry } of added) {
    const from = renames.get(path);
    if (from === undefined) changes.push(describe(store, "added", { path, before: null, after: entry }));
    else changes.push(describe(store, "renamed", { path, before: from.entry, after: entry, previousPath: from.path }));
  }
  const moved = new Set([...renames.values()].map((from) => from.path));
  for (const { path, entry } of removed) {
    if (!moved.has(path)) changes.push(describe(store, "removed", { path, before: entry, after: null }));
  }
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Equal for two changes that alter the same files in the same way, wherever the hunks lie. */
export function patchDigest(changes: readonly FileChange[]): string {
  const hash = createHash("sha256");
  for (const change of changes) {
    hash.update(`${change.status} ${change.previousPath ?? ""} ${change.path} ${change.after?.mode ?? ""}\n`);
    hash.update(change.patch?.replaceAll(/^@@.*$/gm, "@@") ?? `${change.before?.sha} ${change.after?.sha}`);
  }
  return hash.digest("hex");
}

function describe(
  store: ObjectStore,
  status: FileChange["status"],
  file: { path: string; before: FileEntry | null; after: FileEntry | null; previousPath?: string },
): FileChange {
  const lines = patchFile(contentOf(store, file.before), contentOf(store, file.after));
  return { previousPath: null, ...file, status, ...lines };
}

function contentOf(store: ObjectStore, entry: FileEntry | null): Buffer {
  if (entry === null) return Buffer.alloc(0);
  if (entry.mode === "160000") return Buffer.from(`Subproject commit ${entry.sha}\n`);
  return store.blob(entry.sha) ?? Buffer.alloc(0);
}

/** New path → where it came from. */
function pairRenames(store: ObjectStore, removed: readonly Candidate[], added: readonly Candidate[]) {
  const pairs = new Map<string, Candidate>();
  const free = new Map<string, Candidate[]>();
  for (const candidate of removed) {
    const key = candidate.entry.sha;
    free.set(key, [...(free.get(key) ?? []), candidate]);
  }
  for (const { path, entry } of added) {
    const from = free.get(entry.sha)?.shift();
    if (from !== undefined) pairs.set(path, from);
  }
  const taken = new Set([...pairs.values()].map((from) => from.path));
  const left = removed.filter(({ path }) => !taken.has(path));
  const open = added.filter(({ path }) => !pairs.has(path));
  if (left.length * open.length > PAIRS_COMPARED_MAX) return pairs;

  const scored = open.flatMap((to) =>
    left.map((from) => ({ from, to, score: similarity(contentOf(store, from.entry), contentOf(store, to.entry)) })),
  );
  scored.sort((a, b) => b.score - a.score);
  for (const { from, to, score } of scored) {
    if (score < SIMILARITY_MIN || taken.has(from.path) || pairs.has(to.path)) continue;
    taken.add(from.path);
    pairs.set(to.path, from);
  }
  return pairs;
}

/** Share of the larger file's bytes that stand, line for line, in the other: git's own measure, roughly. */
function similarity(left: Buffer, right: Buffer): number {
  const larger = Math.max(left.length, right.length);
  if (larger === 0 || larger > COMPARED_BYTES_MAX) return 0;
  const counts = new Map<string, number>();
  for (const line of left.toString("latin1").split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
  let shared = 0;
  for (const line of right.toString("latin1").split("\n")) {
    const count = counts.get(line) ?? 0;
    if (count === 0) continue;
    counts.set(line, count - 1);
    shared += line.length + 1;
  }
  return Math.min(1, shared / larger);
}
