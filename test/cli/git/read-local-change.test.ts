import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GitError } from "../../../src/cli/git/git-error.ts";
import { type LocalChange, readLocalChange } from "../../../src/cli/git/read-local-change.ts";
import { readRange } from "../../../src/cli/git/read-range.ts";
import { aGitRepository, type GitRepository } from "../../support/git-repository.ts";

const env = { PATH: process.env.PATH, HOME: tmpdir() };
const odd = [
  "ein Leerzeichen.txt",
  "ümläut.txt",
  'quo"te.txt',
  "tab\there.txt",
  "line\nend.txt",
  "-dash.txt",
  ":(top)magic.txt",
  "back\\slash.txt",
];
const tenLines = Array.from({ length: 10 }, (_, index) => `line ${index}\n`).join("");

describe("the files of a range", () => {
  let repository: GitRepository;
  let change: LocalChange;

  beforeAll(async () => {
    repository = aGitRepository();
    repository.commit({
      "kept.txt": "kept\n",
      "edited.txt": "one\ntwo\nthree\n",
      "gone.txt": "gone\n",
      "old/name.txt": tenLines,
      "moved.txt": tenLines.replaceAll("line", "moved"),
      "picture.bin": Buffer.from([0, 1, 2, 3]),
      "script.sh": "echo\n",
      "file-then-link": "text\n",
      "crlf.txt": "a\r\nb\r\n",
      "forged.txt": "x\n",
    });
    const submodule = repository.git("rev-parse", "HEAD");
    repository.git("checkout", "--quiet", "-b", "feature");
    repository.commit({
      "edited.txt": "one\n2\nthree\n",
      "gone.txt": null,
      "old/name.txt": null,
      "new/name.txt": tenLines.replace("line 5", "line five"),
      "moved.txt": null,
      "moved-whole.txt": tenLines.replaceAll("line", "moved"),
      "picture.bin": Buffer.from([0, 9, 2, 3]),
      "script.sh": { executable: "echo\n" },
      "file-then-link": { link: "kept.txt" },
      link: { link: "/etc/passwd" },
      "crlf.txt": "a\r\nc\r\n",
      "empty.txt": "",
      "no-end.txt": "no line end",
      "forged.txt": "x\rdiff --git a/forged b/forged\n@@ -1 +1 @@\ndiff --git a/q b/q\n",
      ...Object.fromEntries(odd.map((name) => [name, "odd\n"])),
    });
    repository.git("update-index", "--add", "--cacheinfo", `160000,${submodule},vendor/sub`);
    repository.git("commit", "--quiet", "-m", "add a submodule");
    repository.git("checkout", "--quiet", "main");
    repository.commit({ "on-main.txt": "later\n" }, "main moves on");
    change = await readLocalChange(await readRange(repository.directory, env, "main", "feature"));
  });
  afterAll(() => repository.remove());

  const file = (path: string) => change.snapshot.files.find((one) => one.path === path);

  it.each([
    {
      name: "an edit",
      path: "edited.txt",
      wanted: { status: "modified", additions: 1, deletions: 1, patch: "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three" },
    },
    { name: "a removal", path: "gone.txt", wanted: { status: "removed", deletions: 1, headSha: null, mode: null } },
    {
      name: "a rename with an edit",
      path: "new/name.txt",
      wanted: { status: "renamed", previousPath: "old/name.txt", additions: 1, deletions: 1 },
    },
    {
      name: "a plain rename",
      path: "moved-whole.txt",
      wanted: { status: "renamed", previousPath: "moved.txt", additions: 0, patch: null },
    },
    {
      name: "a binary file",
      path: "picture.bin",
      wanted: { status: "modified", isBinary: true, additions: 0, patch: null },
    },
    {
      name: "a new mode",
      path: "script.sh",
      wanted: { status: "modified", mode: "100755", additions: 0, patch: null },
    },
    { name: "a file that became a link", path: "file-then-link", wanted: { status: "type_changed", mode: "120000" } },
    { name: "a new link", path: "link", wanted: { status: "added", mode: "120000", additions: 1 } },
    { name: "a submodule", path: "vendor/sub", wanted: { status: "added", mode: "160000" } },
    { name: "Windows line ends", path: "crlf.txt", wanted: { patch: "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r" } },
    { name: "an empty file", path: "empty.txt", wanted: { status: "added", additions: 0, patch: null } },
    {
      name: "no line end",
      path: "no-end.txt",
      wanted: { patch: "@@ -0,0 +1 @@\n+no line end\n\\ No newline at end of file" },
    },
    { name: "text that looks like a diff", path: "forged.txt", wanted: { additions: 3, deletions: 1 } },
    ...odd.map((path) => ({
      name: `the odd name ${JSON.stringify(path)}`,
      path,
      wanted: { status: "added", patch: "@@ -0,0 +1 @@\n+odd" },
    })),
  ])("reads $name", ({ path, wanted }) => {
    expect(file(path)).toMatchObject(wanted);
  });

  it("compares with where the sides parted, not with the base's tip", () => {
    expect(file("on-main.txt")).toBeUndefined();
    expect(change.snapshot.files).toHaveLength(13 + 1 + odd.length - 1);
  });

  it("reads texts of both sides; what is missing is null, what is no text or no file is left out", async () => {
    const { base, head } = await change.readContents([
      "edited.txt",
      "gone.txt",
      "picture.bin",
      "link",
      "vendor/sub",
      "nowhere",
      ...odd,
    ]);
    expect([base.get("edited.txt"), head.get("edited.txt")]).toEqual(["one\ntwo\nthree\n", "one\n2\nthree\n"]);
    expect([base.get("gone.txt"), head.get("gone.txt")]).toEqual(["gone\n", null]);
    expect([head.get("picture.bin"), head.get("link"), head.get("vendor/sub")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(head.get("nowhere")).toBeNull();
    for (const name of odd) expect(head.get(name)).toBe("odd\n");
  });

  it("names the branches and their tips", () => {
    expect(change.snapshot.base).toEqual({ ref: "main", sha: repository.git("rev-parse", "main") });
    expect(change.snapshot.head).toEqual({ ref: "feature", sha: repository.git("rev-parse", "feature") });
  });
});

describe("the commits of a range", () => {
  it("are oldest first, merges among them, with co-authors; each e-mail is one made-up account", async () => {
    const repository = aGitRepository();
    repository.commit({ a: "1\n" }, "first");
    repository.git("checkout", "--quiet", "-b", "feature");
    const second = repository.commit(
      { a: "2\n" },
      "feat!: second\n\nBody.\n\nCo-authored-by: Bob <bob@example.com>\nCo-authored-by: Eve <eve@example.com>",
    );
    repository.git("checkout", "--quiet", "main");
    repository.commit({ b: "1\n" }, "on main");
    repository.git("checkout", "--quiet", "feature");
    repository.git("merge", "--quiet", "--no-edit", "main");
    const { snapshot } = await readLocalChange(await readRange(repository.directory, env, "main", "feature"));
    expect(snapshot.commits.map((commit) => commit.parents.length)).toEqual([1, 2]);
    expect(snapshot.commits[0]).toMatchObject({
      sha: second,
      message: expect.stringMatching(/^feat!: second\n\nBody\./),
      author: { account: { id: -1, login: "maria@example.com" }, name: "Maria", email: "maria@example.com" },
      coAuthors: [
        { name: "Bob", email: "bob@example.com" },
        { name: "Eve", email: "eve@example.com" },
      ],
    });
    expect(snapshot.files.map((one) => one.path)).toEqual(["a"]);
    repository.remove();
  });

  it("of one commit give the title and the description, as on GitHub", async () => {
    const repository = aGitRepository();
    repository.commit({ a: "1\n" });
    repository.git("checkout", "--quiet", "-b", "feature");
    repository.commit({ a: "2\n" }, "Title\n\n## Rollback\nRevert it.");
    const { snapshot } = await readLocalChange(await readRange(repository.directory, env, "main", "HEAD"));
    expect(snapshot).toMatchObject({ title: "Title", body: "## Rollback\nRevert it." });
    repository.remove();
  });
});

describe("what cannot be read is said in one sentence", () => {
  let repository: GitRepository;
  beforeAll(() => {
    repository = aGitRepository();
    repository.commit({ a: "1\n" });
  });
  afterAll(() => repository.remove());

  const failure = (directory: string, base: string, head = "HEAD") =>
    readRange(directory, env, base, head).then(
      () => "no failure",
      (error: unknown) => (error instanceof GitError ? error.message : `no GitError: ${error}`),
    );

  it("a directory that is not there, a file, and a directory without a repository", async () => {
    const plain = mkdtempSync(join(tmpdir(), "holdpoint-plain-"));
    writeFileSync(join(plain, "file"), "");
    expect(await failure(join(plain, "nowhere"), "main")).toMatch(/^There is no directory /);
    expect(await failure(join(plain, "file"), "main")).toMatch(/ is not a directory\.$/);
    expect(await failure(plain, "main")).toMatch(/ is not a git repository\.$/);
    rmSync(plain, { recursive: true });
  });

  it.each(["nope", "--output=/tmp/x", "", "HEAD:a", "main..main"])("the revision %j", async (revision) => {
    expect(await failure(repository.directory, revision)).toMatch(/There is no commit|is not a revision/);
  });

  it("sides without a common history", async () => {
    repository.git("checkout", "--quiet", "--orphan", "island");
    repository.commit({ b: "1\n" });
    expect(await failure(repository.directory, "main", "island")).toBe(
      "main and island share no history here, so there is nothing to compare.",
    );
    repository.git("checkout", "--quiet", "main");
  });

  it("a shallow clone that lacks where the sides parted", async () => {
    repository.git("checkout", "--quiet", "-b", "long");
    repository.commit({ a: "2\n" });
    repository.git("checkout", "--quiet", "main");
    repository.commit({ c: "1\n" });
    const clone = mkdtempSync(join(tmpdir(), "holdpoint-shallow-"));
    execFileSync(
      "git",
      ["clone", "--quiet", "--depth=1", "--no-single-branch", `file://${repository.directory}`, clone],
      { env, stdio: "ignore" },
    );
    expect(await failure(clone, "origin/main", "origin/long")).toMatch(/share no history here.*git fetch --unshallow$/);
    rmSync(clone, { recursive: true });
  });
});

it("executes nothing that the repository or its settings name", async () => {
  const repository = aGitRepository();
  const witness = join(repository.directory, "..", `holdpoint-witness-${process.pid}`);
  repository.commit({ "a.txt": "1\n", ".gitattributes": "*.txt diff=evil filter=evil\n" });
  for (const key of [
    "diff.external",
    "diff.evil.command",
    "diff.evil.textconv",
    "core.fsmonitor",
    "core.pager",
    "filter.evil.smudge",
  ]) {
    repository.git("config", key, `touch ${witness};`);
  }
  writeFileSync(join(repository.directory, ".git/hooks/post-checkout"), `#!/bin/sh\ntouch ${witness}\n`, {
    mode: 0o755,
  });
  repository.git("-c", "core.fsmonitor=false", "-c", "filter.evil.smudge=", "update-ref", "refs/heads/base", "HEAD");
  writeFileSync(join(repository.directory, "a.txt"), "2\n");
  repository.git("-c", "core.fsmonitor=false", "commit", "--quiet", "-am", "second");
  rmSync(witness, { force: true });
  const change = await readLocalChange(await readRange(repository.directory, env, "base", "HEAD"));
  await change.readContents(["a.txt"]);
  expect(change.snapshot.files).toHaveLength(1);
  expect(existsSync(witness)).toBe(false);
  repository.remove();
});
