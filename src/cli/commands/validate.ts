/** `holdpoint validate`: every mistake in a policy, each with its line; on request, who holds its roles. */

import { join } from "node:path";
import { Option } from "commander";
import { windowsOf } from "../../core/bypass/windows.ts";
import type { Problem } from "../../core/problem.ts";
import { plannedWindows, plannedWindowsTable } from "../../core/report/planned-windows.ts";
import { problemJson } from "../../core/report/problem-json.ts";
import { workflowCommand } from "../../core/report/workflow-commands.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { type LocalLoad, loadPolicyFile } from "../load-policy-file.ts";
import { policyPath } from "../policy-path.ts";
import { printProblems } from "../print-problems.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint validate
  holdpoint validate checkpoints.example.yml --json
  holdpoint validate services/*/checkpoints.yml
  holdpoint validate --windows
  holdpoint validate --format github
  GITHUB_TOKEN=$(gh auth token) holdpoint validate --roles
  git show main:${policyPath} | holdpoint validate -

Warnings and notes leave the exit code at 0; mistakes that would keep the gate shut make it 2, and with --roles so does
a seat that nobody can fill. --roles asks GitHub, with a token that may push to the repository; it writes nothing there.`;

interface Options {
  repo: string;
  owner?: string;
  repository?: string;
  roles?: boolean;
  windows?: boolean;
  format: "text" | "github";
  json?: boolean;
}

interface Validated {
  file: string;
  load: LocalLoad;
  problems: Problem[];
}

export const configure: Configure = (command, io, finish) => {
  command
    .argument("[file...]", `policies ("-": standard input; default: ${policyPath} of the repository)`)
    .option("--repo <dir>", "the repository", ".")
    .option("--owner <login>", "owner of the repository that the policy is for")
    .option("--roles", "also ask GitHub who holds each role, and name seats that nobody can fill (GITHUB_TOKEN)")
    .option("--repository <owner/name>", "which repository on GitHub is asked; default: where the clone came from")
    .option("--windows", "also show when the maintenance windows open next")
    .addOption(new Option("--format <format>", "how problems are written").choices(["text", "github"]).default("text"))
    .option("--json", "write the problems as JSON")
    .addHelpText("after", examples)
    .action(async (given: string[], options: Options) => {
      const files = given.length > 0 ? given : [join(options.repo, policyPath)];
      if (files.length > 1 && (options.roles || options.windows))
        throw new UsageError("--roles and --windows look at one policy at a time.");
      if (files.filter((file) => file === "-").length > 1)
        throw new UsageError("Standard input can be read only once.");
      const read: Validated[] = [];
      for (const file of files) {
        const load = await loadPolicyFile(file, io, options.owner ?? null);
        read.push({ file, load, problems: load.kind === "broken" ? load.problems : load.document.problems });
      }
      const [only] = read;
      if (read.length === 1 && only !== undefined) return finish(await told(only, options, io));
      tellAll(read, options, io);
      finish(read.some(({ load }) => load.kind === "broken") ? exitCodes.invalid : exitCodes.open);
    });
};

async function told({ file, load, problems }: Validated, options: Options, io: Io): Promise<number> {
  const isJson = options.json === true;
  const isPlain = !isJson && options.format === "text";
  const windows = load.kind === "loaded" && options.windows ? windowsOf(load.document.policy) : null;
  const planned = windows === null ? null : plannedWindows(windows, new Date());
  const people = load.kind === "loaded" && options.roles ? await readPeople(load.document, options, io) : null;
  const more = {
    ...(planned === null ? {} : { windows: planned }),
    ...(people === null ? {} : { roles: people.holders, seats: people.seats }),
  };
  if (options.format === "github" && !isJson) for (const one of problems) io.write(`${workflowCommand(one)}\n`);
  else printProblems(problems, { texts: load.texts, isJson, io, valid: `${file} is valid.`, more });
  if (planned !== null && isPlain) io.write(`\n${plannedWindowsTable(planned)}`);
  if (people !== null && isPlain) io.write(people.text);
  return load.kind === "broken" || people?.isShut ? exitCodes.invalid : exitCodes.open;
}

async function readPeople(document: (LocalLoad & { kind: "loaded" })["document"], options: Options, io: Io) {
  const [{ openGithub, repositoryOf }, { readRoleHolders, seatsOf }, { holdersText, outlookOf }] = await Promise.all([
    import("../people/github-access.ts"),
    import("../people/role-holders.ts"),
    import("../people/print-holders.ts"),
  ]);
  const github = openGithub(io.env);
  const holders = await readRoleHolders(github, await repositoryOf(options.repository, options.repo), document);
  const seats = seatsOf(document, holders).map((seat) => ({ ...seat, outlook: outlookOf(seat) }));
  return {
    holders,
    seats,
    isShut: seats.some(({ outlook }) => outlook === "never"),
    text: holdersText(holders, seats, io),
  };
}

function tellAll(read: readonly Validated[], { json, format }: Options, io: Io): void {
  if (json) {
    const files = read.map(({ file, load, problems }) => ({
      file,
      valid: load.kind === "loaded",
      problems: problems.map(problemJson),
    }));
    io.write(`${JSON.stringify({ valid: files.every(({ valid }) => valid), files }, null, 2)}\n`);
    return;
  }
  for (const { file, load, problems } of read) {
    if (format === "github") for (const one of problems) io.write(`${workflowCommand(one)}\n`);
    else printProblems(problems, { texts: load.texts, isJson: false, io, valid: `${file} is valid.` });
  }
}
