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

  /** The file or folder at a path; undefined where there is none. */
  entryAt(treeSha: string, path: string): TreeEntry | undefined {
    let entry: TreeEntry | undefined = { name: "", mode: "40000", sha: treeSha };
    for (const step of path === "" ? [] : path.split("/")) {
      entry = this.#trees.get(entry.sha)?.find(({ name }) => name === step);
      if (entry === undefined) return undefined;
    }
    return entry;
  }

  fileAt(treeSha: string, path: string): FileEntry | undefined {
    const entry = this.entryAt(treeSha, path);
    return entry === undefined || entry.mode === "40000" ? undefined : { mode: entry.mode, sha: entry.sha };
  }

  /** The tree of a commit after changing some files of it. */
  changeFiles(treeSha: string | null, changes: Readonly<Record<string, FileContent>>): string {
    const entries = new Map<string, FileEntry | null>();
    for (const [path, content] of Object.entries(changes)) {
      entries.set(path, content === null ? null : this.#putContent(content));
    }
    return this.changeEntries(treeSha, entries);
  }

  /** Rewrites the folders that hold a change and no others; null takes a file away. */
  changeEntries(treeSha: string | null, changes: ReadonlyMap<string, FileEntry | null>): string {
    const entries = new Map<string, TreeEntry>();
    for (const entry of treeSha === null ? [] : (this.#trees.get(treeSha) ?? [])) entries.set(entry.name, entry);
    const below = new Map<string, Map<string, FileEntry | null>>();
    for (const [path, entry] of changes) {
      const cut = path.indexOf("/");
      if (cut >= 0) {
        const folder = path.slice(0, cut);
        const inside = below.get(folder) ?? new Map<string, FileEntry | null>();
        below.set(folder, inside.set(path.slice(cut + 1), entry));
      } else if (entry === null) entries.delete(path);
      else entries.set(path, { name: path, ...entry });
    }
    for (const [name, inside] of below) {
      const known = entries.get(name);
      const sha = this.changeEntries(known?.mode === "40000" ? known.sha : null, inside);
      if (this.#trees.get(sha)?.length === 0) entries.delete(name);
      else entries.set(name, { name, mode: "40000", sha });
    }
    return this.#putTree([...entries.values()]);
  }

  #putContent(content: Exclude<FileContent, null>): FileEntry {
    if (typeof content === "string" || Buffer.isBuffer(content)) {
      return { mode: "100644", sha: this.putBlob(content) };
    }
    if (content.mode === "160000") return { mode: content.mode, sha: String(content.content) };
    return { mode: content.mode, sha: this.putBlob(content.content) };
  }

  #putTree(entries: TreeEntry[]): string {
    entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const parts = entries.map((entry) =>
      Buffer.concat([Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.sha, "hex")]),
    );
    const sha = objectId("tree", Buffer.concat(parts));
    this.#trees.set(sha, entries);
    return sha;
  }
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
