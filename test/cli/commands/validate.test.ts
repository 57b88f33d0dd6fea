import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startSandbox } from "../../../src/sandbox/main.ts";
import { runCliHere } from "../../support/run-cli.ts";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "holdpoint-validate-"));
});
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

describe("holdpoint validate", () => {
  it("looks at several files, each told by its name", async () => {
    const files = [file("good.yml", "version: 1\n"), file("bad.yml", "mode: loose\n")];
    const ran = await runCliHere(["validate", ...files]);
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toContain(`${files[0]} is valid.`);
    expect(ran.stdout).toContain(`${files[1]}:1:7`);
    const json = (await runCliHere(["validate", ...files, "--json"])).json();
    expect(json).toMatchObject({
      valid: false,
      files: [
        { file: files[0], valid: true },
        { file: files[1], valid: false, problems: [{ line: 1 }] },
      ],
    });
    expect((await runCliHere(["validate", files[0] ?? "", files[0] ?? ""])).exitCode).toBe(0);
  });

  it("writes annotations for workflows, a line each", async () => {
    const ran = await runCliHere(["validate", "-", "--format", "github"], {
      input: "checkpoints:\n  a:\n    timeout: 100% dayz, or\n    aprover: peer\n",
    });
    expect(ran.exitCode).toBe(2);
    const lines = ran.stdout.trimEnd().split("\n");
    expect(lines.length).toBe(2);
    for (const line of lines)
      expect(line).toMatch(/^::error file=standard input,line=\d,col=\d+,title=HP-P\d\d::[^:%]/);
    expect(ran.stdout).toContain("100%25 dayz");
  });

  it.each([
    { name: "standard input twice", args: ["-", "-"], says: "only once" },
    { name: "roles of several policies", args: ["a", "b", "--roles"], says: "one policy at a time" },
    { name: "roles without a token", args: ["-", "--roles"], says: "set GITHUB_TOKEN" },
    { name: "an unknown form", args: ["-", "--format", "xml"], says: "Allowed choices are text, github." },
    { name: "a file that is not there", args: ["nope.yml"], says: "There is no file nope.yml." },
  ])("refuses $name", async ({ args, says }) => {
    const ran = await runCliHere(["validate", ...args], { input: "version: 1\n" });
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain(says);
  });

  it("refuses a repository that is not named as one", async () => {
    const args = ["validate", "-", "--roles", "--repository", "acme"];
    const ran = await runCliHere(args, { input: "version: 1\n", env: { GITHUB_TOKEN: "x" } });
    expect(ran).toMatchObject({ exitCode: 2, stderr: '"acme" is no repository: write owner/name.\n' });
  });
});

describe("who holds the roles", () => {
  async function acme() {
    const github = await startSandbox();
    onTestFinished(async () => {
      await github.stop();
      expect(github.violations).toEqual([]);
    });
    const members = { olga: "admin", maria: "member", bob: "member", sam: "member" } as const;
    const org = github.createOrganisation("acme", members);
    org.basePermission = "write";
    github.createRepository(org, "api", { files: { "README.md": "# api\n" } });
    github.createTeam(org, "leads", ["maria", "bob"]);
    github.createTeam(org, "security", ["sam"]);
    const env = { GITHUB_TOKEN: github.tokenFor("olga"), GITHUB_API_URL: github.url };
    const validate = (policy: string, ...more: string[]) =>
      runCliHere(["validate", "-", "--roles", "--repository", "acme/api", ...more], { input: policy, env });
    return { github, env, validate };
  }

  it("tells what each role means, and who that is", async () => {
    const { validate } = await acme();
    const ran = await validate(
      `roles:
  technical_lead: { teams: [acme/leads], users: [olga] }
checkpoints:
  breaking_change: { approver: technical_lead }
  security_review: { trigger: security_related_change }
`,
    );
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toMatch(/technical_lead +the team acme\/leads and olga: 3 people \(bob, maria, olga\)\n/);
    expect(ran.stdout).toMatch(/security_team +the team acme\/security \(not mapped\): 1 person \(sam\)\n/);
    expect(ran.stdout).toMatch(/peer +everybody with write permission \(built in\): 4 people/);
    expect(ran.stdout).toContain(
      "● checkpoint security_review asks for 1 of security_team, who is one person: whoever of them is the author cannot count\n",
    );
  });

  it("names seats that nobody can fill, and a team that is not there", async () => {
    const { validate } = await acme();
    const policy = `roles:
  board: { teams: [acme/board] }
checkpoints:
  release: { approver: board }
  audit: { approvals: { security_team: 2 } }
`;
    const ran = await validate(policy);
    expect(ran.exitCode).toBe(2);
    expect(ran.stdout).toMatch(
      /board +the team acme\/board: nobody; there is no team acme\/board that this token may see\n/,
    );
    expect(ran.stdout).toContain(
      "✗ checkpoint release asks for 1 of board, who are nobody: it can never be released\n",
    );
    expect(ran.stdout).toContain("✗ checkpoint audit asks for 2 of security_team, who is one person:");
    const json = (await validate(policy, "--json")).json();
    expect(json).toMatchObject({
      valid: true,
      roles: expect.arrayContaining([expect.objectContaining({ role: "board", people: [] })]),
      seats: expect.arrayContaining([
        { of: "checkpoint release", line: 4, roles: ["board"], needed: 1, people: 0, outlook: "never" },
      ]),
    });
  });

  it("does not count owners of code, who differ from change to change", async () => {
    const { validate } = await acme();
    const ran = await validate("checkpoints: { a: { approver: code_owner } }\n");
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/code_owner +code owners \(built in\); who owns the files/);
    expect(ran.stdout).not.toContain("checkpoint a asks");
  });

  it("says what GitHub refused", async () => {
    const { env } = await acme();
    const args = ["validate", "-", "--roles", "--repository", "acme/nothing"];
    const ran = await runCliHere(args, { input: "version: 1\n", env });
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toMatch(/^GitHub does not show it to this token, or there is no such thing \(GET /);
    const other = await runCliHere(args, { input: "version: 1\n", env: { ...env, GITHUB_TOKEN: "ghp_unknown" } });
    expect(other.exitCode).toBe(3);
    expect(other.stderr).toContain("GitHub does not know this token");
  });
});
