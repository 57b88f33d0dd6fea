/**
 * The policy language: the only declaration of what `.github/checkpoints.yml` may say. Types, the JSON Schema for editors, the key
 * reference and the annotated example come from here.
 */

import { z } from "zod";
import { approvalWorkflowsSchema } from "./blocks/approval-workflows.ts";
import { approvalsSchema } from "./blocks/approvals.ts";
import { bypassSchema } from "./blocks/bypass.ts";
import { checkpointsSchema } from "./blocks/checkpoints.ts";
import { classificationSchema } from "./blocks/classification.ts";
import { deploymentsSchema } from "./blocks/deployments.ts";
import { escalationLevelsSchema } from "./blocks/escalation-levels.ts";
import { notificationsSchema } from "./blocks/notifications.ts";
import { approvalLoopSchema, failuresSchema, feedbackSchema, mergeSchema, recordsSchema } from "./blocks/operations.ts";
import { policyChangeSchema } from "./blocks/policy-change.ts";
import { rolesSchema } from "./blocks/roles.ts";
import { mode } from "./blocks/values.ts";

export const policySchema = z
  .strictObject({
    version: z.literal(1).default(1).describe("Version of the policy language. Only 1 exists."),
    mode: mode.default("enforce").describe("`observe` reports what it would have done and never blocks."),
    extends: z
      .array(z.string().min(1).max(300))
      .optional()
      .describe(
        "Policies to build on, in order: `preset:<name>` or `owner/repository:path@ref`. What stands here wins over them.",
      ),
    enforce: z
      .array(z.string().min(1).max(200))
      .optional()
      .describe("Only in the organisation's policy: dotted keys that repositories may tighten, never loosen."),
    on_error: z
      .enum(["block", "ask"])
      .default("block")
      .describe(
        "When a fact cannot be read: `block` holds until it can be; `ask` asks the strictest workflow's people instead. Never opens by itself.",
      ),
    roles: rolesSchema.default({}),
    approvals: approvalsSchema.default({}),
    classification: classificationSchema.default({}),
    checkpoints: checkpointsSchema.default({}),
    approval_workflows: approvalWorkflowsSchema.optional(),
    policy_change: policyChangeSchema.optional(),
    bypass: bypassSchema.optional(),
    escalation_levels: escalationLevelsSchema.optional(),
    notifications: notificationsSchema.optional(),
    deployments: deploymentsSchema.optional(),
    merge: mergeSchema.optional(),
    records: recordsSchema.optional(),
    approval_loop: approvalLoopSchema.optional(),
    comments: z
      .enum(["sticky", "off"])
      .optional()
      .describe(
        "`sticky`: one comment besides the check, edited in place, that says the same in short and mentions nobody. It comes once there is something to wait for. `off`: no reminders and no offers of the review loop either; commands are still answered. Left out: no comment besides the check, and the review loop writes where `approval_loop` is set.",
      ),
    per_checkpoint_checks: z
      .boolean()
      .default(false)
      .describe(
        "One more check run for each checkpoint that applies, `holdpoint: <base> / <checkpoint>`. Require `holdpoint: <base>` alone: where a checkpoint does not apply, it has no run.",
      ),
    failures: failuresSchema.optional(),
    feedback: feedbackSchema.optional(),
  })
  .describe("Holdpoint policy");

/** A policy after parsing: durations in milliseconds, lists as lists, defaults filled in. */
export type Policy = z.output<typeof policySchema>;
/** A policy as written. */
export type PolicyInput = z.input<typeof policySchema>;
