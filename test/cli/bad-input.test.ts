/** Clones as people and workflows have them: what cannot be judged is told in a sentence, and what looks odd but can be is judged. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitRepository, type GitRepository } from "../support/git-repository.ts";
import { runCliHere } from "../support/run-cli.ts";

let origin: GitRepository;
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "holdpoint-clones-"));
  origin = aGitRepository();
  origin.git("config", "uploadpack.allowFilter", "true");
  for (const text of ["1", "2", "3"]) origin.commit({ ".github/checkpoints.yml": "version: 1\n", "a.txt": text });
  origin.git("checkout", "--quiet", "-b", "feature");
  origin.commit({ "a.txt": "4" });
  origin.git("checkout", "--quiet", "main");
  origin.commit({ "b.txt": "5" });
  origin.git("checkout", "--quiet", "--orphan", "alone");
  origin.commit({ "c.txt": "6" });
  origin.git("checkout", "--quiet", "main");
  const url = `file://${origin.directory}`;
  clone("shallow", "--depth=1", "--no-single-branch", url);
  clone("bare", "--bare", url);
  clone("partial", "--filter=blob:none", "--no-checkout", url);
  clone("detached", url);
  git("detached", "checkout", "--quiet", "--detach", "origin/feature");
  git("detached", "branch", "--quiet", "--delete", "--force", "main");
  clone("modules", url);
  git("modules", "checkout", "--quiet", "-b", "with-module");
  git("modules", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "lib");
  git("modules", "commit", "--quiet", "-m", "add a module");
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", "empty"], { cwd: place });
  mkdirSync(join(place, "plain"));
  writeFileSync(join(place, "plain", "file"), "");
});
afterAll(() => {
  origin.remove();
  rmSync(place, { recursive: true });
});

function clone(name: string, ...args: string[]): void {
  execFileSync("git", ["clone", "--quiet", ...args, name], { cwd: place, stdio: ["ignore", "pipe", "pipe"] });
}

function git(name: string, ...args: string[]): void {
  const person = ["-c", "user.name=maria", "-c", "user.email=maria@example.com"];
  execFileSync("git", [...person, ...args], { cwd: join(place, name), stdio: ["ignore", "pipe", "pipe"] });
}

const check = (repo: string, ...args: string[]) => runCliHere(["check", "--repo", join(place, repo), ...args]);

describe("what cannot be judged", () => {
  it.each([
    {
      name: "a shallow clone without where the sides parted",
      repo: "shallow",
      args: ["--base", "origin/main", "--head", "origin/feature"],
      says: /share no history here.*`fetch-depth: 0`.*git fetch --unshallow\n$/,
    },
    {
      name: "a commit that a shallow clone lacks",
      repo: "shallow",
      args: ["--base", "HEAD~2"],
      says: /There is no commit "HEAD~2".*git fetch --unshallow\n$/,
    },
    {
      name: "a partial clone",
      repo: "partial",
      args: ["--base", "origin/main", "--head", "origin/feature"],
      says: /partial and lacks contents of files.*git fetch --refetch --no-filter\n$/,
    },
    {
      name: "a branch that only the remote has",
      repo: "detached",
      args: ["--base", "main"],
      says: /^There is no commit "main" in this repository\. There is origin\/main\.\n$/,
    },
    {
      name: "no merge base",
      repo: "bare",
      args: ["--base", "main", "--head", "alone"],
      says: /^main and alone share no history here, so there is nothing to compare\.\n$/,
    },
    { name: "no commits", repo: "empty", args: ["--base", "main"], says: /It has no commits yet\.\n$/ },
    { name: "no repository", repo: "plain", args: ["--base", "main"], says: /plain is not a git repository\.\n$/ },
    { name: "a file", repo: "plain/file", args: ["--base", "main"], says: /is not a directory\.\n$/ },
    { name: "nothing there", repo: "nowhere", args: ["--base", "main"], says: /^There is no directory / },
    {
      name: "a revision that looks like an option",
      repo: "bare",
      args: ["--base=--output=/tmp/x"],
      says: /^"--output=\/tmp\/x" is not a revision\.\n$/,
    },
    { name: "an empty revision", repo: "bare", args: ["--base", ""], says: /^"" is not a revision\.\n$/ },
    { name: "a file's name", repo: "bare", args: ["--base", "main:a.txt"], says: /^There is no commit "main:a\.txt"/ },
    { name: "a range", repo: "bare", args: ["--base", "main..feature"], says: /^There is no commit "main\.\.feature"/ },
  ])("$name → exit 3", async ({ repo, args, says }) => {
    const ran = await check(repo, ...args);
    expect(ran).toMatchObject({ exitCode: 3, stdout: "" });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr.split("\n").length).toBe(2);
  });

  it("a base without a policy → exit 2", async () => {
    const base = origin.git("commit-tree", "-m", "nothing", origin.git("hash-object", "-w", "-t", "tree", "/dev/null"));
    const ran = await runCliHere(["check", "--repo", origin.directory, "--base", base, "--head", base]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain("Name a policy with --policy FILE.");
  });
});

describe("what can", () => {
  it.each([
    { name: "a bare repository", repo: "bare", args: ["--base", "main", "--head", "feature"], files: 1 },
    { name: "a detached head", repo: "detached", args: ["--base", "origin/main"], files: 1 },
    {
      name: "branches of the remote",
      repo: "modules",
      args: ["--base", "origin/main", "--head", "origin/feature"],
      files: 1,
    },
    { name: "a submodule that is added", repo: "modules", args: ["--base", "main"], files: 2 },
    { name: "a change of nothing", repo: "bare", args: ["--base", "main", "--head", "main"], files: 0 },
    { name: "a head that is behind", repo: "bare", args: ["--base", "main", "--head", "main~1"], files: 0 },
  ])("$name", async ({ repo, args, files }) => {
    const ran = await check(repo, ...args, "--json");
    expect(ran).toMatchObject({ exitCode: 1, stderr: "" });
    expect(ran.json()).toMatchObject({ verdict: "held", size: { files } });
  });
});
