/** Everything a backtest needs before it starts: the clone, its history and the policies, each refused by name where it is no good. */

import type { Backtest } from "../../core/backtest/backtest.ts";
import { GitError } from "../git/git-error.ts";
import { openRepository } from "../git/read-range.ts";
import type { Git } from "../git/run-git.ts";
import type { Io } from "../io.ts";
import { printProblems } from "../print-problems.ts";
import { progress } from "../progress.ts";
import { backtestClone, stepsOf } from "./backtest-clone.ts";
import { type BacktestPolicy, loadBacktestPolicy, policiesOf } from "./load-backtest-policy.ts";
import { type HistoryOptions, readHistory } from "./read-history.ts";

export interface BacktestOptions extends HistoryOptions {
  repo: string;
  policy?: string;
  against?: string;
  fixWithin: number;
  json?: boolean;
}

export type Prepared = { kind: "ready"; run(processes: number): Promise<Backtest> } | { kind: "broken" };

/** @returns `broken` where a policy is, after its mistakes were printed. @throws {GitError} {@link UsageError} */
export async function prepareBacktest(options: BacktestOptions, io: Io): Promise<Prepared> {
  const git = await openRepository(options.repo, io.env);
  await refusePartialClone(git);
  const { PATH, HOME, SystemRoot } = io.env;
  const place = { directory: options.repo, env: { PATH, HOME, SystemRoot } };
  const history = await readHistory(git, place, options);
  const { owner, branch } = history.repository;
  const where = policiesOf(git, history.tip, { branch, owner: owner === "local" ? null : owner, io });
  const policy = await loadBacktestPolicy(options.policy, where);
  const against = options.against === undefined ? null : await loadBacktestPolicy(options.against, where);
  if (policy.kind === "broken" || against?.kind === "broken") {
    printBroken([policy, against], options, io);
    return { kind: "broken" };
  }
  return {
    kind: "ready",
    run: async (processes) => {
      const bar = progress(io, { label: "Replaying", total: stepsOf(history) });
      try {
        const input = {
          place,
          history,
          policy,
          against,
          fixWithinMs: options.fixWithin,
          processes,
          onDone: () => bar.tick(),
        };
        return await backtestClone(input);
      } finally {
        bar.done();
      }
    },
  };
}

export function printBroken(policies: readonly (BacktestPolicy | null)[], { json }: { json?: boolean }, io: Io): void {
  const broken = policies.filter((one) => one?.kind === "broken");
  const problems = broken.flatMap((one) => one.problems);
  const texts = Object.assign({}, ...broken.map((one) => one.texts));
  printProblems(problems, { texts, isJson: json === true, io });
}

/** Files that were never fetched would look as if they had never been. */
async function refusePartialClone(git: Git): Promise<void> {
  const filter = await git.text(["config", "--get-regexp", "^remote\\..*\\.partialclonefilter$"]).catch(() => "");
  if (filter.trim() === "") return;
  throw new GitError(
    "This clone is partial: it lacks files of older commits. Fetch them with: git fetch --refetch --no-filter",
  );
}
