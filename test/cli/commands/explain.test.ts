import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aGitRepository, type GitRepository } from "../../support/git-repository.ts";
import { runCliHere } from "../../support/run-cli.ts";

let repository: GitRepository;
const secret = ["ghp", "wJ1aZ9kQ3xV7bN5mL2pR8sT4yU6cD0eF1gHi"].join("_");

beforeAll(() => {
  repository = aGitRepository();
  repository.commit({
    ".github/checkpoints.yml": "checkpoints: { breaking_change: { approver: technical_lead } }\n",
    "package.json": '{ "name": "list", "version": "1.0.0", "exports": "./src/list.ts" }\n',
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

  it.each([
    ["a rule that is none", ["explain", "export_remved"], "Did you mean export_removed?"],
    ["a finding without its range", ["explain", "F-1a2b3c"], "say --base <rev>"],
    ["nothing", ["explain"], "missing required argument"],
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
