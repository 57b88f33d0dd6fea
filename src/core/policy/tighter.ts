/**
 * Whether one policy is at least as strict as another, key by key. What is not plainly as strict counts as looser: an organisation that
 * enforces a key would rather refuse too much.
 */

import { isDeepEqual } from "./deep-equal.ts";
import { emergencyDefaults } from "./emergency-defaults.ts";
import { isTree } from "./merge-policies.ts";
import type { KeyPath } from "./policy-text.ts";

/** A key that is looser than it may be. */
export interface Loosening {
  path: KeyPath;
  /** What is asked for, as a phrase. */
  expected: string;
}

/** @param wanted what is enforced @param given what is in force; both parsed, `undefined` where nothing stands */
export type Rule = (wanted: unknown, given: unknown) => boolean;

const { minLength } = emergencyDefaults.reason;

/** Rules by the last keys of a path, `*` for any one; the longest that fits is taken. Without a rule, only equal is as strict. */
const rules: Readonly<Record<string, Rule>> = {
  description: () => true,
  scope: () => true,
  mode: (wanted, given) => wanted === "observe" || (given ?? "enforce") === "enforce",
  on_error: (wanted, given) => wanted === given || given === "block",
  required: (wanted, given) => wanted === false || given === true,
  approver: subset,
  approvals: moreApprovals,
  "checkpoints.*.criteria": allCriteria,
  "checkpoints.*.conditions": anythingFor(undefined),
  timeout: atMost,
  freshness: ranked(["sticky", "affected_paths", "same_change", "exact"], "same_change"),
  allow_author: never,
  allow_contributor: never,
  allow_non_author_contributor: never,
  ignore_edited_comments: always,
  ignore_update_merges: (wanted, given) => wanted !== false || given === false,
  "approvals.conditions": (wanted, given) => wanted === false || given === wanted || given === true,
  "approvals.open_conditions": ranked(["track", "hold"], "hold"),
  "policy_change.asks_for": ranked(["nothing", "loosening", "any"], "loosening"),
  decision: (wanted, given) => wanted === "none" || given === wanted || given === "required",
  distinct_people: (wanted, given) => wanted !== true || given === true,
  unknown_contributor: ranked(["ignore", "extra_approver", "block"], "extra_approver"),
  ignore_commits_by: (wanted, given) => given === undefined || isDeepEqual(wanted, given),
  request_reviews: () => true,
  "veto.by": (wanted, given) => given !== undefined && superset(wanted, given),
  hold_at: ranked(["proven", "likely", "hint"], "proven"),
  ask_at: ranked(["proven", "likely", "hint"], "likely"),
  "classification.*.public": addedGlobs,
  "classification.*.paths": addedGlobs,
  "classification.*.hot_paths": addedGlobs,
  "classification.*.labels": supersetOf,
  "classification.*.layers": superset,
  "classification.*.ignore": fewerGlobs,
  "classification.suppress": (wanted, given) => list(given).every((entry) => has(list(wanted), entry)),
  "classification.size.generated": fewerGlobs,
  "classification.size.vendored": fewerGlobs,
  "roles.*": narrowerRole,
  "emergency.labels": fewerEntries,
  authorised: subset,
  "reason.min_length": (wanted, given) => Number(given ?? minLength) >= Number(wanted ?? minLength),
  "reason.within": atMostOf(emergencyDefaults.reason.withinMs),
  "post_review.within": atMostOf(emergencyDefaults.postReview.withinMs),
  "emergency.expires_after": atMostOf(emergencyDefaults.expiresAfterMs),
  second_person: (wanted, given) => !wanted || wanted === given,
  "emergency.never": (wanted, given) => superset(wanted ?? emergencyDefaults.never, given ?? emergencyDefaults.never),
  limit: (wanted, given) => percent(given) <= percent(wanted),
  over_budget: ranked(["warn", "second_person", "refuse"], emergencyDefaults.budget.overBudget),
  "deployments.*.checkpoints": superset,
  "deployments.*.branches": subset,
  "deployments.*.require": (wanted, given) => superset(wanted ?? deploymentNeeds, given ?? deploymentNeeds),
  "deployments.*.unknown_commits": ranked(["approve", "block"], "block"),
  "bypass.maintenance_windows": subset,
  "test_environments.branches": subset,
  "test_environments.environments": subset,
  "test_environments.protected": superset,
  "checkpoints.*.escalation": laterStart,
  "escalation_levels.*.actions": supersetOf,
  "escalation_levels.*.notify": superset,
  "escalation_levels.*.timeout": (wanted, given) => wanted === given || (wanted !== undefined && atMost(wanted, given)),
  "escalation_levels.*.retries": (wanted, given) => Number(given ?? 2) <= Number(wanted ?? 2),
  "escalation_levels.*.label": () => true,
  "escalation_levels.*.business_hours": (wanted, given) => given === undefined || isDeepEqual(wanted, given),
};

