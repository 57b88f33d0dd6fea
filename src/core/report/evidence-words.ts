/** Words about criteria: what to write, tick or change so that there is evidence. */

import { assertNever } from "../assert-never.ts";
import type { EvidenceOutcome } from "../gate/verdict.ts";
import type { Evidence, EvidenceTree } from "../policy/blocks/checkpoints.ts";
import { code, join, joinList, say, type Words } from "./words.ts";

/**
 * What would satisfy a criterion: `add a section "Rollback" to the description, or tick "Rollback tested", or …`.
 *
 * @param max alternatives of one kind that are named; the details name all
 */
export function howToSatisfy(criterion: string, { wanted, parts }: EvidenceOutcome, max = 1): Words {
  const part = (one: EvidenceOutcome) => howToSatisfy(criterion, one, max);
  if ("all" in wanted) return join(parts.filter((one) => one.holds !== true).map(part), "; and ");
  if (!("any" in wanted)) return alternatives(criterion, [wanted], max);
  const leaves = alternatives(criterion, wanted.any.filter(isLeaf), max);
  const joints = parts.filter((one) => !isLeaf(one.wanted)).map(part);
  const clauses = [leaves, ...joints].filter((words) => words.length > 0);
  return join(clauses, ", or ");
}

function isLeaf(tree: EvidenceTree): tree is Evidence {
  return !("any" in tree) && !("all" in tree);
}

/** Alternatives of one kind share a clause, so that five of them stay one readable sentence. */
function alternatives(criterion: string, leaves: readonly Evidence[], max: number): Words {
  const kinds = new Map<string, Evidence[]>();
  for (const leaf of leaves) {
    const kind = Object.keys(leaf)[0] ?? "";
    kinds.set(kind, [...(kinds.get(kind) ?? []), leaf]);
  }
  return join(
    [...kinds.values()].map((group) => clause(criterion, group, max)),
    ", or ",
  );
}

function clause(criterion: string, group: readonly Evidence[], max: number): Words {
  const first = group[0];
  if (!first) return [];
  const named = (read: (leaf: Evidence) => string[]) => [...new Set(group.flatMap(read))].slice(0, max);
  if ("section" in first) {
    const sections = named((leaf) => ("section" in leaf ? [leaf.section] : []));
    return say`add a section ${quoted(sections)} to the description`;
  }
  if ("checkbox" in first) return say`tick ${quoted(named((leaf) => ("checkbox" in leaf ? [leaf.checkbox] : [])))}`;
  if ("changed_files" in first) {
    return say`change ${coded(named((leaf) => ("changed_files" in leaf ? leaf.changed_files : [])))}`;
  }
  if ("check" in first) return say`let ${coded(named((leaf) => ("check" in leaf ? [leaf.check] : [])))} succeed`;
  if ("label" in first) return say`add the label ${coded(named((leaf) => ("label" in leaf ? [leaf.label] : [])))}`;
  if ("linked_issue" in first) return say`link an issue in the description`;
  if ("attested_by" in first) {
    const roles = [...new Set(group.flatMap((leaf) => ("attested_by" in leaf ? leaf.attested_by : [])))];
    const names = roles.map((role) => say`${role}`);
    return say`${joinList(names, "or")} comments ${code(`/holdpoint attest ${criterion}`)}`;
  }
  if ("approval" in first) return say`comes with the approval`;
  return assertNever(first);
}

function quoted(names: readonly string[]): Words {
  return joinList(
    names.map((name) => say`"${name}"`),
    "or",
    20,
  );
}

function coded(names: readonly string[]): Words {
  return joinList(
    names.map((name) => [code(name)]),
    "or",
    20,
  );
}

/** Holds when the checkpoint's own approval would satisfy the criterion. */
export function comesWithApproval(wanted: EvidenceTree): boolean {
  if ("any" in wanted) return wanted.any.some(comesWithApproval);
  if ("all" in wanted) return wanted.all.every(comesWithApproval);
  return "approval" in wanted;
}
