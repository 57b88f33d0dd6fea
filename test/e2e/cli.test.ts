import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitRepository, type GitRepository } from "../support/git-repository.ts";
import { runCli, runCliHere } from "../support/run-cli.ts";

const policy = `classification:
  security: { paths: ["src/auth/**"] }
approval_workflows:
  automatic:
    criteria: [documentation_only]
    process: automated_approval
  peer_review:
    approver: peer
checkpoints:
  security_review:
    approver: security_team
    trigger: security_related_change
`;

const root = fileURLToPath(new URL("../..", import.meta.url));
let repository: GitRepository;
let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "holdpoint-cli-"));
  repository = aGitRepository();
  repository.commit({
    ".github/checkpoints.yml": policy,
    "README.md": "# Hello\n",
    "src/auth/login.ts": "export function login(name: string) {\n  return name;\n}\n",
    "src/sum.ts": "export const sum = (a: number, b: number) => a + b;\n",
  });
  const branch = (name: string, files: Parameters<GitRepository["commit"]>[0], message: string) => {
    repository.git("checkout", "--quiet", "-b", name, "main");
    repository.commit(files, message);
  };
  branch("docs", { "README.md": "# Hello, world\n" }, "docs: greet everybody");
  branch("small", { "src/sum.ts": "export const sum = (a: number, b: number) => b + a;\n" }, "refactor: sum");
  branch(
    "login",
    { "src/auth/login.ts": "export function login(name: string) {\n  return name.trim();\n}\n" },
    "fix: login",
  );
  branch(
    "loosen",
    { ".github/checkpoints.yml": "approval_workflows: { automatic: { process: automated_approval } }\n" },
    "loosen",
  );
  branch("broken", { ".github/checkpoints.yml": "checkpoints: { a: { timeout: soon } }\n" }, "break the policy");
  branch("bare", { ".github/checkpoints.yml": null }, "no policy");
  repository.git("checkout", "--quiet", "main");
});

