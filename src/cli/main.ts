/** The command line: the table of commands. */

import type { CommandRow } from "./commands/command.ts";
import { type Io, processIo } from "./io.ts";
import { runCli } from "./run-cli.ts";

/** The next command is one file and one line here. */
export const commands: readonly CommandRow[] = [
  {
    name: "check",
    summary: "Judge a range of commits of a local clone",
    group: "judge",
    load: () => import("./commands/check.ts"),
  },
  {
    name: "simulate",
    summary: "Judge a pull request that a JSON file describes",
    group: "judge",
    load: () => import("./commands/simulate.ts"),
  },
  {
    name: "explain",
    summary: "Tell why a change waits, and what a rule, a finding or a code is about",
    group: "judge",
    load: () => import("./commands/explain.ts"),
  },
  {
    name: "init",
    summary: "Write a first policy and the pull request template that fits it",
    group: "policy",
    load: () => import("./commands/init.ts"),
  },
  {
    name: "validate",
    summary: "Say everything that is wrong with a policy",
    group: "policy",
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "backtest",
    summary: "Say what a policy would have asked of the changes that were merged",
    group: "policy",
    load: () => import("./commands/backtest.ts"),
  },
  {
    name: "serve",
    summary: "Run the App: webhooks in, verdicts out",
    group: "run",
    load: () => import("./commands/serve.ts"),
  },
  {
    name: "doctor",
    summary: "Say what is wrong with the App, its webhook, its database and its repositories",
    group: "run",
    load: () => import("./commands/doctor.ts"),
  },
  {
    name: "audit",
    summary: "Verify and export the ledger",
    group: "run",
    load: () => import("./commands/audit.ts"),
  },
  {
    name: "demo",
    summary: "Show all of it at work, without an account",
    group: "run",
    load: () => import("./commands/demo.ts"),
  },
  {
    name: "completion",
    summary: "Write the script that lets a shell complete what is typed",
    group: "shell",
    load: () => import("./commands/completion.ts"),
  },
];

/** @returns the exit code */
export function main(argv: readonly string[], io: Io = processIo()): Promise<number> {
  return runCli(commands, argv, io);
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
