import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aGitRepository, type GitRepository } from "../../support/git-repository.ts";
import { runCliHere } from "../../support/run-cli.ts";

const policy = `version: 1
roles:
  lead: { users: [lena] }
checkpoints:
  breaking_change:
    trigger: api_modification
    approver: lead
    criteria: [migration_strategy]
  outside:
    when: { fork: true }
    approver: lead
approval_workflows:
  automatic:
    scope: documentation
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    scope: everything else
    approver: peer
    approvals: 1
`;
const manifest = JSON.stringify({ name: "api", version: "1.0.0", main: "index.js" });
const source =
  'export function greet(name) {\n  return "Good morning, " + name;\n}\n\nexport function part() {\n  return "See you tomorrow";\n}\n';

// Each run starts a process that loads all there is; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let repository: GitRepository;
const run = (...args: string[]) => runCliHere(["backtest", "--repo", repository.directory, ...args]);

/** Of the JSON, one line for each change. */
async function changesOf(...args: string[]) {
  const ran = await run(...args, "--json");
  expect(ran.stderr).toBe("");
  const { changes } = ran.json() as { changes: { id: string; answer: string; author: string }[] };
  return changes;
}

beforeAll(() => {
  repository = aGitRepository();
  const { commit, git } = repository;
  git("remote", "add", "origin", "https://github.com/acme/api.git");
  commit(
    { "package.json": manifest, "index.js": source, "README.md": "# API\n", ".github/checkpoints.yml": policy },
    "begin",
  );
  commit({ "README.md": "# The API\n" }, "docs: say its name (#1)");
  commit(
    { "index.js": source.replace("morning", "evening") },
    "feat: greet in the evening (#2)\n\nCo-authored-by: Sam <7+sam@users.noreply.github.com>",
  );
  commit({ "index.js": source }, 'Revert "feat: greet in the evening (#2)" (#3)\n\nReverts acme/api#2');
  git("checkout", "--quiet", "-b", "remove-part");
  commit({ "index.js": source.slice(0, source.indexOf("\nexport function part")) }, "remove part");
  git("checkout", "--quiet", "main");
  commit({ "notes.txt": "pushed\n" }, "pushed to the branch");
  git(
    "merge",
    "--quiet",
    "--no-ff",
    "-m",
    "Merge pull request #4 from stranger/remove-part\n\nRemove part",
    "remove-part",
  );
  commit(
    { "index.js": 'export function greet(name) {\n  return "Good morning, dear " + name;\n}\n' },
    "fix: greet politely, since #4 (#5)",
  );
});
afterAll(() => repository.remove());

describe("a clone", () => {
  it("is replayed by its merges and squashed pull requests", async () => {
    const changes = await changesOf();
    expect(changes).toMatchObject([
      { id: "#1", title: "docs: say its name", answer: "opens", workflow: "automatic", author: "Maria" },
      { id: "#2", answer: "waits", workflow: "peer_review", seats: [{ roles: ["peer"], count: 1 }] },
      { id: "#3", answer: "waits" },
      { id: "#4", title: "Remove part", answer: "waits", asks: ["migration_strategy"] },
      { id: "#5", answer: "waits" },
    ]);
    expect(changes[1]).toMatchObject({ fate: { reverted_by: { id: "#3" } } });
    expect(changes[3]).toMatchObject({
      held_by: [
        { name: "peer_review", line: 17 },
        { name: "breaking_change", line: 5 },
        { name: "outside", line: 9 },
      ],
      seats: [
        { roles: ["peer"], count: 1 },
        { roles: ["lead"], count: 1 },
      ],
      people: 1,
      fate: { fixed_by: { id: "#5", tie: "named" } },
    });
  });

  it("is told in a terminal, with what was passed over and taken for granted", async () => {
    const { stdout, stderr, exitCode } = await run();
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    expect(stdout).toContain(".github/checkpoints.yml, replayed over acme/api main");
    expect(stdout).toContain("5 merged changes");
    expect(stdout).toContain("1 commit without a pull request's number was passed over");
    expect(stdout).toContain("A clone knows no reviews");
  });

  it("counts every commit where that is asked for", async () => {
    const changes = await changesOf("--commits");
    expect(changes).toHaveLength(6);
    expect(changes[3]).toMatchObject({ title: "pushed to the branch", id: expect.stringMatching(/^[0-9a-f]{10}$/) });
  });

  it("may be bare, or stand at no branch", async () => {
    const bare = join(repository.directory, "bare.git");
    repository.git("clone", "--quiet", "--bare", ".", bare);
    const ran = await runCliHere(["backtest", "--repo", bare, "--json"]);
    expect((ran.json() as { changes: unknown[] }).changes).toHaveLength(5);
    const detached = join(repository.directory, "detached");
    repository.git("clone", "--quiet", ".", detached);
    execFileSync("git", ["-C", detached, "checkout", "--quiet", "HEAD~1"]);
    const again = await runCliHere(["backtest", "--repo", detached, "--json"]);
    expect((again.json() as { changes: unknown[] }).changes).toHaveLength(5);
  });

  it("gives the same answer twice", async () => {
    expect((await run("--json")).stdout).toBe((await run("--json")).stdout);
  });
});

