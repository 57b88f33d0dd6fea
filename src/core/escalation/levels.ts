/** The levels in force: those that are built in, with the keys that the policy replaces, and its own. */

import type { EscalationAction } from "../policy/blocks/escalation-levels.ts";
import type { Time } from "../policy/predicates/time.ts";
import type { Policy } from "../policy/schema.ts";
import { type Severity, severities } from "../severity.ts";

export interface Level {
  name: string;
  scope: string | null;
  actions: readonly EscalationAction[];
  timeoutMs: number;
  /** Name of the next level; {@link lastLevel} ends it. */
  next: string;
  severity: Severity;
  /** Channels. */
  notify: readonly string[];
  roles: readonly string[];
  retriesMax: number;
  label: string;
  hours: Time | null;
}

/** Where escalation ends: a reminder a day. */
export const lastLevel = "continuous_monitoring";

/** Where it starts, unless something says otherwise. */
export const firstLevelDefault = "level_2";

const minutes = 60_000;

const ofItsOwn = {
  scope: null,
  actions: [],
  timeoutMs: 120 * minutes,
  next: lastLevel,
  severity: "high",
  notify: [],
  roles: [],
  retriesMax: 2,
  label: "holdpoint:escalated",
  hours: null,
} as const satisfies Omit<Level, "name">;

export const builtInLevels: Readonly<Record<string, Level>> = {
  level_1: {
    ...ofItsOwn,
    name: "level_1",
    scope: "common_issues",
    actions: ["automated_fixes", "retries", "fallbacks"],
    timeoutMs: 5 * minutes,
    next: "level_2",
    severity: "low",
  },
  level_2: {
    ...ofItsOwn,
    name: "level_2",
    scope: "developer_attention",
    actions: ["developer_notification", "automated_diagnostics", "suggested_solutions"],
    timeoutMs: 30 * minutes,
    next: "level_3",
    severity: "medium",
  },
  level_3: {
    ...ofItsOwn,
    name: "level_3",
    scope: "expert_attention",
    actions: ["technical_lead_notification", "detailed_analysis", "manual_intervention"],
    timeoutMs: 120 * minutes,
    next: "level_4",
    severity: "high",
    roles: ["technical_lead"],
  },
  level_4: {
    ...ofItsOwn,
    name: "level_4",
    scope: "business_critical",
    actions: ["management_notification", "resource_allocation", "external_support"],
    timeoutMs: 240 * minutes,
    next: lastLevel,
    severity: "critical",
    roles: ["management"],
  },
};

/** @returns a level for every name but {@link lastLevel}: one that the policy no longer has does nothing, and goes on to the reminders */
export function levelOf(policy: Pick<Policy, "escalation_levels">, name: string): Level {
  const written = policy.escalation_levels ?? {};
  const own = Object.hasOwn(written, name) ? written[name] : undefined;
  const base = Object.hasOwn(builtInLevels, name) ? builtInLevels[name] : undefined;
  const standard: Level = base ?? { ...ofItsOwn, name };
  if (own === undefined) return standard;
  return {
    name,
    scope: own.scope ?? standard.scope,
    actions: own.actions === undefined ? standard.actions : [...new Set(own.actions)],
    timeoutMs: own.timeout ?? standard.timeoutMs,
    next: own.escalation ?? standard.next,
    severity: own.severity ?? standard.severity,
    notify: own.notify ?? standard.notify,
    roles: own.roles ?? standard.roles,
    retriesMax: own.retries ?? standard.retriesMax,
    label: own.label ?? standard.label,
    hours: own.business_hours ?? standard.hours,
  };
}

/** Whether reviews and checks that wait too long are escalated. */
export function isEscalating(policy: Pick<Policy, "escalation_levels" | "checkpoints">): boolean {
  if (policy.escalation_levels !== undefined) return true;
  return Object.values(policy.checkpoints).some(({ escalation }) => escalation !== undefined);
}

/** Most pressing first. */
export function urgencyOf({ severity }: Pick<Level, "severity">): number {
  return severities.length - 1 - severities.indexOf(severity);
}
