import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitRepository, type GitRepository } from "../../support/git-repository.ts";
import { runCliHere } from "../../support/run-cli.ts";

let repository: GitRepository;
const secret = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");

beforeAll(() => {
  repository = aGitRepository();
  repository.commit({
    ".github/checkpoints.yml": "checkpoints: { breaking_change: { approver: technical_lead } }\n",
    "package.json": '{ "name": "list", "version": "1.0.0", "exports": "./dist/list.js" }\n',
    "src/list.ts": `export const list = [];\n// kept for old users\nexport const old = "${secret}";\n`,
  });
  repository.git("checkout", "--quiet", "-b", "tidy", "main");
  repository.commit({ "src/list.ts": "export const list = [];\n" }, "tidy up");
});
afterAll(() => repository.remove());

const range = () => ["--repo", repository.directory, "--base", "main", "--head", "tidy"];

async function idOf(rule: string): Promise<string> {
  const { classes } = (await runCliHere(["check", ...range(), "--json"])).json() as {
    classes: Record<string, { findings: { rule: string; id: string }[] }>;
  };
  const found = Object.values(classes).flatMap(({ findings }) => findings);
  return found.find((finding) => finding.rule === rule)?.id ?? "none";
}

describe("holdpoint explain", () => {
  it("prints all that is told of a rule, and of each rule of a group", async () => {
    const { exitCode, stdout } = await runCliHere(["explain", "export_removed"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^export_removed: an exported name was removed or renamed\n/);
    for (const heading of ["What it looks at", "Why it matters", "What helps", "Setting it", "Leaving it out"])
      expect(stdout).toContain(`\n  ${heading}\n`);
    expect(stdout.split("\n").every((line) => line.length <= 100)).toBe(true);
    const group = await runCliHere(["explain", "secret_detected", "--json"]);
    expect(group.json()).toMatchObject([{ id: "secret_added", class: "security" }, { id: "secret_assigned" }]);
  });

  it("tells of a finding what it is, where, why so sure, what it brings about and what helps", async () => {
    const id = await idOf("export_removed");
    const { exitCode, stdout } = await runCliHere(["explain", id.toLowerCase(), ...range()]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^F-[0-9a-f]{6}: exported/);
    expect(stdout).toContain("src/list.ts:3 before the change");
    expect(stdout).toContain("> 3 | export const old =");
    expect(stdout).toContain("proven");
    expect(stdout).toContain("breaking_change holds the change");
    expect(stdout).toContain(`/holdpoint disagree ${id} <reason>`);
    expect(stdout).not.toContain(secret);
    const json = (await runCliHere(["explain", id, ...range(), "--json"])).json();
    expect(json).toMatchObject({ finding: { id, rule: "export_removed" }, explained: expect.any(Array) });
  });

  it("tells of a change why each requirement is there, by which line at which commit, and what releases it", async () => {
    const { exitCode, stdout, stderr } = await runCliHere(["explain", ...range()]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const commit = repository.git("rev-parse", "--short=7", "main");
    expect(stdout).toMatch(/^Waiting for /);
    expect(stdout).toContain("● breaking_change (checkpoint): the checkpoint applies\n");
    expect(stdout).toContain(`    .github/checkpoints.yml:1 at ${commit}\n    > 1 | checkpoints: { breaking_change:`);
    expect(stdout).toMatch(
      /peer_review does not fit\n(.*\n)*? {6}no_breaking_changes: no, \d found, strongest proven\n/,
    );
    expect(stdout).toMatch(/what releases it\n {4}breaking_change: .*\(HP-W01\)/);
    const [only, ...others] = ((await runCliHere(["explain", "breaking_change", ...range(), "--json"])).json()
      .requirements ?? []) as unknown[];
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      name: "breaking_change",
      state: "waiting",
      rule: { file: ".github/checkpoints.yml", line: 1, commit: repository.git("rev-parse", "main") },
      findings: expect.arrayContaining([await idOf("export_removed")]),
    });
  });

  it("tells the same of a described pull request", async () => {
    const description = { author: "maria", base: "main", head: "x", files: [{ path: "README.md", head: "a\n" }] };
    const policy = `${repository.directory}/.github/checkpoints.yml`;
    const { exitCode, stdout } = await runCliHere(["explain", "--policy", policy, "--pull-request", "-"], {
      input: JSON.stringify(description),
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("◌ breaking_change (checkpoint):");
    expect(stdout).toContain(`${policy}:1\n`);
  });

  it.each(["HP-W01", "hp-p04"])("tells what %s means and what to do", async (code) => {
    const { exitCode, stdout } = await runCliHere(["explain", code]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${code.toUpperCase()}: `));
    expect(stdout).toContain("\n  What it means\n");
    expect((await runCliHere(["explain", code, "--json"])).json()).toMatchObject({ code: code.toUpperCase() });
  });

  it.each([
    ["a rule that is none", ["explain", "export_remved"], "Did you mean export_removed?"],
    ["a finding without its range", ["explain", "F-1a2b3c"], "say --base <rev>"],
    ["nothing", ["explain"], "missing required argument"],
    ["a code that is none", ["explain", "HP-Z99"], "There is no reason code HP-Z99."],
    ["a checkpoint without its change", ["explain", "release_board"], "say --base <rev>"],
    ["two changes", ["explain", "--base", "main", "--pull-request", "a.json"], "not both"],
    ["a described change without a policy", ["explain", "--pull-request", "a.json"], "say --policy <file>"],
  ])("says what is wrong with %s", async (_, args, words) => {
    const { exitCode, stderr } = await runCliHere(args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });

  it("names the findings of a range that has not the one asked for", async () => {
    const { exitCode, stderr } = await runCliHere(["explain", "F-000000", ...range()]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Found are ${await idOf("export_removed")}`);
  });
});
