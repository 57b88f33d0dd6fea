import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { presets } from "../../../src/core/policy/presets/index.ts";
import { startSandbox } from "../../../src/sandbox/main.ts";
import { runCli, runCliHere } from "../../support/run-cli.ts";

let directory: string;
const policyPath = ".github/checkpoints.yml";
const templatePath = ".github/pull_request_template.md";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "holdpoint-init-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function holding(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

const read = (path: string) => readFileSync(join(directory, path), "utf8");
const init = (...args: string[]) => runCliHere(["init", "--dir", directory, ...args]);
const headings = () => [...read(templatePath).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);

/** Mistakes and warnings; a note says of a key that it has no effect yet. */
async function complaints(): Promise<unknown> {
  const { problems } = (await runCliHere(["validate", join(directory, policyPath), "--json"])).json();
  return (problems as { severity: string }[]).filter(({ severity }) => severity !== "note");
}

const everything = {
  ".git/config": '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:acme/api.git\n',
  CODEOWNERS: "* @lena\n",
  "src/a.ts": "",
  "src/b.ts": "",
  "src/c.go": "",
  "test/a.test.ts": "",
  "bench/a.ts": "",
  "db/migrations/0001.sql": "",
  Dockerfile: "",
  "infra/main.tf": "",
  ".github/workflows/ci.yml": "on: [pull_request]\njobs: { test: { steps: [{ run: npm test }] } }\n",
  ".github/workflows/scan.yml": "jobs: { scan: { steps: [{ uses: github/codeql-action/analyze@v3 }] } }\n",
  "node_modules/x/charts/a.py": "",
};

