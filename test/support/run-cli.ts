/** Runs the real command line in a process of its own, as a user would. */

import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { main } from "../../src/cli/main.ts";

const program = fileURLToPath(new URL("../../bin/holdpoint.mjs", import.meta.url));

export interface Ran {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** What `--json` wrote. */
  json(): Record<string, unknown>;
}

export function runCli(
  args: string[],
  { cwd = tmpdir(), input = "", env = {} }: { cwd?: string; input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, stdout, stderr, json: () => JSON.parse(stdout) }));
    child.stdin.on("error", () => {}); // a command that does not read its input may end first
    child.stdin.end(input);
  });
}

/** The same command line in this process: quicker, for rows of a table. */
export async function runCliHere(
  args: string[],
  { input = "", env = {} }: { input?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const exitCode = await main(args, {
    env: { PATH: process.env.PATH, HOME: tmpdir(), ...env },
    write: (text) => {
      stdout += text;
    },
    warn: (text) => {
      stderr += text;
    },
    readStdin: async () => input,
    hasColour: false,
    width: 100,
    canAsk: false,
    progressTo: null,
  });
  return { exitCode, stdout, stderr, json: () => JSON.parse(stdout) };
}