/** What is asked of a deployment unless its environment says otherwise. */
const deploymentNeeds = ["merged_through_gate", "post_reviews_closed"];

/** @param path of both values in the policy */
export function loosenings(wanted: unknown, given: unknown, path: KeyPath): Loosening[] {
  if (isInherited(path) && wanted === undefined)
    return isInheritable(path, given) ? [] : [{ path, expected: phrase(wanted) }];
  const rule = ruleFor(path);
  if (rule !== undefined) return rule(wanted, given) ? [] : [{ path, expected: phrase(wanted) }];
  if (isTree(wanted) && isTree(given)) {
    const isOpen = path.length === 1 && path[0] === "checkpoints"; // one more checkpoint only asks for more
    const keys = new Set(isOpen ? Object.keys(wanted) : [...Object.keys(wanted), ...Object.keys(given)]);
    return [...keys].flatMap((key) => loosenings(wanted[key], given[key], [...path, key]));
  }
  return isDeepEqual(wanted, given) ? [] : [{ path, expected: phrase(wanted) }];
}

/** The strictest value of each option that a checkpoint or workflow takes from the root unless it says otherwise. */
const strictest: Readonly<Record<string, unknown>> = {
  freshness: "exact",
  invalidate_on_push: true,
  allow_author: false,
  allow_contributor: false,
  allow_non_author_contributor: false,
  ignore_edited_comments: true,
  ignore_update_merges: false,
  distinct_people: true,
  unknown_contributor: "block",
  ignore_commits_by: undefined,
  methods: undefined,
};

function isInherited(path: KeyPath): boolean {
  const isInBlock = path[0] === "checkpoints" || path[0] === "approval_workflows";
  return path.length === 3 && isInBlock && Object.hasOwn(strictest, String(path[2]));
}

function isInheritable(path: KeyPath, given: unknown): boolean {
  return given === undefined || given === strictest[String(path[2])];
}

/** Blocks whose own keys are names that users choose, and that may be those of a rule. */
const named = ["checkpoints", "approval_workflows", "escalation_levels", "deployments"];

/** The rule for the value at a path; `undefined` where only the same value is as strict. */
export function ruleFor(path: KeyPath): Rule | undefined {
  // `approvals` at the root is a block of options, not a count.
  if (path.length === 1 && path[0] === "approvals") return undefined;
  if (path.length === 2 && named.includes(String(path[0]))) return undefined;
  for (let start = Math.max(0, path.length - 3); start < path.length; start++) {
    const tail = path.slice(start).map(String);
    const starred = tail.length === 3 ? `${tail[0]}.*.${tail[2]}` : tail.length === 2 ? `${tail[0]}.*` : null;
    for (const key of [tail.join("."), starred]) {
      if (key !== null && Object.hasOwn(rules, key)) return rules[key];
    }
  }
  return undefined;
}

