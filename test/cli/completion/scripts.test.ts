/** The scripts in the shells that they are for, as far as this machine has them. */

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { completionScripts, setUp, shells } from "../../../src/cli/completion/scripts.ts";
import { runCliHere } from "../../support/run-cli.ts";

const program = fileURLToPath(new URL("../../../bin/holdpoint.mjs", import.meta.url));
const has = (shell: string) => spawnSync(shell, ["--version"]).status === 0;
let place: string;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "holdpoint-shell-"));
  mkdirSync(join(place, "bin"));
  mkdirSync(join(place, "policies"));
  writeFileSync(join(place, "policies", "strict.yml"), "");
  const start = join(place, "bin", "holdpoint");
  writeFileSync(start, `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(start, 0o755);
});
afterAll(() => rmSync(place, { recursive: true }));

function run(shell: string, args: string[], script: string): string {
  const env = { PATH: `${join(place, "bin")}:${process.env.PATH}`, HOME: place };
  return execFileSync(shell, [...args, "-c", script], { cwd: place, env, encoding: "utf8" }).trim();
}

describe.skipIf(!has("bash"))("in bash", () => {
  it.each([
    { words: ["ch"], offers: ["check"] },
    { words: ["check", "--po"], offers: ["--policy"] },
    { words: ["check", "--policy", "policies/s"], offers: ["policies/strict.yml"] },
    // bash splits at "=", and takes only what comes after it.
    { words: ["check", "--policy", "=", "pol"], offers: ["policies"] },
    { words: ["audit", "export", "--format", "=", "c"], offers: ["csv"] },
    { words: ["audit", "export", "--format", "="], offers: ["jsonl", "csv", "markdown"] },
    { words: ["check", "--repo", ""], offers: ["bin", "policies"] },
    { words: ["nothing", "x"], offers: [] },
  ])("$words → $offers", ({ words, offers }) => {
    const line = ["holdpoint", ...words].join(" ").replaceAll(/ ?= ?/g, "=");
    const set = `COMP_WORDS=(holdpoint ${words.map((word) => `'${word}'`).join(" ")})`;
    const script = `eval "$(holdpoint completion bash)"; eval "$(holdpoint completion bash)"
      COMP_LINE='${line}'; ${set}; COMP_CWORD=${words.length}
      _holdpoint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const found = run("bash", ["--norc"], script).split("\n");
    expect(found.filter((one) => one !== "").sort()).toEqual([...offers].sort());
  });
});

describe.skipIf(!has("fish"))("in fish", () => {
  it.each([
    ["holdpoint ch", "check"],
    ["holdpoint audit export --format=c", "--format=csv"],
    ["holdpoint check --policy=policies/s", "--policy=policies/strict.yml"],
  ])("%s → %s", (line, offer) => {
    const found = run("fish", ["--no-config"], `holdpoint completion fish | source; complete -C '${line}'`);
    expect(found.split("\t")[0]).toBe(offer);
  });
});

describe.skipIf(!has("zsh"))("in zsh", () => {
  it("is read without complaint, once and twice", () => {
    const source = 'eval "$(holdpoint completion zsh)"';
    expect(run("zsh", ["-f"], `autoload -Uz compinit && compinit -u -D; ${source}; ${source}; echo fine`)).toBe("fine");
  });
});

describe("holdpoint completion", () => {
  it.each(shells)("writes the script of %s, and its help says where it goes", async (shell) => {
    expect(await runCliHere(["completion", shell])).toMatchObject({ exitCode: 0, stdout: completionScripts[shell] });
    expect((await runCliHere(["completion", "--help"])).stdout).toContain(setUp[shell]);
  });

  it("refuses a shell it has no script for", async () => {
    const ran = await runCliHere(["completion", "csh"]);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain("Allowed choices are bash, zsh, fish, powershell.");
  });
});
