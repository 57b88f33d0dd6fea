/** Which checkpoints wait for a decision, and who takes it. */

import type { Checkpoint } from "./blocks/checkpoints.ts";
import { builtInCheckpoints } from "./built-in-checkpoints.ts";
import { defaultCheckpointApprover } from "./default-approvers.ts";
import type { Policy } from "./schema.ts";

/** Unless it says otherwise, a checkpoint waits for one where something is taken back. */
export function needsDecision(name: string, { decision, trigger, when }: Checkpoint): boolean {
  if (decision !== undefined) return decision === "required";
  return (trigger ?? (when ? undefined : builtInCheckpoints[name])) === "rollback_activated";
}

/**
 * The checkpoint's approvers. Where it names none: its default one, and whoever is on call, if the policy says who that is; unmapped, the role
 * would mean everybody with write permission.
 */
export function decisionRoles(
  name: string,
  { approver, approvals }: Checkpoint,
  { roles }: Pick<Policy, "roles">,
): string[] {
  if (approver !== undefined) return approver;
  if (typeof approvals === "object") return Object.keys(approvals);
  return [...new Set([defaultCheckpointApprover(name), ...(Object.hasOwn(roles, "on_call") ? ["on_call"] : [])])];
}