afterAll(() => {
  repository.remove();
  rmSync(scratch, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(scratch, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("holdpoint check", () => {
  const check = (head: string, ...more: string[]) =>
    runCli(["check", "--repo", repository.directory, "--base", "main", "--head", head, ...more]);

  it("lets a change of documentation pass by itself", async () => {
    const ran = await check("docs", "--json");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.json()).toMatchObject({
      verdict: "open",
      workflow: "automatic",
      kinds: ["documentation_only"],
      risk: "low",
      classes: {
        breaking_change: { present: false },
        security: { present: false },
        size: {},
        architecture: { present: false },
        performance: { present: false },
      },
      checkpoints: [{ name: "security_review", applies: false, state: "not_needed" }],
      base: { ref: "main" },
      head: { ref: "docs" },
    });
  });

  it("holds a small change for a peer, in words", async () => {
    const { exitCode, stdout } = await check("small");
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^● Waiting for peer \(1 of 1\)\n/);
    expect(stdout).toContain("anyone with write permission (peer)");
    expect(stdout).not.toContain("\u001b[");
  });

  it("holds a change of the login for security, too", async () => {
    const ran = await check("login", "--json");
    expect(ran.exitCode).toBe(1);
    expect(ran.json()).toMatchObject({
      verdict: "held",
      classes: { security: { present: true } },
      checkpoints: [{ name: "security_review", applies: true, state: "waiting" }],
    });
  });

  it("judges by the base's policy: a change cannot loosen its own gate", async () => {
    const { exitCode, stdout } = await check("loosen");
    expect(exitCode).toBe(1);
    expect(stdout).toContain(
      "This change edits the policy .github/checkpoints.yml; it is judged by the policy on main",
    );
  });

  it("judges by the policy that is named, also from standard input", async () => {
    const automatic = "approval_workflows: { automatic: { process: automated_approval } }\n";
    expect((await check("small", "--policy", file("automatic.yml", automatic))).exitCode).toBe(0);
    const args = ["check", "--repo", repository.directory, "--base", "main", "--head", "small", "--policy", "-"];
    expect((await runCli(args, { input: automatic })).exitCode).toBe(0);
  });

  it("holds where a rule asks who wrote it: a clone does not know which account an e-mail belongs to", async () => {
    const held = `approval_workflows: { automatic: { process: automated_approval } }
checkpoints:
  outsiders: { when: { none: [{ author: { users: [lena] } }] }, approver: peer }
  newcomers: { when: { author: { users: [nils] } }, approver: peer }
`;
    const { exitCode, stdout } = await check("small", "--policy", file("authors.yml", held));
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/● outsiders[\s\S]*● newcomers/);
  });

  it("finds nothing to hold where base and head are one commit, and never opens by it", async () => {
    expect((await check("main")).exitCode).toBe(1);
  });

  it.each([
    {
      name: "no such revision",
      args: ["--base", "nope"],
      exitCode: 3,
      says: /^There is no commit "nope" in this repository\.\n$/,
    },
    {
      name: "no repository",
      args: ["--base", "main", "--repo", tmpdir()],
      exitCode: 3,
      says: /is not a git repository\.\n$/,
    },
    {
      name: "no directory",
      args: ["--base", "main", "--repo", "/nowhere"],
      exitCode: 3,
      says: /^There is no directory \/nowhere\.\n$/,
    },
    { name: "no base", args: [], exitCode: 2, says: /^required option '--base <rev>' not specified\n$/ },
    {
      name: "an unknown option",
      args: ["--base", "main", "--haed", "x"],
      exitCode: 2,
      says: /^unknown option '--haed'\n\(Did you mean --head\?\)\n$/,
    },
    {
      name: "no policy at the base",
      args: ["--base", "bare"],
      exitCode: 2,
      says: /^There is no \.github\/checkpoints\.yml at bare\. Name a policy with --policy FILE\.\n$/,
    },
    {
      name: "no policy file",
      args: ["--base", "main", "--policy", "nope.yml"],
      exitCode: 2,
      says: /^There is no file nope\.yml\.\n$/,
    },
  ])("$name: exit $exitCode and one sentence", async ({ args, exitCode, says }) => {
    const ran = await runCliHere(["check", "--repo", repository.directory, ...args]);
    expect(ran).toMatchObject({ exitCode, stdout: "" });
    expect(ran.stderr).toMatch(says);
  });

  it("refuses a broken policy with its line", async () => {
    const ran = await runCliHere(["check", "--repo", repository.directory, "--base", "broken", "--head", "small"]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toMatch(
      /\.github\/checkpoints\.yml:1:\d+ checkpoints\.a\.timeout error HP-P09: "soon" is not a duration/,
    );
    expect(ran.stdout).toContain("> 1 | checkpoints: { a: { timeout: soon } }");
  });
});

describe("holdpoint simulate", () => {
  const simulate = (description: unknown, ...more: string[]) =>
    runCliHere([
      "simulate",
      "--policy",
      file("policy.yml", policy),
      "--pull-request",
      file("pr.json", description),
      ...more,
    ]);
  const described = {
    author: "maria",
    base: "main",
    head: "feature",
    repository: "acme/api",
    files: [{ path: "src/auth/login.ts", base: "export const a = 1;\n", head: "export const a = 2;\n" }],
    teams: { "acme/security": ["sam"] },
    permissions: { maria: "write", bob: "write", sam: "write" },
  };
  const by = (...users: string[]) => users.map((user) => ({ user, state: "approved" }));

  it("holds until the right people have approved", async () => {
    const held = await simulate({ ...described, reviews: by("bob") }, "--json");
    expect(held.exitCode).toBe(1);
    expect(held.json()).toMatchObject({ verdict: "held", fastest_way: ["sam"] });
    expect((await simulate({ ...described, reviews: by("maria", "bob") })).exitCode).toBe(1);
    const paths = [
      "--policy",
      file("policy.yml", policy),
      "--pull-request",
      file("pr.json", { ...described, reviews: by("bob", "sam") }),
    ];
    const open = await runCli(["simulate", ...paths]);
    expect(open).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✓ Approved: peer review by @bob and @sam\n/),
    });
  });

  it("keeps an approval over a push that changed nothing, and drops it over one that did", async () => {
    const docs = {
      ...described,
      files: ["src/sum.ts"],
      reviews: [{ user: "bob", state: "approved", head_at_submission: "older" }],
    };
    expect((await simulate(docs)).exitCode).toBe(1);
    const same = { heads: [{ sha: "older", first_seen_at: "2026-11-20T10:00:00Z", same_change: true }] };
    expect((await simulate({ ...docs, ...same })).exitCode).toBe(0);
  });

  it("never opens on what could not be read whole", async () => {
    const ran = await simulate({ ...described, incomplete: ["files"], reviews: by("bob", "sam") }, "--json");
    expect(ran.exitCode).toBe(1);
    expect(ran.json()).toMatchObject({ verdict: "held", state: "error" });
  });

  it("says everything that is wrong with the description and the policy", async () => {
    const ran = await runCliHere([
      "simulate",
      "--policy",
      file("bad.yml", "checkpoints: { a: { aprover: peer } }\n"),
      "--pull-request",
      file("bad.json", { author: "maria", base: "main", titel: "x" }),
    ]);
    expect(ran.exitCode).toBe(2);
    for (const says of [
      "`titel` is not a key of the description",
      "`head` is missing",
      "write `approver`",
      "3 mistakes.",
    ])
      expect(ran.stdout).toContain(says);
  });

  it("says mistakes as JSON, too", async () => {
    const ran = await simulate("{", "--json");
    expect(ran.exitCode).toBe(2);
    expect(ran.json()).toMatchObject({ valid: false, problems: [{ code: "HP-D01", severity: "error" }] });
  });
});

