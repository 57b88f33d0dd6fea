/** Which files differ between two trees; folders that are equal are never opened. */
import type { FileEntry, ObjectStore, TreeEntry } from "./objects.ts";

export interface Difference {
  path: string;
  before: FileEntry | null;
  after: FileEntry | null;
}

export function compareTrees(store: ObjectStore, before: string | null, after: string | null): Difference[] {
  const found: Difference[] = [];
  compareFolders(store, before, after, "", found);
  return found;
}

function compareFolders(
  store: ObjectStore,
  before: string | null,
  after: string | null,
  above: string,
  found: Difference[],
): void {
  if (before === after) return;
  const was = byName(store, before);
  const is = byName(store, after);
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const [left, right] = [was.get(name), is.get(name)];
    if (left?.sha === right?.sha && left?.mode === right?.mode) continue;
    const path = `${above}${name}`;
    // A folder may have taken a file's place, or a file a folder's: then both sides differ on their own.
    const [leftFile, rightFile] = [asFile(left), asFile(right)];
    if (leftFile !== null || rightFile !== null) found.push({ path, before: leftFile, after: rightFile });
    compareFolders(store, folderOf(left), folderOf(right), `${path}/`, found);
  }
}

function byName(store: ObjectStore, tree: string | null): Map<string, TreeEntry> {
  return new Map((tree === null ? [] : (store.tree(tree) ?? [])).map((entry) => [entry.name, entry]));
}

function asFile(entry: TreeEntry | undefined): FileEntry | null {
  return entry === undefined || entry.mode === "40000" ? null : { mode: entry.mode, sha: entry.sha };
}

function folderOf(entry: TreeEntry | undefined): string | null {
  return entry?.mode === "40000" ? entry.sha : null;
}