describe("holdpoint init", () => {
  it("writes a policy in which validate finds nothing, from the real command line", async () => {
    holding(everything);
    const ran = await runCli(["init"], { cwd: directory });
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toContain(`Wrote ${policyPath}.\nWrote ${templatePath}.\n\nNext:\n1. Read ${policyPath}`);
    const validated = await runCli(["validate", "--json"], { cwd: directory });
    expect(validated.exitCode).toBe(0);
    expect(validated.json()).toEqual({ valid: true, problems: [] });
  });

  it("fits the policy to what the repository holds", async () => {
    holding(everything);
    expect((await init("--json")).json()).toMatchObject({
      written: [policyPath, templatePath],
      kept: [],
      preset: null,
      found: {
        languages: ["TypeScript", "Dockerfile", "Go", "HCL"],
        hasCodeowners: true,
        hasTests: true,
        testWorkflows: [".github/workflows/ci.yml"],
        hasCodeScanning: true,
        hasBenchmarks: true,
        migrations: ["db/migrations/**"],
        infrastructure: ["**/*.tf", "**/Dockerfile*"],
        owner: "acme",
        template: null,
      },
    });
    const policy = read(policyPath);
    expect(policy).toMatch(/^# yaml-language-server: \$schema=\.\/checkpoints\.schema\.json\n/);
    expect(policy).toContain("senior_developer: { permission: maintain, codeowners: true }");
    expect(policy).toContain("criteria: [security_assessment, vulnerability_analysis]");
    expect(policy).toContain('changed_files: ["db/migrations/**"]');
    expect(policy).toContain("standard_functionality, well_tested]");
    expect(policy).toContain("{ teams: [acme/security] }");
    expect(headings()).toEqual(["What changes, and why", "Impact", "Migration", "Benchmarks", "Rollback"]);
  });

  it("asks little of a repository that holds next to nothing", async () => {
    holding({ "README.md": "# Notes\n" });
    expect((await init()).exitCode).toBe(0);
    expect(await complaints()).toEqual([]);
    expect(read(policyPath)).not.toMatch(/breaking_change:|well_tested|codeowners|performance_impact/);
    expect(headings()).toEqual(["What changes, and why"]);
  });

  it.each(Object.keys(presets))("builds on the preset %s, with a template that fits it", async (preset) => {
    holding(everything);
    expect(await init("--preset", preset)).toMatchObject({ exitCode: 0, stderr: "" });
    expect(read(policyPath)).toContain(`extends: [preset:${preset}]`);
    expect(await complaints()).toEqual([]);
    expect(headings()).toContain("Migration");
  });

  it("never overwrites: a second run changes nothing and says so", async () => {
    await init();
    const before = [read(policyPath), read(templatePath)];
    const again = await init();
    expect(again).toMatchObject({ exitCode: 2, stdout: "" });
    expect(again.stderr).toBe(`${policyPath} and ${templatePath} are there already. --force replaces them.\n`);
    expect([read(policyPath), read(templatePath)]).toEqual(before);
  });

  it("gives a policy that is there the template that fits it", async () => {
    const own = "checkpoints:\n  release:\n    criteria: [rollback_plan]\n";
    holding({ [policyPath]: own });
    expect((await init("--json")).json()).toMatchObject({ written: [templatePath], kept: [policyPath] });
    expect(read(policyPath)).toBe(own);
    expect(headings()).toEqual(["What changes, and why", "Rollback"]);
  });

  it("keeps a template that is there, wherever GitHub looks for it, and says what it lacks", async () => {
    holding({ "docs/PULL_REQUEST_TEMPLATE.md": "## Impact\n", "src/a.ts": "" });
    const ran = await init();
    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain("Kept docs/PULL_REQUEST_TEMPLATE.md.");
    expect(ran.stdout).toContain('1. Add to docs/PULL_REQUEST_TEMPLATE.md, which was kept, the sections "Migration".');
    expect(existsSync(join(directory, templatePath))).toBe(false);
  });

  it("replaces both with --force, the template where it stands", async () => {
    holding({ [policyPath]: "nonsense: true\n", "pull_request_template.md": "old\n" });
    expect((await init("--force", "--json")).json()).toMatchObject({
      written: [policyPath, "pull_request_template.md"],
      kept: [],
    });
    expect(await complaints()).toEqual([]);
    expect(read("pull_request_template.md")).toContain("## What changes");
  });

  it.each([
    { name: "an unknown preset", files: {}, args: ["--preset", "strict"], says: 'There is no preset "strict".' },
    {
      name: "a preset where a policy is",
      files: { [policyPath]: "version: 1\n" },
      args: ["--preset", "startup"],
      says: `${policyPath} is there already. --force replaces it.`,
    },
    {
      name: "a policy with mistakes",
      files: { [policyPath]: "checkpoints: 3\n" },
      args: [],
      says: `${policyPath} is there already and has mistakes: holdpoint validate names them.`,
    },
    { name: "a file where a folder should be", files: { ".github": "" }, args: [], says: "cannot be" },
  ])("refuses $name and writes nothing", async ({ files, args, says }) => {
    holding(files as Record<string, string>);
    const ran = await init(...args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain(says);
    expect(existsSync(join(directory, templatePath))).toBe(false);
  });

  it("maps roles to teams that GitHub is asked for, on request", async () => {
    const github = await startSandbox();
    onTestFinished(async () => {
      await github.stop();
      expect(github.violations).toEqual([]);
    });
    const acme = github.createOrganisation("acme", { olga: "admin" });
    for (const team of ["leads", "appsec", "sales"]) github.createTeam(acme, team, ["olga"]);
    holding(everything);
    const env = { GITHUB_TOKEN: github.tokenFor("olga"), GITHUB_API_URL: github.url };
    const ran = await runCliHere(["init", "--repo", directory, "--teams"], { env });
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(read(policyPath)).toContain("  technical_lead: { teams: [acme/leads] } # by its name\n");
    expect(read(policyPath)).toContain("  security_team: { teams: [acme/appsec] } # by its name\n");
    const without = await runCliHere(["init", "--repo", directory, "--teams", "--force"]);
    expect(without).toMatchObject({ exitCode: 2 });
    expect(without.stderr).toContain("set GITHUB_TOKEN");
  });

  it("shows on request what it would write, and writes nothing", async () => {
    holding({ "src/a.ts": "", [policyPath]: "mode: observe\n" });
    const ran = await init("--dry-run", "--force");
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ran.stdout).toContain("-mode: observe\n+# yaml-language-server");
    expect(ran.stdout).toContain(`${templatePath} (new)\n\n<!-- Leave out`);
    expect(ran.stdout).toContain(`Would write ${policyPath}.`);
    expect(read(policyPath)).toBe("mode: observe\n");
    expect(existsSync(join(directory, templatePath))).toBe(false);
    const json = (await init("--dry-run", "--force", "--json")).json();
    expect(json).toMatchObject({ written: [], planned: [{ path: policyPath }, { path: templatePath }] });
  });

  it("refuses a directory that is not there", async () => {
    const ran = await runCliHere(["init", "--dir", join(directory, "nowhere")]);
    expect(ran).toMatchObject({ exitCode: 2, stderr: `${join(directory, "nowhere")} is not a directory.\n` });
  });

  it("does not follow links out of the repository", async () => {
    symlinkSync("/", join(directory, "root"));
    expect((await init("--json")).json()).toMatchObject({ found: { languages: [] } });
  });
});
