import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { commandGroups } from "../../src/cli/commands/command.ts";
import { commands } from "../../src/cli/main.ts";
import { exitCodeWords } from "../../src/cli/program.ts";
import { runCli, runCliHere } from "../support/run-cli.ts";

const program = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));

describe("the command line", () => {
  it("shows its commands by what people come for, with examples, settings and exit codes", async () => {
    const { stdout } = await runCliHere(["--help"]);
    for (const title of [...Object.values(commandGroups), "Environment:", "Examples:"])
      expect(stdout).toContain(`\n${title}\n`);
    for (const { name, summary } of commands)
      expect(stdout).toMatch(new RegExp(`\\n  ${name} +${summary.slice(0, 20)}`));
    expect(stdout).toContain(`Exit codes: ${exitCodeWords}.`);
    expect(stdout).not.toContain("__complete");
  });

  it.each(commands.map(({ name }) => name))(
    "%s has help with an example or a note, and every option says what it does",
    async (name) => {
      const { exitCode, stdout } = await runCliHere([name, "--help"]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/\n(Examples?|Once for each shell):\n {2}\S/);
      for (const line of stdout.split("\n").filter((text) => /^ {2}-/.test(text))) expect(line).toMatch(/ {2}\S+/);
    },
  );

  it("names its version", async () => {
    for (const flag of ["--version", "-V"])
      expect(await runCliHere([flag])).toMatchObject({ exitCode: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  });

  it.each([
    { args: ["chekc"], says: "(Did you mean check?)" },
    { args: ["audit", "exprot"], says: "(Did you mean export?)" },
    { args: ["validate", "--wndows"], says: "(Did you mean --windows?)" },
    { args: ["check", "--base", "main", "--polcy", "x"], says: "(Did you mean --policy?)" },
    { args: ["explain", "export_remved"], says: "Did you mean export_removed?" },
  ])("$args → $says", async ({ args, says }) => {
    const ran = await runCliHere(args);
    expect(ran).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ran.stderr).toContain(says);
  });

  it("colours on request, and not where it is told not to", async () => {
    const coloured = await runCli(["--help"], { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain("\u001b[1mOptions:\u001b[22m");
    const plain = await runCli(["--help"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(plain.stdout).not.toContain("\u001b");
  });

  it("ends at Ctrl-C as shells expect, without a word", async () => {
    const child = spawn(process.execPath, [program, "validate", "-"], {
      env: { PATH: process.env.PATH, HOME: tmpdir(), NODE_DEBUG: "" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    await once(child, "spawn");
    child.kill("SIGINT");
    const [exitCode, signal] = await once(child, "close");
    expect({ exitCode, signal, said }).toEqual({ exitCode: null, signal: "SIGINT", said: "" });
  });
});
