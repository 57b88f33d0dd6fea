/** `holdpoint explain`: a rule's page or a reason code's, a finding of a change, or what a change waits for and why. */

import { parseFindingId } from "../../core/findings/finding-ids.ts";
import { rulesNamed } from "../../core/findings/rule-ids.ts";
import { suggest } from "../../core/policy/suggest.ts";
import { toldCodes } from "../../core/report/code-pages/index.ts";
import { codePageText } from "../../core/report/code-pages/page-text.ts";
import { wrap } from "../../core/report/render-terminal.ts";
import { pageText } from "../../core/report/rule-pages/page-text.ts";
import { type RulePage, rulePage, rulesByClass } from "../../core/report/rule-pages/rule-page.ts";
import { exitCodes } from "../exit-codes.ts";
import { type ChangeOptions, namesChange } from "../explain/judged-change.ts";
import type { Io } from "../io.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

const examples = `
Examples:
  holdpoint explain export_removed
  holdpoint explain HP-W01
  holdpoint explain --base main
  holdpoint explain breaking_change --base main
  holdpoint explain F-1a2b3c --repo ../api --base main --head feature
  holdpoint explain --policy checkpoints.yml --pull-request pull-request.json

Of a change it tells of every requirement why it is asked for, by which line of the policy at which commit, and what
would release it. Exit code 0 also where the change is held; 2 where there is nothing of that name.`;

export const configure: Configure = (command, io, finish) => {
  command
    .argument(
      "[what]",
      "a rule of findings, a reason code, a finding's id, or a checkpoint; left out: all of the change",
    )
    .option("--repo <dir>", "the clone", ".")
    .option("--base <rev>", "the branch or commit that the change is to go into")
    .option("--head <rev>", "the change", "HEAD")
    .option("--policy <file>", `a policy to judge by; default: ${policyPath} as it stands at the base`)
    .option("--pull-request <file>", "a described pull request instead of a range, as for simulate")
    .option("--json", "write it as JSON")
    .addHelpText("after", examples)
    .action(async (what: string | undefined, options: ChangeOptions) => {
      const isJson = options.json === true;
      const id = what === undefined ? null : parseFindingId(what);
      if (id !== null && !namesChange(options))
        throw new UsageError("A finding is explained in its range: say --base <rev>, and --head.");
      if (what === undefined && !namesChange(options))
        throw new UsageError("missing required argument 'what', or a change to explain: say --base <rev>, and --head.");
      if (what === undefined || id !== null || namesChange(options))
        return finish(await explainOfChange({ what, id }, options, io));
      printPage(what, isJson, io);
      finish(exitCodes.open);
    });
};

interface Asked {
  what: string | undefined;
  /** A finding's. */
  id: string | null;
}

async function explainOfChange({ what, id }: Asked, options: ChangeOptions, io: Io): Promise<number> {
  const isJson = options.json === true;
  const [{ judgeChange }, { explainFindingOf }, { explainRequirementsOf, hasRequirement }] = await Promise.all([
    import("../explain/judged-change.ts"),
    import("../explain/explain-finding.ts"),
    import("../explain/explain-requirements.ts"),
  ]);
  const change = await judgeChange(options, io);
  if (change === null) return exitCodes.invalid;
  if (id !== null) await explainFindingOf(id, change, io, isJson);
  else if (what === undefined || hasRequirement(what, change)) explainRequirementsOf(what ?? null, change, io, isJson);
  else
    printPage(
      what,
      isJson,
      io,
      change.verdict.requirements.map(({ name }) => name),
    );
  return exitCodes.open;
}

/** @throws {UsageError} where there is no such rule or code */
function printPage(name: string, isJson: boolean, io: Io, others: readonly string[] = []): void {
  const width = (text: string) => wrap(text, io.width - 6);
  const told = toldCodes.find(({ code }) => code === name.toUpperCase());
  if (told !== undefined) {
    io.write(isJson ? `${JSON.stringify(told, null, 2)}\n` : codePageText(told, width));
    return;
  }
  const pages = rulesNamed(name.toLowerCase()).flatMap((id): RulePage[] => {
    const page = rulePage(id);
    return page === null ? [] : [page];
  });
  if (pages.length === 0) throw new UsageError(unknownText(name, others));
  if (isJson) io.write(`${JSON.stringify(pages.length === 1 ? pages[0] : pages, null, 2)}\n`);
  else io.write(pages.map((page) => pageText(page, width)).join("\n"));
}

function unknownText(name: string, others: readonly string[]): string {
  const isCode = /^hp-/i.test(name);
  const known = isCode ? toldCodes.map(({ code }) => code) : [...others, ...rulesByClass().flatMap(({ ids }) => ids)];
  const near = suggest(name, known);
  const list = isCode ? "docs/codes.md" : "docs/rules.md";
  const meant = near === null ? `${list} lists them all.` : `Did you mean ${near}?`;
  const ofChange = isCode || others.length > 0 ? "" : " Of a checkpoint it is told with its change: say --base <rev>.";
  return `There is no ${isCode ? "reason code" : "rule"} ${name}. ${meant}${near === null ? ofChange : ""}`;
}
