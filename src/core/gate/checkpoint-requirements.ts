/** One requirement for each checkpoint of the policy: those that apply in the policy's order, those that do not last. */

import type { Checkpoint } from "../policy/blocks/checkpoints.ts";
import { testCondition } from "../policy/condition.ts";
import { defaultCheckpointApprover } from "../policy/default-approvers.ts";
import { filesOf } from "./answering.ts";
import { type Asked, requireApprovals } from "./approvals-requirement.ts";
import { requireDecision, withDecision } from "./decision.ts";
import type { GateFacts } from "./facts.ts";
import { judgeTrigger } from "./trigger.ts";
import type { CheckpointRequirement, ConditionsRequirement, Requirement } from "./verdict.ts";
import { dueAt } from "./wake.ts";

export function requireCheckpoints(facts: GateFacts): CheckpointRequirement[] {
  const all = Object.entries(facts.document.policy.checkpoints).map(([name, checkpoint]) =>
    requireCheckpoint(name, checkpoint, facts),
  );
  return [...all.filter((one) => one.state !== "not_needed"), ...all.filter((one) => one.state === "not_needed")];
}

/** Seats of a checkpoint: one group of any of its roles, or one for each role with its own count. */
export function seatsOfCheckpoint(checkpoint: Checkpoint, name: string): { roles: string[]; needed: number }[] {
  const roles = checkpoint.approver ?? [defaultCheckpointApprover(name)];
  if (typeof checkpoint.approvals === "object") {
    return Object.entries(checkpoint.approvals).map(([role, needed]) => ({ roles: [role], needed }));
  }
  return [{ roles, needed: checkpoint.approvals ?? 1 }];
}

function requireCheckpoint(name: string, checkpoint: Checkpoint, facts: GateFacts): CheckpointRequirement {
  const { document } = facts;
  const { applies, outcome } = judgeTrigger(name, checkpoint, document.policy, facts);
  const due = dueAt(checkpoint.timeout ?? null, `checkpoint:${name}`, facts);
  const base = {
    kind: "checkpoint" as const,
    id: `checkpoint:${name}`,
    name,
    line: document.lineOf(["checkpoints", name]),
    opening: null,
    description: checkpoint.description ?? null,
    trigger: outcome,
    dueAt: due,
  };
  if (applies === "no") return { ...base, holds: false, state: "not_needed", code: "HP-C02", parts: [] };
  const holds = applies !== "asks" && checkpoint.required && checkpoint.mode !== "observe";
  const code = applies === "asks" || !holds ? "HP-C04" : applies === "unknown" ? "HP-C03" : "HP-C01";
  const decision = requireDecision(name, checkpoint, holds, facts);
  const parts: Requirement[] = seatsOfCheckpoint(checkpoint, name)
    .filter((seat) => seat.needed > 0)
    .map((seat, index) => {
      const asked: Asked = {
        ...seat,
        id: `${base.id}/approvals:${index}`,
        own: checkpoint,
        holds,
        line: base.line,
        dueAt: due,
        about: filesOf(checkpoint, outcome),
      };
      return withDecision(requireApprovals(asked, facts), decision, facts);
    });
  if (decision !== null) parts.push(decision);
  if (checkpoint.conditions) parts.push(requireConditions(name, checkpoint.conditions, holds, facts));
  return { ...base, holds, state: "waiting", code, parts };
}

function requireConditions(
  name: string,
  conditions: NonNullable<Checkpoint["conditions"]>,
  holds: boolean,
  facts: GateFacts,
): ConditionsRequirement {
  const trace = testCondition(conditions, facts);
  const base = {
    kind: "conditions" as const,
    id: `checkpoint:${name}/conditions`,
    name: "conditions",
    holds,
    line: facts.document.lineOf(["checkpoints", name, "conditions"]),
    opening: null,
    trace,
  };
  if (trace.holds === "unknown") return { ...base, state: "error", code: "HP-K03" };
  return trace.holds ? { ...base, state: "satisfied", code: "HP-K01" } : { ...base, state: "waiting", code: "HP-K02" };
}
