/** Whether the policy would have stopped to look at what later turned out to be bad: with counts, since they are few. */

import { type Fate, type FixTie, fixTies } from "./fates.ts";
import { type Share, shareOf } from "./figures.ts";
import { type HoldingRule, isHeld, type Outcome } from "./outcome.ts";

export interface FateFigures {
  reverted: Followed;
  /** Followed by a fix that names it or rewrites its lines. */
  fixed: Followed;
  fixedBy: Record<FixTie, number>;
  /** Merged so shortly before the end of the history that a fix may still come. */
  recent: number;
  /** For each rule: of the changes it would have held, how many went wrong. */
  rules: RuleWorth[];
  /** The same for changes that nothing would have held, and for all: what a rule has to be better than. */
  opened: Went;
  all: Went;
}

/** Changes that went wrong in one way, and what the policy would have done about them. */
export interface Followed {
  all: number;
  /** Somebody would have looked first. */
  held: Share;
  /** A checkpoint would have pointed at it. */
  flagged: Share;
  /** Nobody would have been asked. */
  missed: FollowedChange[];
  caught: FollowedChange[];
}

export interface FollowedChange {
  id: string;
  title: string;
  by: { id: string; title: string; afterMs: number };
  /** How a fix is tied to it; `null` for a revert. */
  tie: FixTie | null;
  heldBy: string[];
  isRestored: boolean;
}

export interface Went {
  changes: number;
  reverted: Share;
  /** Reverted, or followed by a fix that names it or rewrites its lines. */
  wrong: Share;
}

export interface RuleWorth extends Went {
  kind: HoldingRule["kind"];
  name: string;
}

export function figureFates(outcomes: readonly Outcome[], fates: ReadonlyMap<string, Fate>): FateFigures {
  const known = outcomes.flatMap((outcome): Known[] => {
    const fate = fates.get(outcome.id);
    return fate ? [{ outcome, fate }] : [];
  });
  const reverted = known.filter(({ fate }) => fate.revertedBy !== null);
  const fixed = known.filter(isFixed);
  return {
    reverted: followed(
      reverted,
      ({ revertedBy }) => revertedBy,
      () => null,
    ),
    fixed: followed(
      fixed,
      ({ fixedBy }) => fixedBy,
      ({ fixedBy }) => fixedBy?.tie ?? null,
    ),
    fixedBy: Object.fromEntries(
      fixTies.map((tie) => [tie, known.filter(({ fate }) => fate.fixedBy?.tie === tie).length]),
    ) as Record<FixTie, number>,
    recent: known.filter(({ fate }) => fate.isRecent).length,
    rules: rulesOf(known),
    opened: wentOf(known.filter(({ outcome }) => !isHeld(outcome))),
    all: wentOf(known),
  };
}

interface Known {
  outcome: Outcome;
  fate: Fate;
}

/** A fix in the same file alone ties too little to be counted. */
function isFixed({ fate }: Known): boolean {
  return fate.fixedBy !== null && fate.fixedBy.tie !== "same_files";
}

function followed(
  known: readonly Known[],
  by: (fate: Fate) => FollowedChange["by"] | null,
  tie: (fate: Fate) => FixTie | null,
): Followed {
  const changes = known.flatMap(({ outcome, fate }): (FollowedChange & { outcome: Outcome })[] => {
    const after = by(fate);
    if (after === null) return [];
    const { id, title, heldBy } = outcome;
    const names = heldBy.map(({ name }) => name);
    const { id: byId, title: byTitle, afterMs } = after;
    return [
      {
        outcome,
        id,
        title,
        by: { id: byId, title: byTitle, afterMs },
        tie: tie(fate),
        heldBy: names,
        isRestored: fate.isRestored,
      },
    ];
  });
  const caught = changes.filter(({ outcome }) => isHeld(outcome));
  const plain = ({ outcome: _, ...change }: (typeof changes)[number]): FollowedChange => change;
  const flagged = changes.filter(({ outcome }) => outcome.heldBy.some(({ kind }) => kind === "checkpoint"));
  return {
    all: changes.length,
    held: shareOf(caught.length, changes.length),
    flagged: shareOf(flagged.length, changes.length),
    missed: changes.filter(({ outcome }) => !isHeld(outcome)).map(plain),
    caught: caught.map(plain),
  };
}

function rulesOf(known: readonly Known[]): RuleWorth[] {
  const groups = new Map<string, { kind: HoldingRule["kind"]; name: string; known: Known[] }>();
  for (const one of known) {
    for (const { kind, name } of one.outcome.heldBy) {
      const key = `${kind} ${name}`;
      const group = groups.get(key) ?? { kind, name, known: [] };
      group.known.push(one);
      groups.set(key, group);
    }
  }
  return [...groups.values()]
    .sort((a, b) => b.known.length - a.known.length || (a.name < b.name ? -1 : 1))
    .map(({ kind, name, known: group }) => ({ kind, name, ...wentOf(group) }));
}

function wentOf(known: readonly Known[]): Went {
  const reverted = known.filter(({ fate }) => fate.revertedBy !== null);
  const wrong = known.filter((one) => one.fate.revertedBy !== null || isFixed(one));
  return {
    changes: known.length,
    reverted: shareOf(reverted.length, known.length),
    wrong: shareOf(wrong.length, known.length),
  };
}
