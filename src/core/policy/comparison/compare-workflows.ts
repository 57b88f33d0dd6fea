/** The ways to get approved: which changes each takes, and in which order they are tried. */

import type { Workflow } from "../blocks/approval-workflows.ts";
import { isDeepEqual } from "../deep-equal.ts";
import { parseWorkflowCriterion, type WorkflowCriterion } from "../workflow-criteria.ts";
import { all, compareLists, type Extent, opposite } from "./compare-conditions.ts";
import { difference, type PolicyDifference, type Strictness } from "./policy-difference.ts";

type Found = Omit<PolicyDifference, "line">;
type Workflows = Readonly<Record<string, Workflow>>;

/** Which of them there are, and their order; what each asks for is compared key by key elsewhere. */
export function compareWorkflowList(before: Workflows, after: Workflows): Found[] {
  const found: Found[] = [];
  for (const [name, workflow] of Object.entries(before)) {
    if (Object.hasOwn(after, name)) continue;
    const strictness = asksNobody(workflow) ? "stricter" : "unsure";
    found.push(difference(strictness, { path: ["approval_workflows", name], before: workflow, after: undefined }));
  }
  for (const [name, workflow] of Object.entries(after)) {
    if (Object.hasOwn(before, name)) continue;
    const strictness = asksNobody(workflow) ? "looser" : "unsure";
    found.push(difference(strictness, { path: ["approval_workflows", name], before: undefined, after: workflow }));
  }
  const [old, later] = [before, after].map((side) =>
    Object.keys(side).filter((name) => Object.hasOwn(before, name) && Object.hasOwn(after, name)),
  );
  // The first that fits is taken: another order gives changes to other people.
  if (!isDeepEqual(old, later)) {
    found.push(difference("unsure", { path: ["approval_workflows"], before: old, after: later }));
  }
  return found;
}

/** @param before with `approvals` as they are meant */
export function compareWorkflowCriteria(before: Workflow, after: Workflow): Strictness | null {
  const extent = extentOf(before.criteria, after.criteria);
  if (extent === "same") return isDeepEqual(before.criteria, after.criteria) ? null : "neutral";
  if (extent === "wider") return "looser";
  // What it no longer takes is for others, who may ask for less, unless it asks for nobody.
  return extent === "narrower" && asksNobody(before) ? "stricter" : "unsure";
}

function asksNobody({ approvals }: Workflow): boolean {
  return approvals === 0;
}

function extentOf(before: readonly string[], after: readonly string[]): Extent {
  const [old, later] = [before, after].map((names) => names.map(parseWorkflowCriterion));
  if (!old?.every(isKnown) || !later?.every(isKnown)) return isDeepEqual(before, after) ? "same" : "unsure";
  const of = (criteria: readonly WorkflowCriterion[], kind: WorkflowCriterion["kind"]) =>
    criteria.filter((criterion) => criterion.kind === kind);
  return all([guards(of(old, "guard"), of(later, "guard")), risks(of(old, "risk"), of(later, "risk"))]);
}

/** All must hold. */
function guards(before: readonly WorkflowCriterion[], after: readonly WorkflowCriterion[]): Extent {
  return all([
    opposite(compareLists(plain(before), plain(after))),
    ...before.map((one) => limitOf(one, after)).filter((part) => part !== null),
  ]);
}

/** One is enough, where any is named. */
function risks(before: readonly WorkflowCriterion[], after: readonly WorkflowCriterion[]): Extent {
  if (before.length === 0 || after.length === 0)
    return before.length === after.length ? "same" : before.length === 0 ? "narrower" : "wider";
  const limits = before.map((one) => limitOf(one, after)).filter((part) => part !== null);
  return all([compareLists(plain(before), plain(after)), ...limits.map(opposite)]);
}

/** A limit "under" that is raised takes more changes; for a limit "over" it is the other way round. */
function limitOf({ id, limit }: WorkflowCriterion, others: readonly WorkflowCriterion[]): Extent | null {
  const other = others.find((one) => one.id === id)?.limit ?? null;
  if (limit === null || other === null) return null;
  return other === limit ? "same" : other > limit ? "wider" : "narrower";
}

function plain(criteria: readonly WorkflowCriterion[]): string[] {
  return criteria.map(({ id }) => id);
}

function isKnown(criterion: WorkflowCriterion | null): criterion is WorkflowCriterion {
  return criterion !== null;
}