describe("two policies", () => {
  it("are compared change by change", async () => {
    const file = join(repository.directory, "lighter.yml");
    writeFileSync(
      file,
      "version: 1\napproval_workflows:\n  automatic:\n    scope: all\n    process: automated_approval\n",
    );
    const ran = await run("--policy", file, "--against", "HEAD", "--json");
    const { against, policy: name } = ran.json() as { policy: string; against: Record<string, unknown> };
    expect(name).toBe(file);
    expect(against).toMatchObject({
      policy: ".github/checkpoints.yml at HEAD",
      differences: { opens_now: 4, same: 1 },
      approvals: { before: 5, after: 0 },
    });
  });

  it("do not differ when they are the same one", async () => {
    const ran = await run("--against", "main", "--json");
    const { against } = ran.json() as { against: { differences: Record<string, number>; changes: unknown[] } };
    expect(against.differences.same).toBe(5);
    expect(against.changes).toEqual([]);
  });

  it("may be presets", async () => {
    const { stdout } = await run("--policy", "preset:regulated", "--against", "preset:startup");
    expect(stdout).toContain("Against preset:startup");
    expect(stdout).toContain("need more people");
  });
});

it("writes the page that --html names, beside what it prints", async () => {
  const file = join(repository.directory, "report.html");
  const { stdout } = await run("--html", file);
  expect(stdout).toContain(`The whole report is in ${file}.`);
  const page = readFileSync(file, "utf8");
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain("Remove part");
});

describe("refuses by name", () => {
  it.each([
    { name: "a folder that is no repository", args: ["--repo", "/"], exitCode: 3, says: "is not a git repository" },
    {
      name: "a branch that is not there",
      args: ["--branch", "nowhere"],
      exitCode: 3,
      says: 'There is no commit "nowhere"',
    },
    {
      name: "a policy that is not there",
      args: ["--policy", "nothing.yml"],
      exitCode: 2,
      says: "There is no file and no revision nothing.yml",
    },
    {
      name: "a preset that is not there",
      args: ["--policy", "preset:nothing"],
      exitCode: 2,
      says: "there is startup, regulated, open-source",
    },
    {
      name: "a time in which nothing was merged",
      args: ["--until", "2001-01-01"],
      exitCode: 3,
      says: "Nothing was merged into main in that time",
    },
    { name: "a count that is none", args: ["--last", "many"], exitCode: 2, says: "It is a number from 1" },
    {
      name: "a day that is none",
      args: ["--since", "yesterday"],
      exitCode: 2,
      says: "It is a day, 2026-01-31, or a duration",
    },
    {
      name: "a page that cannot be written",
      args: ["--html", "/nowhere/report.html"],
      exitCode: 2,
      says: "cannot be written: ENOENT",
    },
  ])("$name", async ({ args, exitCode, says }) => {
    const ran = await run(...args);
    expect(ran.stderr).toContain(says);
    expect(ran.exitCode).toBe(exitCode);
  });

  it("a policy that is broken, or was at that commit, with its line", async () => {
    const file = join(repository.directory, "broken.yml");
    writeFileSync(file, "version: 1\ncheckpoints:\n  a: { when: { labels: [x] }, approvr: peer }\n");
    const ran = await run("--against", file);
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain("broken.yml:3");
  });

  it("a repository without a policy, and says which there are", async () => {
    const other = aGitRepository();
    other.commit({ "a.txt": "a\n" }, "begin");
    other.commit({ "a.txt": "b\n" }, "change (#1)");
    const ran = await runCliHere(["backtest", "--repo", other.directory]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(
      "There is no .github/checkpoints.yml at main. Name a policy with --policy: a file, or preset:startup",
    );
    other.remove();
  });

  it("a history without merges and numbers, and says how to count commits", async () => {
    const other = aGitRepository();
    other.commit({ "a.txt": "a\n" }, "begin");
    other.commit({ "a.txt": "b\n" }, "change");
    const ran = await runCliHere(["backtest", "--repo", other.directory, "--policy", "preset:startup"]);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("To count every commit as a change, add --commits.");
    other.remove();
  });

  it("a shallow clone that holds nothing, and says how to deepen it; with something, notes it", async () => {
    const shallow = join(repository.directory, "shallow");
    const cloned = (depth: number, branch: string, folder: string) =>
      execFileSync(
        "git",
        ["clone", "--quiet", `--depth=${depth}`, "--branch", branch, `file://${repository.directory}`, folder],
        { stdio: "pipe" },
      );
    cloned(1, "main", shallow);
    const nothing = await runCliHere(["backtest", "--repo", shallow]);
    expect(nothing.exitCode).toBe(3);
    expect(nothing.stderr).toContain("git fetch --unshallow");
    const deeper = join(repository.directory, "deeper");
    cloned(3, "main", deeper);
    const some = await runCliHere(["backtest", "--repo", deeper]);
    expect(some.exitCode).toBe(0);
    expect(some.stdout.replace(/\s+/g, " ")).toContain("git fetch --unshallow");
  });

  it("a partial clone, which lacks the files of older commits", async () => {
    const partial = join(repository.directory, "partial");
    execFileSync("git", ["clone", "--quiet", "--filter=blob:none", `file://${repository.directory}`, partial], {
      stdio: "pipe",
    });
    const ran = await runCliHere(["backtest", "--repo", partial]);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("This clone is partial");
  });
});
