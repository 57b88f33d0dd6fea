/** Runs one command line and answers with its exit code. Errors are one message each, without a stack. */

import { CommanderError } from "commander";
import { GithubError } from "../github/errors.ts";
import type { CommandRow } from "./commands/command.ts";
import { exitCodes } from "./exit-codes.ts";
import { GitError } from "./git/git-error.ts";
import { InterruptedError } from "./interrupted-error.ts";
import type { Io } from "./io.ts";
import { createProgram } from "./program.ts";
import { UsageError } from "./usage-error.ts";

export async function runCli(commands: readonly CommandRow[], argv: readonly string[], given: Io): Promise<number> {
  // What is written for programs comes without anything that moves.
  const io = argv.includes("--json") ? { ...given, progressTo: null } : given;
  let exitCode: number = exitCodes.open;
  try {
    if (argv[0] === "__complete") {
      const { complete } = await import("./completion/complete.ts");
      return await complete(commands, argv.slice(1), io);
    }
    const program = await createProgram(commands, {
      io,
      // `help check` needs the command's options as much as `check` itself.
      wanted: (name) => argv.slice(0, 2).includes(name),
      finish: (code) => {
        exitCode = code;
      },
    });
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    return explainFailure(error, io);
  }
}

function explainFailure(error: unknown, io: Io): number {
  // Commander has already said what was wrong; asking for help is not wrong.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.open : exitCodes.invalid;
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  if (error instanceof UsageError) {
    io.warn(`${error.message}\n`);
    return exitCodes.invalid;
  }
  if (error instanceof GitError) {
    io.warn(`${error.message}\n`);
    return exitCodes.unreadable;
  }
  if (error instanceof GithubError) {
    io.warn(`${refusalText(error)}\n`);
    return exitCodes.unreadable;
  }
  if (io.env.HOLDPOINT_DEBUG) io.warn(`${error instanceof Error ? error.stack : String(error)}\n`);
  else io.warn("Holdpoint failed, which is a fault of Holdpoint. To see where, run it again with HOLDPOINT_DEBUG=1.\n");
  return exitCodes.unreadable;
}

const refusals = {
  not_found: "GitHub does not show it to this token, or there is no such thing",
  forbidden: "GitHub does not allow this token to see it",
  rate_limited: "the token's requests are used up for now",
  unavailable: "GitHub did not answer",
  invalid: "GitHub did not take the request",
} as const;

function refusalText({ kind, route, said, status }: GithubError): string {
  const what = status === 401 ? "GitHub does not know this token" : refusals[kind];
  return `${what} (${route}${said === null || said === "" ? "" : `: ${said}`}).`;
}
