/** Git's object database in memory: blobs, trees and commits under the ids that git itself would give them. */
import { createHash } from "node:crypto";

export type FileMode = "100644" | "100755" | "120000" | "160000";

export interface FileEntry {
  mode: FileMode;
  /** Of a blob, or of the foreign commit where mode is 160000 (a submodule). */
  sha: string;
}

export interface TreeEntry {
  name: string;
  mode: FileMode | "40000";
  sha: string;
}

export interface Signer {
  name: string;
  email: string;
  date: Date;
}

export interface Commit {
  sha: string;
  tree: string;
  parents: readonly string[];
  author: Signer;
  committer: Signer;
  message: string;
  /** Made through GitHub's pages or merge button, which signs it with GitHub's own key. */
  viaWeb: boolean;
  signature: CommitSignature | null;
}

export interface CommitSignature {
  /** A reason of GitHub's REST API: `valid`, `unsigned`, `unknown_key`, `bad_email` … */
  reason: string;
  /** Account id of who signed, where GitHub knows. */
  signerId: number | null;
}

/** What a file is made of: text, bytes, or an explicit entry (a link, an executable, a submodule); null takes it away. */
export type FileContent = string | Buffer | { mode: FileMode; content: string | Buffer } | null;

export class ObjectStore {
  readonly #blobs = new Map<string, Buffer>();
  readonly #trees = new Map<string, readonly TreeEntry[]>();
  readonly #commits = new Map<string, Commit>();
  readonly #flat = new Map<string, ReadonlyMap<string, FileEntry>>();

  putBlob(content: string | Buffer): string {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    const sha = objectId("blob", bytes);
    this.#blobs.set(sha, bytes);
    return sha;
  }

  putCommit(commit: Omit<Commit, "sha">): Commit {
    const lines = [
      `tree ${commit.tree}`,
      ...commit.parents.map((parent) => `parent ${parent}`),
      `author ${signerLine(commit.author)}`,
      `committer ${signerLine(commit.committer)}`,
    ];
    const sha = objectId("commit", Buffer.from(`${lines.join("\n")}\n\n${commit.message}`));
    const kept = this.#commits.get(sha) ?? { ...commit, sha };
    this.#commits.set(sha, kept);
    return kept;
  }

  /** Writes the trees of a whole working copy. */
  putFiles(files: ReadonlyMap<string, FileEntry>): string {
    const root: Folder = new Map();
    for (const [path, entry] of files) placeFile(root, path.split("/"), entry);
    return this.#putFolder(root);
  }

  blob(sha: string): Buffer | undefined {
    return this.#blobs.get(sha);
  }

  tree(sha: string): readonly TreeEntry[] | undefined {
    return this.#trees.get(sha);
  }

  findCommit(sha: string): Commit | undefined {
    return this.#commits.get(sha);
  }

  /** @throws {Error} when no such commit is kept: the caller's own mistake */
  commit(sha: string): Commit {
    const commit = this.#commits.get(sha);
    if (commit === undefined) throw new Error(`no commit ${sha}`);
    return commit;
  }

  /** Shas of all commits that begin so, for abbreviated revisions. */
  commitsStartingWith(prefix: string): string[] {
    return [...this.#commits.keys()].filter((sha) => sha.startsWith(prefix));
  }

  /** Every file below a tree, by its full path in git's order. */
  flatten(treeSha: string): ReadonlyMap<string, FileEntry> {
    const known = this.#flat.get(treeSha);
    if (known !== undefined) return known;
    const files = new Map<string, FileEntry>();
    for (const entry of this.#trees.get(treeSha) ?? []) {
      if (entry.mode === "40000") {
        for (const [path, file] of this.flatten(entry.sha)) files.set(`${entry.name}/${path}`, file);
      } else {
        files.set(entry.name, { mode: entry.mode, sha: entry.sha });
      }
    }
    this.#flat.set(treeSha, files);
    return files;
  }

  /** The tree of a commit after changing some files of it. */
  changeFiles(treeSha: string | null, changes: Readonly<Record<string, FileContent>>): string {
    const files = new Map(treeSha === null ? [] : this.flatten(treeSha));
    for (const [path, content] of Object.entries(changes)) {
      if (content === null) files.delete(path);
      else files.set(path, this.#putContent(content));
    }
    return this.putFiles(files);
  }

  #putContent(content: Exclude<FileContent, null>): FileEntry {
    if (typeof content === "string" || Buffer.isBuffer(content)) {
      return { mode: "100644", sha: this.putBlob(content) };
    }
    if (content.mode === "160000") return { mode: content.mode, sha: String(content.content) };
    return { mode: content.mode, sha: this.putBlob(content.content) };
  }

  #putFolder(folder: Folder): string {
    const entries: TreeEntry[] = [];
    for (const [name, entry] of folder) {
      if (entry instanceof Map) entries.push({ name, mode: "40000", sha: this.#putFolder(entry) });
      else entries.push({ name, mode: entry.mode, sha: entry.sha });
    }
    entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const parts = entries.map((entry) =>
      Buffer.concat([Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.sha, "hex")]),
    );
    const sha = objectId("tree", Buffer.concat(parts));
    this.#trees.set(sha, entries);
    return sha;
  }
}

type Folder = Map<string, FileEntry | Folder>;

function placeFile(folder: Folder, steps: readonly string[], entry: FileEntry): void {
  const [name = "", ...rest] = steps;
  if (rest.length === 0) {
    folder.set(name, entry);
    return;
  }
  const below = folder.get(name);
  const next: Folder = below instanceof Map ? below : new Map();
  folder.set(name, next);
  placeFile(next, rest, entry);
}

/** Git sorts a folder as if its name ended with a slash. */
function sortKey(entry: TreeEntry): Buffer {
  return Buffer.from(entry.mode === "40000" ? `${entry.name}/` : entry.name);
}

function signerLine(signer: Signer): string {
  return `${signer.name} <${signer.email}> ${Math.floor(signer.date.getTime() / 1000)} +0000`;
}

function objectId(type: string, body: Buffer): string {
  return createHash("sha1").update(`${type} ${body.length}\0`).update(body).digest("hex");
}
