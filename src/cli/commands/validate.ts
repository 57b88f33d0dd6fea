/** `holdpoint validate`: every mistake in a policy, each with its line. */

import { exitCodes } from "../exit-codes.ts";
import { loadPolicyFile } from "../load-policy-file.ts";
import { policyPath } from "../policy-path.ts";
import { printProblems } from "../print-problems.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint validate
  holdpoint validate checkpoints.example.yml --json
  git show main:${policyPath} | holdpoint validate -

Warnings and notes leave the exit code at 0; mistakes that would keep the gate shut make it 2.`;

export const configure: Configure = (command, io, finish) => {
  command
    .argument("[file]", 'the policy ("-": standard input)', policyPath)
    .option("--owner <login>", "owner of the repository that the policy is for")
    .option("--json", "write the problems as JSON")
    .addHelpText("after", examples)
    .action(async (file: string, { owner, json: isJson = false }: { owner?: string; json?: boolean }) => {
      const load = await loadPolicyFile(file, io, owner ?? null);
      const problems = load.kind === "broken" ? load.problems : load.document.problems;
      printProblems(problems, { texts: load.texts, isJson, io, valid: `${file} is valid.` });
      finish(load.kind === "broken" ? exitCodes.invalid : exitCodes.open);
    });
};
