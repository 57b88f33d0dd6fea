/** What a new policy says differently, key by key, and whether that loosens the gate (P10). */

import type { Checkpoint } from "../blocks/checkpoints.ts";
import { isDeepEqual } from "../deep-equal.ts";
import { isTree } from "../merge-policies.ts";
import type { PolicyDocument } from "../policy-document.ts";
import type { KeyPath } from "../policy-text.ts";
import type { Policy } from "../schema.ts";
import { asMeant } from "./as-meant.ts";
import { compareConditions, type Extent } from "./compare-conditions.ts";
import { compareWorkflowCriteria, compareWorkflowList } from "./compare-workflows.ts";
import { difference, type PolicyDifference, type Strictness } from "./policy-difference.ts";
import { compareValues, isLeaf } from "./strictness.ts";

type Found = Omit<PolicyDifference, "line">;

/**
 * @param before in force, put together from all its files
 * @param after as it would be, put together in the same way
 * @returns what loosens first, then what nobody can tell, then the rest; each in the order of the keys
 */
export function comparePolicies(
  before: Policy,
  { policy, lineOf }: Pick<PolicyDocument, "policy" | "lineOf">,
): PolicyDifference[] {
  const [old, later] = asMeant(before, policy);
  const { checkpoints: oldPoints, approval_workflows: oldFlows, ...oldRest } = old;
  const { checkpoints: newPoints, approval_workflows: newFlows, ...newRest } = later;
  const found = [
    ...compareTrees(oldRest, newRest, []),
    ...compareCheckpoints(oldPoints, newPoints),
    ...compareWorkflowList(oldFlows, newFlows),
    ...Object.entries(oldFlows).flatMap(([name, flow]) => {
      const other = Object.hasOwn(newFlows, name) ? newFlows[name] : undefined;
      if (other === undefined) return [];
      const path = ["approval_workflows", name];
      const { criteria: _old, ...mine } = flow;
      const { criteria: _new, ...theirs } = other;
      const criteria = compareWorkflowCriteria(flow, other);
      const changed = { path: [...path, "criteria"], before: flow.criteria, after: other.criteria };
      return [...(criteria === null ? [] : [difference(criteria, changed)]), ...compareTrees(mine, theirs, path)];
    }),
  ];
  return found.map((one) => ({ ...one, line: nearestLine(one.path, lineOf) })).sort((a, b) => rank(a) - rank(b));
}

function rank({ effect, isLooser }: PolicyDifference): number {
  return effect === "loosens" ? 0 : isLooser ? 1 : effect === "tightens" ? 2 : 3;
}

function compareTrees(before: object, after: object, path: KeyPath): Found[] {
  const [old, later] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const keys = new Set([...Object.keys(old), ...Object.keys(later)]);
  return [...keys].flatMap((key) => compareAt(ownValue(old, key), ownValue(later, key), [...path, key]));
}

function ownValue(tree: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined;
}

function compareAt(before: unknown, after: unknown, path: KeyPath): Found[] {
  if (isDeepEqual(before, after)) return [];
  if (isLeaf(path, before, after)) return [difference(compareValues(path, before, after), { path, before, after })];
  return compareTrees(isTree(before) ? before : {}, isTree(after) ? after : {}, path);
}

function compareCheckpoints(before: Policy["checkpoints"], after: Policy["checkpoints"]): Found[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [old, later] = [before, after].map((side) => (Object.hasOwn(side, name) ? side[name] : undefined));
    const path = ["checkpoints", name];
    if (old && later) return compareCheckpoint(old, later, path);
    // What never held asked for nothing that it could now ask less of.
    const isHolding = holds(old ?? later);
    const strictness = isHolding ? compareValues(path, old, later) : "neutral";
    return [difference(strictness, { path, before: old, after: later })];
  });
}

function holds(checkpoint: Checkpoint | undefined): boolean {
  return checkpoint?.required !== false && checkpoint?.mode !== "observe";
}

function compareCheckpoint(before: Checkpoint, after: Checkpoint, path: KeyPath): Found[] {
  const { trigger: oldTrigger, when: oldWhen, conditions: oldConditions, ...old } = before;
  const { trigger: newTrigger, when: newWhen, conditions: newConditions, ...later } = after;
  const applies = compareTriggers(before, after);
  const isTrigger = oldTrigger !== newTrigger;
  const conditions = compareConditions(oldConditions, newConditions);
  const asked = strictnessOf(conditions, { wider: "looser", narrower: "stricter" });
  const trigger = strictnessOf(applies, { wider: "stricter", narrower: "looser" });
  const triggered = isTrigger
    ? { path: [...path, "trigger"], before: oldTrigger ?? oldWhen, after: newTrigger ?? newWhen }
    : { path: [...path, "when"], before: oldWhen, after: newWhen };
  return [
    ...(trigger === null ? [] : [difference(trigger, triggered)]),
    ...(asked === null
      ? []
      : [difference(asked, { path: [...path, "conditions"], before: oldConditions, after: newConditions })]),
    ...compareTrees(old, later, path),
  ];
}

/** Which changes the checkpoint is for. */
function compareTriggers(before: Checkpoint, after: Checkpoint): Extent {
  if (before.trigger === after.trigger) return compareConditions(before.when, after.when);
  if (!before.trigger && !before.when) return "narrower";
  return !after.trigger && !after.when ? "wider" : "unsure";
}

function strictnessOf(extent: Extent, meaning: Record<"wider" | "narrower", Strictness>): Strictness | null {
  if (extent === "same") return null;
  return extent === "unsure" ? "unsure" : meaning[extent];
}

function nearestLine(path: KeyPath, lineOf: PolicyDocument["lineOf"]): number | null {
  for (let length = path.length; length > 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== null) return line;
  }
  return null;
}
