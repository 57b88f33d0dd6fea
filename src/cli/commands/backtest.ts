/** `holdpoint backtest`: what a policy would have asked of the changes that were merged. Nothing of the repository is executed or fetched. */

import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { InvalidArgumentError, Option } from "commander";
import type { Backtest } from "../../core/backtest/backtest.ts";
import { parseDuration } from "../../core/duration.ts";
import type { Prepared } from "../backtest/prepare-backtest.ts";
import { exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { policyPath } from "../policy-path.ts";
import { UsageError } from "../usage-error.ts";
import type { Configure } from "./command.ts";

interface Options {
  repo: string;
  branch?: string;
  policy?: string;
  against?: string;
  last: number;
  since?: Date;
  until?: Date;
  commits?: boolean;
  bots: boolean;
  fixWithin: number;
  github?: string;
  maxRequests: number;
  html?: string;
  json?: boolean;
}

const examples = `
Examples:
  holdpoint backtest
  holdpoint backtest --policy preset:startup --last 1000 --html report.html
  holdpoint backtest --policy new.yml --against .github/checkpoints.yml
  holdpoint backtest --against HEAD~20 --since 2026-01-01
  GITHUB_TOKEN=$(gh auth token) holdpoint backtest --github acme/api --last 100

A clone knows no reviews: a change that is held would have waited for people. Whether they approved it then, a clone
does not tell. More: docs/backtest.md`;

export const configure: Configure = (command, io, finish) => {
  command
    .option("--repo <dir>", "the clone", ".")
    .option("--branch <rev>", "the branch whose changes are replayed; default: the remote's default branch, else HEAD")
    .option("--policy <policy>", `a file, preset:<name> or a revision; default: ${policyPath} at the branch's tip`)
    .option("--against <policy>", "an older policy to compare with: a file, preset:<name> or a revision")
    .option("--last <n>", "the newest so many changes", parseCount, 200)
    .option("--since <when>", "only what was merged since: 2026-01-31, or how long ago: 90 days", parseWhen)
    .option("--until <when>", "only what was merged until then", parseWhen)
    .option("--commits", "count every commit on the branch as a change, for histories without merges and numbers")
    .option("--no-bots", "leave out what automated accounts wrote")
    .addOption(
      new Option("--fix-within <time>", "so long after a merge a fix is taken for one of it")
        .argParser(parseTime)
        .default(14 * 86_400_000, "14 days"),
    )
    .option("--github <owner/name>", "read the history from GitHub, with its reviews; needs a token in GITHUB_TOKEN")
    .option("--max-requests <n>", "with --github: the most requests to send", parseCount, 3_000)
    .option("--html <file>", "also write the report as one page")
    .option("--json", "write the report as JSON")
    .addHelpText("after", examples)
    .action(async (options: Options) => {
      const prepared = await prepare(options, io);
      if (prepared.kind === "broken") return finish(exitCodes.invalid);
      const backtest = await prepared.run(Math.min(2, availableParallelism()));
      await report(backtest, options, io);
      finish(exitCodes.open);
    });
};

async function prepare({ github, ...given }: Options, io: Io): Promise<Prepared> {
  const options = { ...given, withCommits: given.commits === true, withoutBots: !given.bots };
  if (github !== undefined) {
    const { prepareGithubBacktest } = await import("../backtest/backtest-github.ts");
    return prepareGithubBacktest({ ...options, github }, io);
  }
  const { prepareBacktest } = await import("../backtest/prepare-backtest.ts");
  return prepareBacktest(options, io);
}

async function report(backtest: Backtest, { html, json }: Options, io: Io): Promise<void> {
  if (html !== undefined) {
    const { backtestHtml } = await import("../../core/report/backtest/backtest-html.ts");
    await writeFile(html, backtestHtml(backtest)).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(`${html} cannot be written: ${error.code}.`);
    });
  }
  if (json === true) {
    const { backtestJson } = await import("../../core/report/backtest/backtest-json.ts");
    io.write(`${JSON.stringify(backtestJson(backtest), null, 2)}\n`);
    return;
  }
  const { backtestTerminal } = await import("../../core/report/backtest/backtest-terminal.ts");
  io.write(backtestTerminal(backtest, io));
  if (html !== undefined) io.write(`\nThe whole report is in ${html}.\n`);
}

function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1) throw new InvalidArgumentError("It is a number from 1 to 999999.");
  return value;
}

function parseTime(text: string): number {
  const ms = parseDuration(text);
  if (ms === null) throw new InvalidArgumentError("It is a duration: 14 days, 36h.");
  return ms;
}

function parseWhen(text: string): Date {
  const ago = parseDuration(text);
  const at = ago === null ? new Date(text) : new Date(Date.now() - ago);
  if (Number.isNaN(at.getTime()) || (ago === null && !/^\d{4}-\d{2}-\d{2}/.test(text))) {
    throw new InvalidArgumentError("It is a day, 2026-01-31, or a duration, 90 days.");
  }
  return at;
}
