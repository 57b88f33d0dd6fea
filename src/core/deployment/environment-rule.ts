/** What the policy asks of deployments to an environment. */

import type { Deployment } from "../policy/blocks/deployments.ts";
import { environmentKey, lookOf } from "../policy/environment-names.ts";
import { matchesGlob } from "../policy/patterns.ts";
import type { Policy } from "../policy/schema.ts";

type Deployments = Pick<Policy, "deployments">;

export interface EnvironmentRule {
  /** As the policy writes it; `null` where it names no such environment. */
  name: string | null;
  /** The environment has another name, and looks like this one. */
  isLookAlike: boolean;
  checkpoints: string[];
  /** Any of these roles. */
  approvers: string[];
  approvals: number;
  /** Patterns of branches; `null`: the default branch alone. */
  branches: string[] | null;
  needsGate: boolean;
  needsReviews: boolean;
  unknownCommits: "block" | "approve";
  timeoutMs: number;
  escalation: string;
}

const timeoutMsDefault = 24 * 3_600_000;

/**
 * The exact name first, then globs in the policy's order, then whatever it could be taken for: a name that only looks like another is held to the
 * same. An environment that the policy does not name still wants its merges to have come through the gate.
 */
export function ruleFor(policy: Deployments, environment: string): EnvironmentRule {
  const found = findRow(policy, environment);
  if (found !== null) return { ...settled(found.rule), name: found.name, isLookAlike: found.isLookAlike };
  return { ...settled({ approvals: 0 }), name: null, isLookAlike: false };
}

/** Whether the policy names this very environment, and not only by a pattern. */
export function isNamed({ deployments = {} }: Deployments, environment: string): boolean {
  return Object.keys(deployments).some((name) => environmentKey(name) === environmentKey(environment));
}

/** Whether a name could be taken for another one that the policy protects; that one itself is none of these. */
export function looksProtected(
  { deployments = {}, bypass }: Pick<Policy, "deployments" | "bypass">,
  environment: string,
): boolean {
  const key = environmentKey(environment);
  const look = lookOf(environment);
  const names = [...Object.keys(deployments), ...(bypass?.test_environments?.protected ?? []), ...alwaysProtected];
  return names.some((name) => lookOf(name) === look && environmentKey(name) !== key);
}

const alwaysProtected = ["production", "prod", "live"];

function findRow(
  { deployments = {} }: Deployments,
  environment: string,
): { name: string; rule: Deployment; isLookAlike: boolean } | null {
  const rows = Object.entries(deployments);
  const key = environmentKey(environment);
  const look = lookOf(environment);
  const same =
    rows.find(([name]) => name === environment) ??
    rows.find(([name]) => environmentKey(name) === key) ??
    rows.find(([name]) => matchesGlob(environmentKey(name), key));
  if (same) return { name: same[0], rule: same[1], isLookAlike: false };
  const alike = rows.find(([name]) => lookOf(name) === look);
  return alike ? { name: alike[0], rule: alike[1], isLookAlike: true } : null;
}

function settled(rule: Deployment): Omit<EnvironmentRule, "name" | "isLookAlike"> {
  const { checkpoints = [], approver, approvals, require = ["merged_through_gate", "post_reviews_closed"] } = rule;
  // Where only checkpoints are named, they ask for themselves.
  const isAskedByCheckpoints = approver === undefined && checkpoints.length > 0;
  return {
    checkpoints,
    approvers: approver ?? ["technical_lead"],
    approvals: approvals ?? (isAskedByCheckpoints ? 0 : 1),
    branches: rule.branches ?? null,
    needsGate: require.includes("merged_through_gate"),
    needsReviews: require.includes("post_reviews_closed"),
    unknownCommits: rule.unknown_commits ?? "block",
    timeoutMs: rule.timeout ?? timeoutMsDefault,
    escalation: rule.escalation ?? "level_3",
  };
}
