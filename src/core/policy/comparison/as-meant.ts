/** Two policies with what they mean where they say nothing, so that a default written out is no difference. */

import type { Workflow } from "../blocks/approval-workflows.ts";
import type { ApprovalOptions } from "../blocks/approvals.ts";
import type { Checkpoint } from "../blocks/checkpoints.ts";
import { builtInCheckpoints } from "../built-in-checkpoints.ts";
import { defaultCheckpointApprover, defaultWorkflowApprover } from "../default-approvers.ts";
import { defaultWorkflows } from "../default-workflows.ts";
import { gateRoles, rolesIn } from "../policy-people.ts";
import { builtInRoles, wellKnownRoles } from "../resolve-role.ts";
import type { Policy } from "../schema.ts";

export interface MeantPolicy extends Policy {
  approval_workflows: Record<string, Workflow>;
}

const standards: ApprovalOptions = {
  freshness: "same_change",
  allow_author: false,
  allow_contributor: false,
  allow_non_author_contributor: false,
  ignore_edited_comments: true,
  unknown_contributor: "extra_approver",
  distinct_people: false,
};

/** @returns both, with every option filled in that only one of them names */
export function asMeant(before: Policy, after: Policy): [MeantPolicy, MeantPolicy] {
  const [old, later] = [withWorkflows(before), withWorkflows(after)];
  const roots = [old, later].map((policy) => withFreshness(policy.approvals)) as [ApprovalOptions, ApprovalOptions];
  return [filled(old, later, roots[0], roots[1], before), filled(later, old, roots[1], roots[0], before)];
}

function withWorkflows(policy: Policy): MeantPolicy {
  return { ...policy, approval_workflows: policy.approval_workflows ?? defaultWorkflows };
}

function filled(
  policy: MeantPolicy,
  other: MeantPolicy,
  root: ApprovalOptions,
  otherRoot: ApprovalOptions,
  old: Policy,
): MeantPolicy {
  const blocks = <Block extends Checkpoint | Workflow>(
    own: Record<string, Block>,
    others: Record<string, Block>,
    complete: (name: string, block: Block) => Block,
  ) =>
    Object.fromEntries(
      Object.entries(own).map(([name, block]) => {
        const beside = Object.hasOwn(others, name) ? others[name] : undefined;
        const options = optionsOf(withFreshness(block), withFreshness(beside ?? {}), {
          ...standards,
          ...defined(root),
        });
        return [name, complete(name, { ...withFreshness(block), ...options })];
      }),
    );
  const veto = policy.approvals.veto ?? other.approvals.veto;
  return {
    ...policy,
    approvals: {
      ...optionsOf(root, otherRoot, standards),
      ...root,
      ...(veto && { veto: { by: ["peer"], overrule_by: ["technical_lead"], ...defined(policy.approvals.veto ?? {}) } }),
    },
    roles: withBuiltIn(policy, other, old),
    checkpoints: blocks(policy.checkpoints, other.checkpoints, completeCheckpoint),
    approval_workflows: blocks(policy.approval_workflows, other.approval_workflows, completeWorkflow),
  };
}

/** Options that only the other one names. */
function optionsOf(own: object, other: object, fallback: ApprovalOptions): ApprovalOptions {
  const missing = Object.keys(defined(other)).filter((key) => !Object.hasOwn(defined(own), key));
  return Object.fromEntries(
    missing.filter((key) => Object.hasOwn(fallback, key)).map((key) => [key, fallback[key as keyof ApprovalOptions]]),
  );
}

/** `invalidate_on_push` is only another word for it. */
function withFreshness<Block extends ApprovalOptions>(block: Block): Block {
  const { invalidate_on_push: isStrict, ...rest } = block;
  if (isStrict === undefined || rest.freshness !== undefined) return rest as Block;
  return { ...rest, freshness: isStrict ? "exact" : "sticky" } as Block;
}

function completeCheckpoint(name: string, checkpoint: Checkpoint): Checkpoint {
  const trigger = checkpoint.trigger ?? (checkpoint.when ? undefined : builtInCheckpoints[name]);
  const seats = seatsOf(checkpoint, defaultCheckpointApprover(name), 1);
  return { ...checkpoint, ...seats, ...(trigger && { trigger }) };
}

function completeWorkflow(name: string, workflow: Workflow): Workflow {
  const isAutomatic = workflow.process.includes("automated_approval") && !workflow.approver;
  return { ...workflow, ...seatsOf(workflow, defaultWorkflowApprover(name), isAutomatic ? 0 : 1) };
}

function seatsOf(
  { approver, approvals }: Pick<Checkpoint, "approver" | "approvals">,
  role: string,
  standard: number,
): Pick<Checkpoint, "approver" | "approvals"> {
  if (typeof approvals === "object") return { approvals, approver };
  const needed = approvals ?? standard;
  return needed === 0 ? { approvals: needed, approver } : { approvals: needed, approver: approver ?? [role] };
}

/** Roles that the old policy asks, by their built-in meaning; those that it does not know open nothing of it. */
function withBuiltIn(policy: Policy, other: Policy, old: Policy): Policy["roles"] {
  const used = new Set([
    ...[...gateRoles(old), ...rolesIn(old).map(({ role }) => role), ...Object.keys(old.roles)],
    // Asked by default somewhere: to overrule, to grant a bypass, to release a deployment or the policy.
    ...[...wellKnownRoles, ...Object.keys(builtInRoles), "management"],
  ]);
  const roles: Policy["roles"] = {};
  for (const name of new Set([...Object.keys(policy.roles), ...Object.keys(other.roles)])) {
    if (!used.has(name)) continue;
    const meaning = (Object.hasOwn(policy.roles, name) && policy.roles[name]) || builtInRoles[name];
    if (meaning) roles[name] = meaning;
  }
  return roles;
}

function defined<Block extends object>(block: Block): Block {
  return Object.fromEntries(Object.entries(block).filter(([, value]) => value !== undefined)) as Block;
}
