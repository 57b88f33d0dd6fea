/** What an emergency bypass asks for where the policy leaves it out. */

import type { Policy } from "./schema.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Labels by which a bypass is asked for, each with the cause it stands for. */
export const emergencyLabels: Readonly<Record<string, string>> = {
  "emergency-bypass": "unspecified",
  "emergency: production-issue": "production_issue",
  "emergency: security-vulnerability": "security_vulnerability",
  "emergency: critical-bug": "critical_bug",
};

export const emergencyDefaults = {
  authorised: ["on_call", "technical_lead"],
  reason: { minLength: 20, withinMs: 15 * minuteMs },
  expiresAfterMs: 4 * hourMs,
  /** Stays closed in every case, also where a maintenance window is open. */
  never: ["secret_detected"],
  postReview: { approver: "technical_lead", withinMs: dayMs },
  budget: { limit: 0.05, periodMs: 30 * dayMs, overBudget: "second_person" },
} as const;

/** Roles of which one has to be held to ask for a bypass; empty where the policy has none. */
export function authorisedRoles({ bypass }: Pick<Policy, "bypass">): readonly string[] {
  return bypass?.emergency === undefined ? [] : (bypass.emergency.authorised ?? emergencyDefaults.authorised);
}
