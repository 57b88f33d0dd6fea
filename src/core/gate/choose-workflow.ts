/** Chooses the way a change gets approved: the first workflow that fits, else the strictest. */

import type { Workflow } from "../policy/blocks/approval-workflows.ts";
import { defaultWorkflowApprover } from "../policy/default-approvers.ts";
import { defaultWorkflows } from "../policy/default-workflows.ts";
import { parseProcessStep } from "../policy/process-steps.ts";
import { permissions } from "../snapshot.ts";
import { resolveFully } from "./candidates.ts";
import type { WorkflowRequirement } from "./verdict.ts";
import { type GuardFacts, judgeGuard } from "./workflow-guards.ts";

export interface WorkflowChoice {
  name: string;
  workflow: Workflow;
  how: WorkflowRequirement["chosen"];
  considered: WorkflowRequirement["considered"];
}

/** What a workflow asks for: roles with their counts; an empty list when it approves by itself. */
export interface SeatsAsked {
  roles: string[];
  needed: number;
}

export function chooseWorkflow(facts: GuardFacts): WorkflowChoice {
  const considered: WorkflowChoice["considered"] = [];
  for (const [name, workflow] of Object.entries(facts.policy.approval_workflows ?? defaultWorkflows)) {
    const guards = workflow.criteria.map((criterion) => judgeGuard(criterion, facts));
    const fits = doesFit(guards);
    considered.push({ name, fits, guards });
    if (fits) return { name, workflow, how: "fits", considered };
  }
  return { ...chooseStrictest(facts), considered };
}

/** The workflow that asks for most; a policy whose every workflow approves by itself must not open what fits none of them. */
export function chooseStrictest(facts: GuardFacts): WorkflowChoice {
  const strictest = Object.entries(facts.policy.approval_workflows ?? defaultWorkflows)
    .filter(([name, workflow]) => workflow.mode !== "observe" && totalNeeded(seatsAsked(workflow, name)) > 0)
    .sort(([nameA, a], [nameB, b]) => compareStrictness(nameA, a, nameB, b, facts))
    .at(-1);
  const [name, workflow] = strictest ?? ["expert_review", defaultWorkflows.expert_review];
  return { name, workflow, how: "strictest", considered: [] };
}

/** Every guard holds and, where risks are named, one is present; what is not known counts as a risk and never as a guard that holds. */
function doesFit(guards: readonly { kind: "guard" | "risk"; holds: boolean | "unknown" }[]): boolean {
  const risks = guards.filter((guard) => guard.kind === "risk");
  if (guards.some((guard) => guard.kind === "guard" && guard.holds !== true)) return false;
  return risks.length === 0 || risks.some((risk) => risk.holds !== false);
}

/** What a workflow asks for; only `automated_approval` asks nobody without saying a number. */
export function seatsAsked(workflow: Workflow, name: string): SeatsAsked[] {
  const roles = workflow.approver ?? [defaultWorkflowApprover(name)];
  const { approvals } = workflow;
  if (typeof approvals === "object") {
    return Object.entries(approvals).map(([role, needed]) => ({ roles: [role], needed }));
  }
  const isAutomatic = workflow.process.includes("automated_approval") && !workflow.approver;
  const needed = approvals ?? (isAutomatic ? 0 : 1);
  return needed === 0 ? [] : [{ roles, needed }];
}

/** Milliseconds within which the review is due: the workflow's own, else what its steps say; `null` without either. */
export function workflowTimeout(workflow: Workflow): number | null {
  if (workflow.timeout !== undefined) return workflow.timeout;
  const timed = workflow.process.map((step) => parseProcessStep(step)?.withinMs ?? null).filter((ms) => ms !== null);
  return timed.length > 0 ? Math.min(...timed) : null;
}

function totalNeeded(seats: readonly SeatsAsked[]): number {
  return seats.reduce((sum, seat) => sum + seat.needed, 0);
}

/** More approvals are stricter; then the stronger role; then the later in the policy. */
function compareStrictness(nameA: string, a: Workflow, nameB: string, b: Workflow, facts: GuardFacts): number {
  const [seatsA, seatsB] = [seatsAsked(a, nameA), seatsAsked(b, nameB)];
  return totalNeeded(seatsA) - totalNeeded(seatsB) || roleRank(seatsA, facts) - roleRank(seatsB, facts);
}

/** The strongest seat's weakest role: mapped people and teams outrank a bare permission of the same level. */
function roleRank(seats: readonly SeatsAsked[], { policy, snapshot }: GuardFacts): number {
  return Math.max(
    0,
    ...seats.map((seat) =>
      Math.min(
        ...seat.roles.map((role) => {
          const resolved = resolveFully(role, policy, snapshot);
          // Named people and teams outrank everybody of a permission, and what cannot be read outranks both.
          if (resolved.how === "unknown") return permissions.length + 1;
          return resolved.permission ? permissions.indexOf(resolved.permission) : permissions.length;
        }),
      ),
    ),
  );
}
