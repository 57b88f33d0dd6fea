/** `holdpoint simulate`: judges a pull request that a JSON file describes. */

import { windowDigest, windowsOf } from "../../core/bypass/windows.ts";
import { describeToSnapshot } from "../../core/description/describe-to-snapshot.ts";
import { conflictProblems, descriptionBytesMax, parseDescription } from "../../core/description/parse-description.ts";
import { bypassRoles } from "../../core/policy/bypass-tried.ts";
import { gateRoles, organizationsOf, overruleRoles, teamsOf } from "../../core/policy/policy-people.ts";
import { exitCodes } from "../exit-codes.ts";
import { readInput } from "../io.ts";
import { judge, patchDigestOf } from "../judge.ts";
import { loadPolicyFile } from "../load-policy-file.ts";
import { printProblems } from "../print-problems.ts";
import { printVerdict } from "../print-verdict.ts";
import { UsageError } from "../usage-error.ts";
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
      if (policy === "-" && pullRequest === "-")
        throw new UsageError("Only one of the two can come from standard input.");
      const text = await readInput(pullRequest, io, descriptionBytesMax);
      const parsed = parseDescription(text, pullRequest);
      const owner = parsed.kind === "parsed" ? ownerOf(parsed.description.repository) : null;
      const load = await loadPolicyFile(policy, io, owner);
      if (parsed.kind === "broken" || load.kind === "broken") {
        const problems = [
          ...(parsed.kind === "broken" ? parsed.problems : []),
          ...(load.kind === "broken" ? load.problems : []),
        ];
        printProblems(problems, { texts: { ...load.texts, [pullRequest]: text }, isJson, io });
        return finish(exitCodes.invalid);
      }
      const { policy: rules } = load.document;
      const roles = [...gateRoles(rules), ...overruleRoles(rules), ...bypassRoles(rules)];
      const described = describeToSnapshot(parsed.description, {
        now: new Date(),
        patchDigest: patchDigestOf,
        teams: teamsOf(rules, owner ?? "owner", roles),
        organizations: organizationsOf(rules, roles),
        windows: windowsOf(rules).map((window) => ({ name: window.name, digest: windowDigest(window) })),
      });
      if (described.kind === "conflicting") {
        printProblems(conflictProblems(described.conflicts, pullRequest), { texts: {}, isJson, io });
        return finish(exitCodes.invalid);
      }
      const { facts } = described;
      const judged = await judge({ document: load.document, ...facts, readContents: async () => facts.contents });
      finish(printVerdict(judged, { isJson, io }));
    });
};

function ownerOf(repository: string | { owner: string } | undefined): string | null {
  return typeof repository === "string" ? (repository.split("/")[0] ?? null) : (repository?.owner ?? null);
}
