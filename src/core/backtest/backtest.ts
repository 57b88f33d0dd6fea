/** A replay of a history under one policy, or under two: everything that a report shows. */

import { type Comparison, compare } from "./compare.ts";
import { type Fate, findFates } from "./fates.ts";
import type { HistorySource } from "./historic-change.ts";
import type { LaterChange } from "./later-change.ts";
import type { Outcome } from "./outcome.ts";
import { type Summary, summarise } from "./summarise.ts";

export interface Backtest {
  /** `owner/name`, or the clone's folder. */
  repository: string;
  branch: string;
  source: HistorySource;
  /** How the policy is called: a file, a preset, a revision. */
  policy: string;
  /** Oldest first. */
  outcomes: readonly Outcome[];
  fates: ReadonlyMap<string, Fate>;
  summary: Summary;
  /** The policy that it is compared with; `null` where it stands alone. */
  against: { policy: string; outcomes: readonly Outcome[]; summary: Summary; comparison: Comparison } | null;
  fixWithinMs: number;
  /** What has to be known to read the figures, a sentence each. */
  notes: readonly string[];
}

export interface BacktestInput
  extends Pick<Backtest, "repository" | "branch" | "source" | "policy" | "fixWithinMs" | "notes"> {
  outcomes: readonly Outcome[];
  against: { policy: string; outcomes: readonly Outcome[] } | null;
  /** Every change and commit that came onto the branch since the first of them, oldest first. */
  history: readonly LaterChange[];
  /** The last moment that the history knows of. */
  until: Date;
}

export function makeBacktest({ outcomes, against, history, until, ...input }: BacktestInput): Backtest {
  const fates = findFates(history, { fixWithinMs: input.fixWithinMs, until });
  return {
    ...input,
    outcomes,
    fates,
    summary: summarise(outcomes, fates),
    against: against && {
      ...against,
      summary: summarise(against.outcomes, fates),
      comparison: compare(against.outcomes, outcomes),
    },
  };
}
