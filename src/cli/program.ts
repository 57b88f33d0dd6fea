/** The table of commands as a program: for running it, completing what is typed and writing the manual. */

import { Command } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { type CommandRow, commandGroups } from "./commands/command.ts";
import type { Io } from "./io.ts";
import { styledHelp } from "./styled-help.ts";

export const description = "Judges changes by the policy that their repository commits.";

/** What each exit code means, for people; see `exit-codes.ts`. */
export const exitCodeWords = "0 open, or done; 1 held; 2 usage or invalid input; 3 could not read";

/** Environment variables that more than one command listens to. */
export const environment: readonly { name: string; means: string }[] = [
  { name: "GITHUB_TOKEN, GH_TOKEN", means: "asks GitHub where a command can; never given as an argument" },
  { name: "GITHUB_API_URL", means: "of GitHub Enterprise Server: https://HOST/api/v3" },
  { name: "NO_COLOR, FORCE_COLOR", means: "colours off, or on where the output is no terminal" },
  { name: "HOLDPOINT_DEBUG", means: "shows where Holdpoint itself failed" },
];

export const examples: readonly string[] = [
  "holdpoint init",
  "holdpoint validate",
  "holdpoint check --base main",
  "holdpoint explain HP-W01",
];

export interface ProgramOptions {
  io: Io;
  /** Which commands are wanted with their options; loading those of all costs a fifth of a second. */
  wanted(name: string): boolean;
  finish(exitCode: number): void;
}

export async function createProgram(rows: readonly CommandRow[], options: ProgramOptions): Promise<Command> {
  const { io, wanted, finish } = options;
  const program = new Command("holdpoint")
    .description(description)
    .usage("<command> [options]")
    .helpOption("-h, --help", "show this, or after a command its help")
    .version(packageJson.version, "-V, --version", "show the version")
    .addHelpText("after", footnote());
  for (const row of rows) {
    const command = program.command(row.name).description(row.summary).helpGroup(commandGroups[row.group]);
    if (wanted(row.name)) (await row.load()).configure(command, io, finish);
  }
  program.commandsGroup(commandGroups.shell).helpCommand("help [command]", "Show the help of a command");
  for (const command of withInner(program)) dress(command, io);
  return program;
}

function footnote(): string {
  const width = Math.max(...environment.map(({ name }) => name.length));
  return `
Environment:
${environment.map(({ name, means }) => `  ${name.padEnd(width)}  ${means}`).join("\n")}

Examples:
${examples.map((example) => `  ${example}`).join("\n")}

Commands that answer take --json. Exit codes: ${exitCodeWords}.`;
}

function withInner(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withInner)];
}

function dress(command: Command, io: Io): void {
  command
    .exitOverride()
    .configureHelp(styledHelp(io.hasColour))
    .configureOutput({
      writeOut: io.write,
      writeErr: io.warn,
      // What is put together here has the right colours already.
      getOutHasColors: () => io.hasColour,
      getErrHasColors: () => io.hasColour,
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
      outputError: (text, write) => write(text.replace(/^error: /, "")),
    });
  if (command.parent === null) return;
  command.helpOption("-h, --help", "show this");
  if (command.commands.length > 0) command.helpCommand("help [command]", "Show the help of a command");
}
