import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presets } from "../../../src/core/policy/presets/index.ts";
import { aGitRepository, type GitRepository } from "../../support/git-repository.ts";
import { runCliHere } from "../../support/run-cli.ts";

let repository: GitRepository;

beforeAll(() => {
  repository = aGitRepository();
  repository.commit({ a: "1" });
  repository.git("tag", "v1.0.0");
  repository.git("checkout", "--quiet", "-b", "fix/login");
});
afterAll(() => repository.remove());

/** What is offered after these words, the last of which is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const ran = await runCliHere(["__complete", String(words.length), ...words]);
  expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
  return ran.stdout
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t")[0] ?? "");
}

describe("completing what is typed", () => {
  it.each([
    { words: ["ch"], offers: ["check", ":none"] },
    { words: ["help", "val"], offers: ["validate", ":none"] },
    { words: ["audit", "ver"], offers: ["verify", ":none"] },
    { words: ["check", "--b"], offers: ["--base", ":none"] },
    { words: ["check", "--base", "main", "--b"], offers: [":none"] },
    { words: ["check", "--base=main", "--b"], offers: [":none"] },
    { words: ["check", "--policy", ""], offers: [":files"] },
    { words: ["check", "--policy="], offers: [":files"] },
    { words: ["check", "--repo", "s"], offers: [":dirs"] },
    { words: ["validate", ""], offers: [":files"] },
    { words: ["init", "--preset", ""], offers: [...Object.keys(presets), ":none"] },
    { words: ["audit", "export", "--format", "j"], offers: ["jsonl", ":none"] },
    { words: ["audit", "export", "--format=j"], offers: ["--format=jsonl", ":none"] },
    { words: ["completion", "z"], offers: ["zsh", ":none"] },
    { words: ["explain", "export_rem"], offers: ["export_removed", ":none"] },
    { words: ["explain", "HP-W01"], offers: ["HP-W01", ":none"] },
    { words: ["explain", "--", "--"], offers: [":none"] },
    { words: ["nonsense", "x"], offers: [":none"] },
    { words: ["check", "--unknown", "x", "--he"], offers: ["--head", "--help", ":none"] },
  ])("holdpoint $words → $offers", async ({ words, offers }) => {
    expect(await offered(...words)).toEqual(offers);
  });

  it("offers branches and tags of the clone that --repo names", async () => {
    const { directory } = repository;
    expect(await offered("check", "--repo", directory, "--base", "")).toEqual([
      "HEAD",
      "fix/login",
      "main",
      "v1.0.0",
      ":none",
    ]);
    expect(await offered("check", `--repo=${directory}`, "--base=fix")).toEqual(["--base=fix/login", ":none"]);
    expect(await offered("check", "--repo", "/nowhere", "--base", "")).toEqual(["HEAD", ":none"]);
  });

  it("takes a word that the shell lost for an empty one", async () => {
    const { stdout } = await runCliHere(["__complete", "2", "audit"]);
    expect(stdout).toMatch(/^verify\t.*\nexport\t.*\n/);
  });

  it("says of each what it is for, in one line", async () => {
    const { stdout } = await runCliHere(["__complete", "1", ""]);
    for (const line of stdout.trimEnd().split("\n")) expect(line).toMatch(/^(:none|[a-z]+\t\S.*)$/);
  });
});
