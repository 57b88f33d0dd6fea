import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffTrees, patchDigest } from "../../../src/sandbox/git/diff.ts";
import { commitsBetween, mergeBase } from "../../../src/sandbox/git/history.ts";
import { mergeTrees } from "../../../src/sandbox/git/merge.ts";
import { type FileContent, ObjectStore } from "../../../src/sandbox/git/objects.ts";
import { lines } from "../stage.ts";

const signer = { name: "Maria", email: "maria@example.com", date: new Date("2026-11-20T12:00:00Z") };

function aStore() {
  const store = new ObjectStore();
  const tree = (files: Record<string, FileContent>) => store.changeFiles(null, files);
  const commit = (files: Record<string, FileContent>, ...parents: string[]) =>
    store.putCommit({
      tree: tree(files),
      parents,
      author: signer,
      committer: signer,
      message: "m\n",
      viaWeb: false,
      signature: null,
    }).sha;
  return { store, tree, commit };
}

describe("objects", () => {
  it("bear the ids git gives them", () => {
    const { commit, store } = aStore();
    const folder = mkdtempSync(join(tmpdir(), "objects-"));
    const git = (...args: string[]) =>
      execFileSync("git", args, {
        cwd: folder,
        encoding: "utf8",
        env: {
          ...process.env,
          GIT_AUTHOR_NAME: "Maria",
          GIT_AUTHOR_EMAIL: "maria@example.com",
          GIT_COMMITTER_NAME: "Maria",
          GIT_COMMITTER_EMAIL: "maria@example.com",
          GIT_AUTHOR_DATE: "2026-11-20T12:00:00Z",
          GIT_COMMITTER_DATE: "2026-11-20T12:00:00Z",
        },
      }).trim();
    try {
      git("init", "-q");
      execFileSync("mkdir", ["-p", join(folder, "a")]);
      writeFileSync(join(folder, "a", "x.txt"), "x\n");
      writeFileSync(join(folder, "a.txt"), "a\n");
      git("add", "-A");
      git("commit", "-q", "-m", "m");
      const sha = commit({ "a/x.txt": "x\n", "a.txt": "a\n" });
      expect(sha).toBe(git("rev-parse", "HEAD"));
      expect(store.commit(sha).tree).toBe(git("rev-parse", "HEAD^{tree}"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("history", () => {
  it("knows the base two branches share, and what one has more", () => {
    const { store, commit } = aStore();
    const root = commit({ a: "1\n" });
    const main = commit({ a: "2\n" }, root);
    const first = commit({ a: "1\n", b: "1\n" }, root);
    const second = commit({ a: "1\n", b: "2\n" }, first);
    expect(mergeBase(store, main, second)).toBe(root);
    expect(commitsBetween(store, main, second).map(({ sha }) => sha)).toEqual([first, second]);
    expect(mergeBase(store, commit({ z: "z\n" }), main)).toBeNull();
  });
});

describe("a diff", () => {
  it.each<{ name: string; before: Record<string, FileContent>; after: Record<string, FileContent>; expected: object }>([
    {
      name: "a new file",
      before: {},
      after: { a: "one\ntwo\n" },
      expected: { status: "added", additions: 2, deletions: 0, patch: "@@ -0,0 +1,2 @@\n+one\n+two" },
    },
    {
      name: "a file taken away",
      before: { a: "one\n" },
      after: {},
      expected: { status: "removed", patch: "@@ -1 +0,0 @@\n-one" },
    },
    {
      name: "a changed line, with the function it lies in",
      before: { a: `function outer() {\n${lines(6, "  step")}}\n` },
      after: { a: `function outer() {\n${lines(6, "  step").replace("step 5", "leap 5")}}\n` },
      expected: {
        status: "modified",
        patch:
          "@@ -3,6 +3,6 @@ function outer() {\n   step 2\n   step 3\n   step 4\n-  step 5\n+  leap 5\n   step 6\n }",
      },
    },
    {
      name: "a file without a last newline",
      before: { a: "one\n" },
      after: { a: "one\ntwo" },
      expected: { patch: "@@ -1 +1,2 @@\n one\n+two\n\\ No newline at end of file" },
    },
    {
      name: "a binary file",
      before: { a: "x\0y" },
      after: { a: "x\0z" },
      expected: { status: "modified", additions: 0, patch: null },
    },
    {
      name: "a mode",
      before: { a: "run\n" },
      after: { a: { mode: "100755", content: "run\n" } },
      expected: { status: "changed", patch: null },
    },
    {
      name: "a pure rename",
      before: { "infra/x": lines(9, "row") },
      after: { "docs/x": lines(9, "row") },
      expected: { status: "renamed", path: "docs/x", previousPath: "infra/x", patch: null },
    },
    {
      name: "a rename with an edit",
      before: { old: lines(10, "row") },
      after: { new: lines(10, "row").replace("row 5", "changed") },
      expected: { status: "renamed", path: "new", previousPath: "old", additions: 1, deletions: 1 },
    },
    {
      name: "a submodule moved",
      before: { sub: { mode: "160000", content: "1".repeat(40) } },
      after: { sub: { mode: "160000", content: "2".repeat(40) } },
      expected: {
        status: "modified",
        patch: `@@ -1 +1 @@\n-Subproject commit ${"1".repeat(40)}\n+Subproject commit ${"2".repeat(40)}`,
      },
    },
    {
      name: "a file over 20,000 lines",
      before: {},
      after: { a: lines(20_001, "l") },
      expected: { additions: 20_001, patch: null },
    },
  ])("tells $name", ({ before, after, expected }) => {
    const { store, tree } = aStore();
    const changes = diffTrees(store, tree(before), tree(after));
    expect(changes.length).toBe(1);
    expect(changes[0]).toMatchObject(expected);
  });

  it("takes two unlike files for an addition and a removal", () => {
    const { store, tree } = aStore();
    const changes = diffTrees(store, tree({ a: lines(10, "one") }), tree({ b: lines(10, "two") }));
    expect(changes.map(({ status }) => status)).toEqual(["removed", "added"]);
  });

  it("has the same digest wherever its hunks lie", () => {
    const { store, tree } = aStore();
    const body = lines(20, "line");
    const changed = body.replace("line 15\n", "other\n");
    const here = diffTrees(store, tree({ a: body }), tree({ a: changed }));
    const lower = diffTrees(store, tree({ a: `first\n${body}` }), tree({ a: `first\n${changed}` }));
    const other = diffTrees(store, tree({ a: body }), tree({ a: body.replace("line 15\n", "another\n") }));
    expect(patchDigest(here)).toBe(patchDigest(lower));
    expect(patchDigest(here)).not.toBe(patchDigest(other));
  });
});

describe("a merge", () => {
  it("joins what two sides did to different places of one file", () => {
    const { store, tree } = aStore();
    const base = lines(20, "line");
    const merged = mergeTrees(
      store,
      tree({ a: base }),
      tree({ a: base.replace("line 2\n", "ours\n"), ours: "o\n" }),
      tree({ a: base.replace("line 18\n", "theirs\n"), theirs: "t\n" }),
    );
    const both = base.replace("line 2\n", "ours\n").replace("line 18\n", "theirs\n");
    expect(merged).toBe(tree({ a: both, ours: "o\n", theirs: "t\n" }));
  });

  it("finds none where both changed one line", () => {
    const { store, tree } = aStore();
    expect(mergeTrees(store, tree({ a: "1\n" }), tree({ a: "2\n" }), tree({ a: "3\n" }))).toBeNull();
  });
});
