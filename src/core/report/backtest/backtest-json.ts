/** A backtest for programs: what `--json` writes. Names are stable; new ones may be added. */

import type { Backtest } from "../../backtest/backtest.ts";
import type { ComparedChange } from "../../backtest/compare.ts";
import type { Followed, FollowedChange, Went } from "../../backtest/fate-figures.ts";
import type { Fate } from "../../backtest/fates.ts";
import type { Share } from "../../backtest/figures.ts";
import type { Outcome } from "../../backtest/outcome.ts";
import type { Summary, WaitFigures } from "../../backtest/summarise.ts";
import { engineVersion } from "../../gate/verdict.ts";
import { differenceWords } from "./backtest-words.ts";

export function backtestJson(backtest: Backtest) {
  const { against } = backtest;
  return {
    repository: backtest.repository,
    branch: backtest.branch,
    source: backtest.source,
    policy: backtest.policy,
    fix_within_ms: backtest.fixWithinMs,
    notes: backtest.notes,
    summary: summaryJson(backtest.summary),
    against: against && {
      policy: against.policy,
      summary: summaryJson(against.summary),
      differences: against.comparison.counts,
      approvals: against.comparison.approvals,
      changes: against.comparison.changes.filter(({ difference }) => difference !== "same").map(comparedJson),
    },
    changes: backtest.outcomes.map((outcome) => ({
      ...outcomeJson(outcome),
      fate: fateJson(backtest.fates.get(outcome.id)),
    })),
    engine: engineVersion,
  };
}

function summaryJson({ byBots, from, to, rules, workflows, roles, periods, waits, fates, people, ...plain }: Summary) {
  return {
    ...plain,
    automatic: shareJson(plain.automatic),
    held: shareJson(plain.held),
    flagged: shareJson(plain.flagged),
    by_bots: byBots,
    from: from?.toISOString() ?? null,
    to: to?.toISOString() ?? null,
    rules: rules.map(({ held, ...rule }) => ({ ...rule, held: shareJson(held) })),
    workflows,
    roles,
    people: people.map((changes, index) => ({ people: index, or_more: index === people.length - 1, changes })),
    periods: periods.map(({ from: start, name, answers }) => ({ from: start.toISOString(), name, answers })),
    waits: { held: waitsJson(waits.held), opened: waitsJson(waits.opened) },
    fates: {
      reverted: followedJson(fates.reverted),
      fixed: followedJson(fates.fixed),
      fixed_by: fates.fixedBy,
      recent: fates.recent,
      rules: fates.rules.map(({ kind, name, ...went }) => ({ kind, name, ...wentJson(went) })),
      opened: wentJson(fates.opened),
      all: wentJson(fates.all),
    },
  };
}

function shareJson({ count, of, share, interval }: Share) {
  return { count, of, share, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}

function waitsJson({ known, of, medianMs, p90Ms, firstReviewMedianMs, firstReviewP90Ms }: WaitFigures) {
  return {
    known,
    of,
    first_approval_median_ms: medianMs,
    first_approval_p90_ms: p90Ms,
    first_review_median_ms: firstReviewMedianMs,
    first_review_p90_ms: firstReviewP90Ms,
  };
}

function followedJson({ all, held, flagged, missed, caught }: Followed) {
  return {
    all,
    held: shareJson(held),
    flagged: shareJson(flagged),
    missed: missed.map(followedChangeJson),
    caught: caught.map(followedChangeJson),
  };
}

function followedChangeJson({ id, title, by, tie, heldBy, isRestored }: FollowedChange) {
  return {
    id,
    title,
    by: { id: by.id, title: by.title, after_ms: by.afterMs },
    tie,
    held_by: heldBy,
    restored: isRestored,
  };
}

function wentJson({ changes, reverted, wrong }: Went) {
  return { changes, reverted: shareJson(reverted), wrong: shareJson(wrong) };
}

function outcomeJson({ commitSha, isBot, mergedAt, heldBy, findingsLeftOut, waits, source: _, ...outcome }: Outcome) {
  return {
    ...outcome,
    commit: commitSha,
    bot: isBot,
    merged_at: mergedAt.toISOString(),
    held_by: heldBy,
    findings_left_out: findingsLeftOut,
    waits: waits && { first_review_ms: waits.firstReviewMs, first_approval_ms: waits.firstApprovalMs },
  };
}

function fateJson(fate: Fate | undefined) {
  if (!fate) return null;
  const { revertedBy, fixedBy } = fate;
  return {
    reverted_by: revertedBy && { id: revertedBy.id, title: revertedBy.title, after_ms: revertedBy.afterMs },
    restored: fate.isRestored,
    fixed_by: fixedBy && { id: fixedBy.id, title: fixedBy.title, after_ms: fixedBy.afterMs, tie: fixedBy.tie },
    recent: fate.isRecent,
  };
}

function comparedJson(change: ComparedChange) {
  const { id, title, difference, before, after } = change;
  const side = ({ answer, workflow, heldBy, seats, people, asks, unknown }: Outcome) => ({
    answer,
    workflow,
    held_by: heldBy.map(({ name }) => name),
    seats,
    people,
    asks,
    unknown,
  });
  return { id, title, difference, says: differenceWords(change), before: side(before), after: side(after) };
}
