/** `holdpoint check`: judges a range of commits of a local clone. Nothing of the repository is executed and nothing is fetched. */

import { exitCodes } from "../exit-codes.ts";
import { readLocalChange } from "../git/read-local-change.ts";
import { readRange } from "../git/read-range.ts";
import { policyPath } from "../policy-path.ts";
import type { Configure } from "./command.ts";

interface Options {
  repo: string;
  base: string;
  head: string;
  policy?: string;
  json?: boolean;
}

const examples = `
Examples:
  holdpoint check --base main
  holdpoint check --repo ../api --base origin/main --head feature --json
  holdpoint check --base main --policy checkpoints.example.yml

A clone knows no accounts, teams, reviews or checks. The verdict can therefore only be "open" where nobody has to release the change.`;

export const configure: Configure = (command, io, finish) => {
  command
    .option("--repo <dir>", "the clone", ".")
    .requiredOption("--base <rev>", "the branch or commit that the change is to go into")
    .option("--head <rev>", "the change", "HEAD")
    .option(
      "--policy <file>",
      `a policy to judge by; default: ${policyPath} as it stands at the base ("-": standard input)`,
    )
    .option("--json", "write the verdict as JSON")
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      // git reads while the judgement is being loaded: together they take as long as the slower of the two.
      const reading = readRange(options.repo, io.env, options.base, options.head);
      const [range, change, { loadCheckPolicy }, { judge }, { printProblems }, { printVerdict }] = await Promise.all([
        reading,
        reading.then(readLocalChange),
        import("../load-policy-file.ts"),
        import("../judge.ts"),
        import("../print-problems.ts"),
        import("../print-verdict.ts"),
      ]);
      const load = await loadCheckPolicy(range, options.policy, io);
      if (load.kind === "broken") {
        printProblems(load.problems, { texts: load.texts, isJson: options.json === true, io });
        return finish(exitCodes.invalid);
      }
      const now = new Date();
      const judged = await judge({ document: load.document, now, ...change });
      finish(printVerdict(judged, { isJson: options.json === true, io }));
    });
};
