/** The figures of a replay: how much opens by itself, what holds the rest, and whom it would have asked. */

import { type FindingClass, findingClasses, type RiskLevel, riskLevels } from "../findings/finding.ts";
import { type FateFigures, figureFates } from "./fate-figures.ts";
import type { Fate } from "./fates.ts";
import { quantile, type Share, shareOf } from "./figures.ts";
import { type Answer, answers, isHeld, type Outcome } from "./outcome.ts";
import { type Period, periodsOf } from "./periods.ts";

export interface Summary {
  changes: number;
  /** Written by automated accounts, as far as that is known. */
  byBots: number;
  /** Of the first and last merge; `null` of nothing. */
  from: Date | null;
  to: Date | null;
  answers: Record<Answer, number>;
  /** Nobody would have been asked for anything. */
  automatic: Share;
  /** Somebody would have had to do something first. */
  held: Share;
  /** Held by a checkpoint, whatever the workflow asks. */
  flagged: Share;
  /** By how often they hold. */
  rules: RuleFigures[];
  /** By how often they are chosen. */
  workflows: { name: string; changes: number; held: number }[];
  /** Approvals that would still have been asked for, by who could have given them. */
  roles: RoleFigures[];
  /** How many changes need so many people at least; index is the number of people, the last one is "or more". */
  people: number[];
  asks: Counted[];
  unknown: Counted[];
  risk: Record<RiskLevel, number>;
  classes: Record<FindingClass, number>;
  periods: Period[];
  waits: { held: WaitFigures; opened: WaitFigures };
  fates: FateFigures;
  assumed: Counted[];
}

export interface RuleFigures {
  kind: "checkpoint" | "workflow" | "other";
  name: string;
  line: number | null;
  held: Share;
  /** Of those, how many nothing else holds. */
  alone: number;
}

export interface RoleFigures {
  roles: readonly string[];
  approvals: number;
  changes: number;
  by: string[];
}

export interface Counted {
  says: string;
  count: number;
}

/** From ready for review to the first approval. */
export interface WaitFigures {
  /** Changes for which it is known. */
  known: number;
  of: number;
  medianMs: number | null;
  p90Ms: number | null;
  /** The same to the first review of any kind. */
  firstReviewMedianMs: number | null;
  firstReviewP90Ms: number | null;
}

/** From so many people on they are counted together. */
const peopleMax = 4;

export function summarise(outcomes: readonly Outcome[], fates: ReadonlyMap<string, Fate>): Summary {
  const held = outcomes.filter(isHeld);
  const opened = outcomes.filter((outcome) => !isHeld(outcome));
  const times = outcomes.map(({ mergedAt }) => mergedAt.getTime());
  const of = outcomes.length;
  return {
    changes: of,
    byBots: outcomes.filter(({ isBot }) => isBot).length,
    from: of === 0 ? null : new Date(Math.min(...times)),
    to: of === 0 ? null : new Date(Math.max(...times)),
    answers: tally(answers, outcomes, ({ answer }) => [answer]),
    automatic: shareOf(outcomes.filter(({ answer }) => answer === "opens").length, of),
    held: shareOf(held.length, of),
    flagged: shareOf(outcomes.filter(isFlagged).length, of),
    rules: rulesOf(outcomes),
    workflows: workflowsOf(outcomes),
    roles: rolesOf(outcomes),
    people: peopleOf(outcomes),
    asks: counted(outcomes.flatMap(({ asks }) => asks)),
    unknown: counted(outcomes.flatMap(({ unknown }) => unknown)),
    risk: tally(riskLevels, outcomes, ({ risk }) => [risk]),
    classes: tally(findingClasses, outcomes, ({ classes }) => classes),
    periods: periodsOf(outcomes),
    waits: { held: waitsOf(held), opened: waitsOf(opened) },
    fates: figureFates(outcomes, fates),
    assumed: counted(outcomes.flatMap(({ assumed }) => assumed)),
  };
}

/** Holds when a checkpoint stops it, beyond what every change of its kind is asked for. */
export function isFlagged({ heldBy }: Outcome): boolean {
  return heldBy.some(({ kind }) => kind === "checkpoint");
}

function tally<Key extends string>(
  keys: readonly Key[],
  outcomes: readonly Outcome[],
  of: (outcome: Outcome) => readonly Key[],
): Record<Key, number> {
  const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  for (const outcome of outcomes) for (const key of of(outcome)) counts[key] += 1;
  return counts;
}

function rulesOf(outcomes: readonly Outcome[]): RuleFigures[] {
  const rules = new Map<string, Omit<RuleFigures, "held"> & { count: number }>();
  for (const { heldBy } of outcomes) {
    for (const { kind, name, line } of heldBy) {
      const key = `${kind} ${name}`;
      const rule = rules.get(key) ?? { kind, name, line, alone: 0, count: 0 };
      rule.count += 1;
      if (heldBy.length === 1) rule.alone += 1;
      rules.set(key, rule);
    }
  }
  return [...rules.values()]
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
    .map(({ count, ...rule }) => ({ ...rule, held: shareOf(count, outcomes.length) }));
}

function workflowsOf(outcomes: readonly Outcome[]): Summary["workflows"] {
  const groups = Map.groupBy(outcomes, ({ workflow }) => workflow);
  return [...groups]
    .map(([name, group]) => ({ name, changes: group.length, held: group.filter(isHeld).length }))
    .sort((a, b) => b.changes - a.changes || (a.name < b.name ? -1 : 1));
}

function rolesOf(outcomes: readonly Outcome[]): RoleFigures[] {
  const figures = new Map<string, RoleFigures>();
  for (const { seats, needs } of outcomes) {
    for (const { roles, count } of seats) {
      const key = roles.join("\0");
      const known = figures.get(key) ?? { roles, approvals: 0, changes: 0, by: [] };
      known.approvals += count;
      known.changes += 1;
      for (const need of needs)
        if (need.roles.join("\0") === key && !known.by.includes(need.by)) known.by.push(need.by);
      figures.set(key, known);
    }
  }
  return [...figures.values()]
    .map((figure) => ({ ...figure, by: figure.by.toSorted() }))
    .sort((a, b) => b.approvals - a.approvals || (a.roles.join() < b.roles.join() ? -1 : 1));
}

function peopleOf(outcomes: readonly Outcome[]): number[] {
  const counts = Array.from({ length: peopleMax + 1 }, () => 0);
  for (const { people } of outcomes) {
    const index = Math.min(people, peopleMax);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** Those that are as frequent stay in the order they were met in. */
function counted(names: readonly string[]): Counted[] {
  return [...Map.groupBy(names, (name) => name)]
    .map(([says, all]) => ({ says, count: all.length }))
    .sort((a, b) => b.count - a.count);
}

function waitsOf(outcomes: readonly Outcome[]): WaitFigures {
  const known = (key: "firstApprovalMs" | "firstReviewMs") =>
    outcomes.flatMap(({ waits }) => (waits?.[key] === null || waits === null ? [] : [waits[key]]));
  const approvals = known("firstApprovalMs");
  const reviews = known("firstReviewMs");
  return {
    known: approvals.length,
    of: outcomes.length,
    medianMs: quantile(approvals, 0.5),
    p90Ms: quantile(approvals, 0.9),
    firstReviewMedianMs: quantile(reviews, 0.5),
    firstReviewP90Ms: quantile(reviews, 0.9),
  };
}
