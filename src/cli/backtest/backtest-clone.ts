/** Replays the history of a clone under one policy, or two. */

import { type Backtest, makeBacktest } from "../../core/backtest/backtest.ts";
import { type LaterChange, noLines } from "../../core/backtest/later-change.ts";
import type { Outcome } from "../../core/backtest/outcome.ts";
import { count } from "../../core/report/telling.ts";
import { GitError } from "../git/git-error.ts";
import { shallowHint } from "../git/read-range.ts";
import type { CloneMerge } from "./clone-merge.ts";
import type { BacktestPolicy } from "./load-backtest-policy.ts";
import type { CloneHistory } from "./read-history.ts";
import { type Replayed, replayHistory } from "./replay-pool.ts";
import type { ReplayItem } from "./replay-task.ts";
import type { GitPlace } from "./stream-records.ts";

export interface CloneBacktestInput {
  place: GitPlace;
  history: CloneHistory;
  policy: BacktestPolicy & { kind: "loaded" };
  against: (BacktestPolicy & { kind: "loaded" }) | null;
  fixWithinMs: number;
  processes: number;
  onDone: () => void;
}

/** How many changes have to be looked at, for a bar that shows how far it is. */
export function stepsOf({ merges, others }: CloneHistory): number {
  return merges.length + others.length;
}

export async function backtestClone(input: CloneBacktestInput): Promise<Backtest> {
  const { history, policy, against, place } = input;
  const items = [
    ...history.merges.map((merge): ReplayItem => ({ merge, isReplayed: true, isWithoutTexts: false })),
    ...history.others.map((merge): ReplayItem => ({ merge, isReplayed: false, isWithoutTexts: false })),
  ];
  const policies = [policy.text, ...(against ? [against.text] : [])];
  const setup = { place, repository: history.repository, policies };
  const replayed = await replayHistory(setup, items, input);
  const [failure] = replayed.failed.values();
  if (replayed.outcomes.size === 0 && failure !== undefined)
    throw new GitError(`No change could be looked at: ${failure}`);
  const outcomesOf = (index: number): Outcome[] =>
    history.merges.flatMap(({ sha }) => replayed.outcomes.get(sha)?.[index] ?? []);
  const { owner, name, branch } = history.repository;
  return makeBacktest({
    repository: owner === "local" ? name : `${owner}/${name}`,
    branch,
    source: "clone",
    policy: policy.name,
    outcomes: outcomesOf(0),
    against: against && { policy: against.name, outcomes: outcomesOf(1) },
    history: laterChanges(history, replayed),
    until: history.until,
    fixWithinMs: input.fixWithinMs,
    notes: notesOf(history, replayed),
  });
}

/** In the order of the branch, which the clocks of those who merged may contradict. */
function laterChanges({ merges, others }: CloneHistory, { touched }: Replayed): LaterChange[] {
  return [...merges, ...others]
    .sort((a, b) => a.position - b.position)
    .map(
      (merge): LaterChange => ({
        id: merge.id,
        commitShas: [merge.sha, ...merge.commits.map(({ sha }) => sha)],
        title: merge.title,
        message: messageOf(merge),
        at: merge.mergedAt,
        touched: touched.get(merge.sha) ?? noLines,
      }),
    );
}

/** What a branch's own commits say counts too: one of them may be the revert. */
function messageOf({ body, kind, commits }: CloneMerge): string {
  const only = kind === "merge" && commits.length === 1 ? (commits[0]?.message ?? "") : "";
  return only === "" ? body : `${body}\n${only}`;
}

function notesOf(history: CloneHistory, { failed }: Replayed): string[] {
  const notes: string[] = [];
  const { skipped, isShallow } = history;
  if (isShallow) notes.push(`What came before is not in this clone.${shallowHint}`);
  if (skipped > 0) {
    const [what, were] = [count(skipped, "commit"), skipped === 1 ? "was" : "were"];
    notes.push(
      `${what} without a pull request's number ${were} passed over; --commits counts every commit as a change.`,
    );
  }
  for (const [sha, why] of [...failed].slice(0, 5)) notes.push(`${sha.slice(0, 10)} could not be looked at: ${why}.`);
  if (failed.size > 5) notes.push(`${failed.size - 5} more could not be looked at.`);
  return notes;
}