describe("holdpoint validate", () => {
  it("looks at the repository's own policy", async () => {
    const ran = await runCli(["validate"], { cwd: repository.directory });
    expect(ran).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/\.github\/checkpoints\.yml is valid\.\n$/),
    });
  });

  it("shows every mistake in its line and suggests the key that was meant", async () => {
    const ran = await runCliHere(["validate", "-"], {
      input: "checkpoints:\n  a:\n    aprover: peer\n    timeout: 2 dayz\n",
    });
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain("standard input:3:5");
    expect(ran.stdout).toContain("> 3 |     aprover: peer\n    |     ^");
    expect(ran.stdout).toContain("write `2 days`");
    expect(ran.stdout).toMatch(/2 mistakes\.\n$/);
  });

  it("tells programs the same", async () => {
    const ran = await runCliHere(["validate", "-", "--json"], { input: "mode: loose\n" });
    expect(ran.exitCode).toBe(2);
    expect(ran.json()).toMatchObject({ valid: false, problems: [{ severity: "error", line: 1, key: "mode" }] });
  });

  it("refuses a policy that is far too large without reading on", async () => {
    const ran = await runCliHere(["validate", file("huge.yml", `# ${"x".repeat(200_000)}\n`)]);
    expect(ran.exitCode).toBe(2);
  });
});

describe("help and mistakes", () => {
  it("says nothing more when its reader leaves early, and keeps its exit code", async () => {
    const script = `"${process.execPath}" bin/holdpoint.mjs --help; echo "exit $?" >&2`;
    const child = spawn("sh", ["-c", `(${script}) | true`], { cwd: root, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
    await once(child, "close");
    expect(said).toBe("exit 0\n");
  });

  it.each([["--help"], ["check", "--help"], ["help", "simulate"], ["validate", "--help"]])(
    "%s %s explains itself",
    async (...args) => {
      const ran = await runCliHere(args.filter((arg) => arg !== undefined));
      expect(ran).toMatchObject({ exitCode: 0, stderr: "", stdout: expect.stringMatching(/Usage: holdpoint/) });
    },
  );

  it.each([
    { name: "nothing", args: [], says: /Usage: holdpoint/ },
    { name: "a misspelt command", args: ["chekc"], says: /^unknown command 'chekc'\n\(Did you mean check\?\)\n$/ },
    { name: "too many arguments", args: ["check", "--base", "main", "a"], says: /^too many arguments/ },
  ])("$name: exit 2", async ({ args, says }) => {
    const ran = await runCli(args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).not.toMatch(/\n\s+at /);
  });
});
