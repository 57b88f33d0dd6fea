/** `holdpoint explain`: a rule's page, or one finding of a range of commits. */

import { parseFindingId } from "../../core/findings/finding-ids.ts";
import { rulesNamed } from "../../core/findings/rule-ids.ts";
import { suggest } from "../../core/policy/suggest.ts";
import { wrap } from "../../core/report/render-terminal.ts";
import { pageText } from "../../core/report/rule-pages/page-text.ts";
import { type RulePage, rulePage, rulesByClass } from "../../core/report/rule-pages/rule-page.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

interface Options {
  repo: string;
  base?: string;
  head: string;
  policy?: string;
  json?: boolean;
}

const examples = `
Examples:
  holdpoint explain export_removed
  holdpoint explain F-1a2b3c --repo ../api --base main --head feature`;

export const configure: Configure = (command, io, finish) => {
  command
    .argument("<what>", "a rule of findings, or the id of a finding that `check` told")
    .option("--repo <dir>", "the clone, for a finding", ".")
    .option("--base <rev>", "the branch or commit that the change is to go into, for a finding")
    .option("--head <rev>", "the change, for a finding", "HEAD")
    .option("--policy <file>", `a policy to judge by; default: ${policyPath} as it stands at the base`)
    .option("--json", "write it as JSON")
    .addHelpText("after", examples)
    .action(async (what: string, options: Options) => {
      const id = parseFindingId(what);
      if (id === null) {
        printRule(what, options.json === true, io);
        return finish(exitCodes.open);
      }
      const { base } = options;
      if (base === undefined)
        throw new UsageError("A finding is explained in its range: say --base <rev>, and --head.");
      const { explainOfRange } = await import("../explain-of-range.ts");
      finish(await explainOfRange(id, { ...options, base }, io));
    });
};

/** @throws {UsageError} where there is no such rule */
function printRule(name: string, isJson: boolean, io: Io): void {
  const pages = rulesNamed(name.toLowerCase()).flatMap((id): RulePage[] => {
    const page = rulePage(id);
    return page === null ? [] : [page];
  });
  if (pages.length === 0) {
    const near = suggest(
      name,
      rulesByClass().flatMap(({ ids }) => ids),
    );
    const meant = near === null ? "docs/rules.md lists them all." : `Did you mean ${near}?`;
    throw new UsageError(`There is no rule ${name}. ${meant}`);
  }
  if (isJson) io.write(`${JSON.stringify(pages.length === 1 ? pages[0] : pages, null, 2)}\n`);
  else io.write(pages.map((page) => pageText(page, (text) => wrap(text, io.width - 6))).join("\n"));
}
