/** What an organisation enforces, and what a repository's policy may therefore not say. */

import type { Problem, Where } from "../problem.ts";
import { defaultCheckpointApprover, defaultWorkflowApprover } from "./default-approvers.ts";
import { isTree, mergePolicies } from "./merge-policies.ts";
import { rolesIn } from "./policy-people.ts";
import { dotted, type KeyPath } from "./policy-text.ts";
import { type Policy, policySchema } from "./schema.ts";
import { valueAt } from "./schema-problems.ts";
import { keysAt, schemasAt } from "./schema-walk.ts";
import { suggest } from "./suggest.ts";
import { type Loosening, loosenings } from "./tighter.ts";

export interface Enforced {
  /** The enforced part of the organisation's policy, as written: the repository's is put on top of it. */
  base: Record<string, unknown>;
  /** Mistakes in `enforce` itself. */
  problems: Problem[];
  /** Enforced keys that a policy in force, made from the base, is looser in. */
  loosenings(effective: Policy): Loosening[];
}

/**
 * @param organization the organisation's policy by itself
 * @param value the same as written
 */
export function enforcePolicy(
  organization: Policy,
  value: Record<string, unknown>,
  where: (path: KeyPath, at: "key" | "value") => Where,
): Enforced {
  const problems: Problem[] = [];
  const paths: string[][] = [];
  for (const [index, key] of (organization.enforce ?? []).entries()) {
    const path = key.split(".");
    if (schemasAt(policySchema, path).length > 0) {
      paths.push(path);
      continue;
    }
    const near = suggest(path.at(-1) ?? "", keysAt(policySchema, path.slice(0, -1)));
    const fix = near === null ? "name a key of the policy" : `write \`${[...path.slice(0, -1), near].join(".")}\``;
    const found = `\`${key}\` is not a key of the policy`;
    problems.push({
      code: "HP-P05",
      severity: "error",
      where: where(["enforce", index], "value"),
      found,
      expected: "",
      fix,
    });
  }
  const all = withImplied(paths, organization);
  let base: Record<string, unknown> = {};
  for (const path of all) base = mergePolicies(base, pick(value, path));
  return {
    base,
    problems,
    loosenings: (effective) => {
      const found = all.flatMap((path) => loosenings(valueAt(organization, path), valueAt(effective, path), path));
      return [...new Map(found.map((loosening) => [dotted(loosening.path), loosening])).values()];
    },
  };
}

/**
 * A key is only as strict as what it rests on: an enforced checkpoint could be emptied by mapping its role to somebody else, by options
 * of approvals, by what counts as a finding, by observing, or by a bypass.
 */
function withImplied(paths: readonly string[][], organization: Policy): string[][] {
  const all = new Map<string, string[]>();
  const add = (path: string[]) => all.set(path.join("\n"), path);
  for (const path of paths) {
    const isGate = path[0] === "checkpoints" || path[0] === "approval_workflows";
    // Workflows are tried in order: one more, or another looser one, would take changes away from the enforced one.
    const whole = path[0] === "approval_workflows" ? ["approval_workflows"] : path;
    add(whole);
    if (!isGate && path[0] !== "approvals") continue;
    for (const key of ["mode", "on_error", "approvals", "classification", "bypass"]) add([key]);
    for (const role of rolesUnder(whole, organization)) add(["roles", role]);
  }
  return [...all.values()];
}

function rolesUnder(path: readonly string[], policy: Policy): string[] {
  const named = rolesIn(policy)
    .filter((use) => path.every((step, index) => use.path[index] === step))
    .map((use) => use.role);
  if (path[0] === "checkpoints") {
    const names = path[1] === undefined ? Object.keys(policy.checkpoints) : [path[1]];
    named.push(...names.filter((name) => !policy.checkpoints[name]?.approver).map(defaultCheckpointApprover));
  }
  if (path[0] === "approval_workflows") {
    for (const [name, workflow] of Object.entries(policy.approval_workflows ?? {})) {
      if (!workflow.approver) named.push(defaultWorkflowApprover(name));
    }
  }
  return [...new Set(named)];
}

/** The part of a tree at a path, with its parents and nothing else. */
function pick(value: Record<string, unknown>, path: readonly string[]): Record<string, unknown> {
  const [first, ...rest] = path;
  if (first === undefined || !Object.hasOwn(value, first)) return {};
  const child = value[first];
  if (rest.length === 0) return { [first]: child };
  return isTree(child) ? { [first]: pick(child, rest) } : {};
}
