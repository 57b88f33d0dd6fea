/** `holdpoint validate`: every mistake in a policy, each with its line. */

import { windowsOf } from "../../core/bypass/windows.ts";
import { plannedWindows, plannedWindowsTable } from "../../core/report/planned-windows.ts";
import { exitCodes } from "../exit-codes.ts";
import { loadPolicyFile } from "../load-policy-file.ts";
import { policyPath } from "../policy-path.ts";
import { printProblems } from "../print-problems.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint validate
  holdpoint validate checkpoints.example.yml --json
  holdpoint validate --windows
  git show main:${policyPath} | holdpoint validate -

Warnings and notes leave the exit code at 0; mistakes that would keep the gate shut make it 2.`;

interface Options {
  owner?: string;
  json?: boolean;
  windows?: boolean;
}

export const configure: Configure = (command, io, finish) => {
  command
    .argument("[file]", 'the policy ("-": standard input)', policyPath)
    .option("--owner <login>", "owner of the repository that the policy is for")
    .option("--windows", "also show when the maintenance windows open next")
    .option("--json", "write the problems as JSON")
    .addHelpText("after", examples)
    .action(async (file: string, { owner, json: isJson = false, windows: hasWindows = false }: Options) => {
      const load = await loadPolicyFile(file, io, owner ?? null);
      const problems = load.kind === "broken" ? load.problems : load.document.problems;
      const windows = load.kind === "loaded" && hasWindows ? windowsOf(load.document.policy) : null;
      const planned = windows === null ? null : plannedWindows(windows, new Date());
      const more = planned === null ? {} : { windows: planned };
      printProblems(problems, { texts: load.texts, isJson, io, valid: `${file} is valid.`, more });
      if (planned !== null && !isJson) io.write(`\n${plannedWindowsTable(planned)}`);
      finish(load.kind === "broken" ? exitCodes.invalid : exitCodes.open);
    });
};
