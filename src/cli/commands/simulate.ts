/** `holdpoint simulate`: judges a pull request that a JSON file describes. */

import { exitCodes } from "../exit-codes.ts";
import { judgeDescribed } from "../judge-described.ts";
import { printProblems } from "../print-problems.ts";
import { printVerdict } from "../print-verdict.ts";
import type { Configure } from "./command.ts";

interface Options {
  policy: string;
  pullRequest: string;
  json?: boolean;
}

const examples = `
Example:
  holdpoint simulate --policy .github/checkpoints.yml --pull-request pull-request.json

  pull-request.json:
  {
    "author": "maria", "base": "main", "head": "feature",
    "title": "feat!: drop the old parser",
    "files": [{ "path": "src/parse.ts", "base": "export const a = 1;\\n", "head": "" }],
    "reviews": [{ "user": "sam", "state": "approved" }],
    "teams": { "acme/security": ["sam"] },
    "permissions": { "maria": "write", "sam": "write" }
  }

Only author, base and head are needed; docs/pull-request.schema.json describes the rest.`;

export const configure: Configure = (command, io, finish) => {
  command
    .requiredOption("--policy <file>", 'the policy to judge by ("-": standard input)')
    .requiredOption("--pull-request <file>", 'the description, JSON ("-": standard input)')
    .option("--json", "write the verdict as JSON")
    .addHelpText("after", examples)
    .action(async ({ policy, pullRequest, json: isJson = false }: Options) => {
      const described = await judgeDescribed({ policy, pullRequest }, io);
      if (described.kind === "judged") return finish(printVerdict(described, { isJson, io }));
      printProblems(described.problems, { texts: described.texts, isJson, io });
      finish(exitCodes.invalid);
    });
};
