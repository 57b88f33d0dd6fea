/** Which of two values of the same key is stricter. */

import { isTree } from "../merge-policies.ts";
import type { KeyPath } from "../policy-text.ts";
import { ruleFor } from "../tighter.ts";
import { compareLists, type Extent } from "./compare-conditions.ts";
import type { Strictness } from "./policy-difference.ts";

type Compare = (before: unknown, after: unknown) => Strictness;

const neutral: Compare = () => "neutral";
const moreIsLooser = byList((extent) => (extent === "wider" ? "looser" : "stricter"));
const fewerIsLooser = byList((extent) => (extent === "wider" ? "stricter" : "looser"));
/** Something that opens the gate beside approvals, as a whole. */
const thereIsLooser: Compare = (before, after) =>
  before === undefined ? "looser" : after === undefined ? "stricter" : "unsure";
const thereIsStricter: Compare = (before, after) =>
  before === undefined ? "stricter" : after === undefined ? "looser" : "unsure";

/** By the whole path, `*` for any one name; where nothing fits, the rules by which organisations enforce keys decide. */
const comparisons: Readonly<Record<string, Compare>> = {
  version: neutral,
  extends: neutral, // what it brings is compared itself
  comments: neutral,
  per_checkpoint_checks: neutral,
  merge: neutral,
  records: neutral,
  failures: neutral,
  feedback: neutral,
  notifications: neutral,
  enforce: fewerIsLooser,
  "approval_loop.*": neutral,
  "approval_loop.phrases": () => "unsure",
  "roles.*": (before, after) =>
    before === undefined || after === undefined ? "unsure" : byRule(["roles", ""], before, after),
  "approvals.veto.overrule_by": moreIsLooser,
  "approvals.veto.by": fewerIsLooser,
  "checkpoints.*": thereIsStricter,
  "checkpoints.*.description": neutral,
  "approval_workflows.*.process": neutral,
  "approval_workflows.*.scope": neutral,
  "deployments.*": thereIsStricter,
  "escalation_levels.*": thereIsStricter,
  "escalation_levels.*.roles": fewerIsLooser,
  "escalation_levels.*.scope": neutral,
  "escalation_levels.*.severity": neutral,
  "bypass.emergency": thereIsLooser,
  "bypass.emergency.budget": thereIsStricter,
  "bypass.maintenance_windows": moreIsLooser,
  "bypass.test_environments.branches": moreIsLooser,
  "bypass.test_environments.environments": moreIsLooser,
  "bypass.test_environments.protected": fewerIsLooser,
};

/** Options of approvals, wherever they stand; more ways to approve are looser. */
const methodKeys: Readonly<Record<string, Compare>> = {
  comments: moreIsLooser,
  comment_patterns: moreIsLooser,
  body_patterns: moreIsLooser,
  labels: moreIsLooser,
  intent: (before, after) => (after === true ? "looser" : before === true ? "stricter" : "neutral"),
  review: (before, after) => (after === false ? "stricter" : before === false ? "looser" : "neutral"),
};

/** Update merges are forgiven never, to their makers (where nothing is said), or to approvals as well. */
const updateMerges = [false, undefined, true];

export function compareValues(path: KeyPath, before: unknown, after: unknown): Strictness {
  const own = ownComparison(path);
  if (own) return own(before, after);
  return byRule(path, before, after);
}

/** Whether the value is compared as a whole. */
export function isLeaf(path: KeyPath, before: unknown, after: unknown): boolean {
  if (isWhole(path)) return true;
  if (isTree(before) && isTree(after)) return ownComparison(path) === neutral || ruleFor(path) !== undefined;
  if ((before === undefined || isTree(before)) && (after === undefined || isTree(after))) return !isOpenBlock(path);
  return true;
}

function isWhole(path: KeyPath): boolean {
  return path.length === 2 && path[0] === "roles";
}

/** Blocks of which nothing said is the same as nothing in them. */
function isOpenBlock(path: KeyPath): boolean {
  const text = path.join(".");
  const isMethods = path.at(-1) === "methods";
  return (
    isMethods ||
    /^(classification(\.[a-z_]+)?|bypass(\.test_environments)?|approval_loop|policy_change|deployments|escalation_levels|approvals\.veto|bypass\.emergency\.(reason|post_review))$/.test(
      text,
    )
  );
}

function ownComparison(path: KeyPath): Compare | undefined {
  const steps = path.map(String);
  const key = steps.at(-1) ?? "";
  if (steps.at(-2) === "methods" && steps.at(-3) !== "veto" && Object.hasOwn(methodKeys, key)) return methodKeys[key];
  if (key === "ignore_update_merges") return mergesForgiven;
  const starred = steps.length > 1 ? [steps[0], "*", ...steps.slice(2)].join(".") : key;
  return comparisons[steps.join(".")] ?? comparisons[starred];
}

function mergesForgiven(before: unknown, after: unknown): Strictness {
  const rank = (value: unknown) => updateMerges.indexOf(value as boolean | undefined);
  return rank(after) > rank(before) ? "looser" : "stricter";
}

/** By the rules of {@link ruleFor}, asked in both directions. */
function byRule(path: KeyPath, before: unknown, after: unknown): Strictness {
  const rule = ruleFor(path);
  if (rule === undefined) return "unsure";
  const [isAsStrict, wasAsStrict] = [rule(before, after), rule(after, before)];
  if (isAsStrict) return wasAsStrict ? "neutral" : "stricter";
  return wasAsStrict ? "looser" : "unsure";
}

function byList(meaning: (extent: Exclude<Extent, "same" | "unsure">) => Strictness): Compare {
  return (before, after) => {
    const extent = compareLists(listOf(before), listOf(after));
    if (extent === "unsure") return "unsure";
    return extent === "same" ? "neutral" : meaning(extent);
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