function phrase(wanted: unknown): string {
  return wanted === undefined ? "nothing here" : `\`${JSON.stringify(wanted).slice(0, 120)}\` or stricter`;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function has(values: readonly unknown[], value: unknown): boolean {
  return values.some((candidate) => isDeepEqual(candidate, value));
}

/** Nobody who was not named before, and somebody. */
function subset(wanted: unknown, given: unknown): boolean {
  if (isDeepEqual(wanted, given)) return true;
  return list(given).length > 0 && list(given).every((value) => has(list(wanted), value));
}

function superset(wanted: unknown, given: unknown): boolean {
  return list(wanted).every((value) => has(list(given), value));
}

// Unset means a built-in list: naming any replaces it.
function supersetOf(wanted: unknown, given: unknown): boolean {
  return wanted === undefined ? given === undefined : superset(wanted, given);
}

function addedGlobs(wanted: unknown, given: unknown): boolean {
  const added = list(given).filter((glob) => !has(list(wanted), glob));
  return superset(wanted, given) && !added.some((glob) => String(glob).startsWith("!"));
}

function fewerGlobs(wanted: unknown, given: unknown): boolean {
  const kept = list(wanted).filter((glob) => String(glob).startsWith("!"));
  return list(given).length === 0 || (subset(wanted, given) && superset(kept, given) && hasPositive(given));
}

// A list of nothing but exclusions means everything else.
function hasPositive(globs: unknown): boolean {
  return list(globs).some((glob) => !String(glob).startsWith("!"));
}

function moreApprovals(wanted: unknown, given: unknown): boolean {
  if (isTree(wanted)) {
    return isTree(given) && Object.entries(wanted).every(([role, count]) => Number(given[role] ?? 0) >= Number(count));
  }
  if (isTree(given)) return false;
  return Number(given ?? 1) >= Number(wanted ?? 1);
}

/** Every criterion that was asked for is asked for still, with the same evidence. */
function allCriteria(wanted: unknown, given: unknown): boolean {
  return superset(wanted, given);
}

function narrowerRole(wanted: unknown, given: unknown): boolean {
  if (!isTree(wanted) || !isTree(given)) return wanted === given;
  const isSubset = (key: string) => list(given[key]).every((value) => has(list(wanted[key]), value));
  const ranks = ["read", "triage", "write", "maintain", "admin"];
  const isHigher =
    given.permission === undefined ||
    (wanted.permission !== undefined &&
      ranks.indexOf(String(given.permission)) >= ranks.indexOf(String(wanted.permission)));
  const isOwned = given.codeowners !== true || wanted.codeowners === true;
  return ["users", "teams", "organizations"].every(isSubset) && isHigher && isOwned;
}

function fewerEntries(wanted: unknown, given: unknown): boolean {
  if (!isTree(wanted) || !isTree(given)) return wanted === given;
  return Object.entries(given).every(([key, value]) => wanted[key] === value);
}

function atMost(wanted: unknown, given: unknown): boolean {
  return wanted === undefined || (typeof given === "number" && given <= Number(wanted));
}

/** @param standard what holds where nothing is written */
function atMostOf(standard: number): Rule {
  return (wanted, given) => Number(given ?? standard) <= Number(wanted ?? standard);
}

function never(wanted: unknown, given: unknown): boolean {
  return wanted === true || given !== true;
}

function always(wanted: unknown, given: unknown): boolean {
  return wanted === false || given !== false;
}

function percent(value: unknown): number {
  return value === undefined ? Number.POSITIVE_INFINITY : Number.parseFloat(String(value));
}

/** A later level tells more people from the start; levels of the policy's own have no order. */
function laterStart(wanted: unknown, given: unknown): boolean {
  const order = ["level_1", "level_2", "level_3", "level_4"];
  const [from, to] = [wanted, given].map((name) => order.indexOf(String(name ?? "level_2")));
  return wanted === given || (from !== undefined && to !== undefined && from >= 0 && to >= from);
}

/** @param order loosest first */
function ranked(order: readonly string[], standard: string): Rule {
  return (wanted, given) => order.indexOf(String(given ?? standard)) >= order.indexOf(String(wanted ?? standard));
}

function anythingFor(nothing: undefined): Rule {
  return (wanted, given) => wanted === nothing || isDeepEqual(wanted, given);
}
