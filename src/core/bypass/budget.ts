/** How many merges may be bypassed: a share of all of them, so that an exception stays one. */

import type { Memory } from "../snapshot.ts";
import type { EmergencyRules } from "./emergency-rules.ts";

export interface BudgetUse {
  /** Bypassed merges within the period, and all of them. */
  bypassed: number;
  all: number;
  /** So many of them may be bypassed, the next one counted among all; always one, else a young repository had none. */
  allowed: number;
  /** The next bypass would go beyond it. */
  isOver: boolean;
  /** Some of it is spent, and four fifths would be with the next one. */
  isNear: boolean;
}

/** @returns `null` where nobody counted; that is no room for another one */
export function budgetUse({ budget }: Pick<EmergencyRules, "budget">, merges: Memory["merges"]): BudgetUse | null {
  if (merges === null) return null;
  const { all, bypassed } = merges;
  // What a share comes to is rounded for what binary fractions add: 5 % of 100 are 5.
  const allowed = Math.max(1, Math.floor(Number((budget.limit * (all + 1)).toFixed(6))));
  return {
    bypassed,
    all,
    allowed,
    isOver: bypassed + 1 > allowed,
    isNear: bypassed > 0 && bypassed + 1 >= 0.8 * allowed,
  };
}
