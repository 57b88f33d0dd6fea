/** Runs one command line and answers with its exit code. Errors are one message each, without a stack. */

import { Command, CommanderError } from "commander";
import type { CommandRow } from "./commands/command.ts";
import { exitCodes } from "./exit-codes.ts";
import { GitError } from "./git/git-error.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage-error.ts";

const footnote = `
Exit codes: 0 open, 1 held, 2 usage or invalid input, 3 could not read.
Every command takes --json and --help.`;

export async function runCli(commands: readonly CommandRow[], argv: readonly string[], io: Io): Promise<number> {
  const program = new Command("holdpoint")
    .description("Judges changes by the policy that their repository commits.")
    .addHelpText("after", footnote);
  let exitCode: number = exitCodes.open;
  for (const row of commands) {
    const command = program.command(row.name).description(row.summary);
    // `help check` needs the command's options as much as `check` itself.
    if (!argv.slice(0, 2).includes(row.name)) continue;
    const { configure } = await row.load();
    configure(command, io, (code) => {
      exitCode = code;
    });
  }
  for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])]) {
    command.exitOverride().configureOutput({
      writeOut: io.write,
      writeErr: io.warn,
      outputError: (text, write) => write(text.replace(/^error: /, "")),
    });
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    return explainFailure(error, io);
  }
}

function explainFailure(error: unknown, io: Io): number {
  // Commander has already said what was wrong; asking for help is not wrong.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.open : exitCodes.invalid;
  if (error instanceof UsageError) {
    io.warn(`${error.message}\n`);
    return exitCodes.invalid;
  }
  if (error instanceof GitError) {
    io.warn(`${error.message}\n`);
    return exitCodes.unreadable;
  }
  if (io.env.HOLDPOINT_DEBUG) io.warn(`${error instanceof Error ? error.stack : String(error)}\n`);
  else io.warn("Holdpoint failed, which is a fault of Holdpoint. To see where, run it again with HOLDPOINT_DEBUG=1.\n");
  return exitCodes.unreadable;
}
