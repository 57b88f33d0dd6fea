/** The rules of the emergency bypass as they are in force: what the policy says, and the defaults for what it leaves out. */

import { authorisedRoles, emergencyDefaults, emergencyLabels } from "../policy/emergency-defaults.ts";
import type { Policy } from "../policy/schema.ts";

export interface EmergencyRules {
  /** Labels that ask for a bypass, by their name in lower case, each with the cause it stands for. */
  labels: Readonly<Record<string, string>>;
  /** Any of these roles may ask. */
  authorised: readonly string[];
  /** A reason of so many characters at least, no later than this after the label. */
  reason: { minLength: number; withinMs: number };
  /** A role of which a second person has to agree; `null` for none. */
  secondPerson: string | null;
  expiresAfterMs: number;
  /** Checkpoints and rules of findings, as the policy writes them. */
  never: readonly string[];
  postReview: { approver: string; withinMs: number };
  /** `limit`: a share of all merges, from 0 to 1. */
  budget: { limit: number; periodMs: number; overBudget: "second_person" | "refuse" | "warn" };
}

/** @returns `null` where the policy has no emergency bypass */
export function emergencyRules({ bypass }: Pick<Policy, "bypass">): EmergencyRules | null {
  const written = bypass?.emergency;
  if (written === undefined) return null;
  const { reason, post_review: postReview, budget } = written;
  const defaults = emergencyDefaults;
  const labels = Object.entries(written.labels ?? emergencyLabels);
  return {
    labels: Object.fromEntries(labels.map(([label, cause]) => [label.toLowerCase(), cause])),
    authorised: authorisedRoles({ bypass }),
    reason: {
      minLength: reason?.min_length ?? defaults.reason.minLength,
      withinMs: reason?.within ?? defaults.reason.withinMs,
    },
    secondPerson: written.second_person || null,
    expiresAfterMs: written.expires_after ?? defaults.expiresAfterMs,
    never: neverOpened({ bypass }),
    postReview: {
      approver: postReview?.approver ?? defaults.postReview.approver,
      withinMs: postReview?.within ?? defaults.postReview.withinMs,
    },
    budget: {
      limit: budget === undefined ? defaults.budget.limit : shareOf(budget.limit),
      periodMs: budget?.period ?? defaults.budget.periodMs,
      overBudget: budget?.over_budget ?? defaults.budget.overBudget,
    },
  };
}

/** Checkpoints and rules of findings that nothing opens, no bypass and no window either. */
export function neverOpened({ bypass }: Pick<Policy, "bypass">): readonly string[] {
  return bypass?.emergency?.never ?? emergencyDefaults.never;
}

/** `5%` as a share from 0 to 1. */
function shareOf(percent: string): number {
  return Math.min(1, Number.parseFloat(percent) / 100);
}
