import { z } from "zod";
import { duration, name, namePatterns, oneOrMany } from "./values.ts";

export const deploymentSchema = z.strictObject({
  checkpoints: z
    .array(name)
    .optional()
    .describe(
      "Checkpoints that must be satisfied: by every pull request that is deployed, or for the deployment itself, by the checkpoint's own approvers.",
    ),
  approver: oneOrMany(name)
    .optional()
    .describe(
      "A role, or several: any of them. Default `technical_lead`; nobody besides where only `checkpoints` are named.",
    ),
  approvals: z.number().int().min(0).max(50).optional().describe("How many approvals of the approvers. Default 1."),
  branches: namePatterns
    .optional()
    .describe("Branches whose merges may be deployed. Default: the repository's default branch alone."),
  require: z
    .array(z.enum(["merged_through_gate", "post_reviews_closed"]))
    .optional()
    .describe(
      "What must be so: everything deployed was merged through the gate; no review of a bypass is owed. Default both.",
    ),
  unknown_commits: z
    .enum(["block", "approve"])
    .optional()
    .describe(
      "Commits that came of no pull request that Holdpoint saw merged: `block` holds them until a technical lead overrides it, `approve` lets the environment's approvals cover them. Default `block`.",
    ),
  timeout: duration
    .optional()
    .describe("A deployment or a rollback decision that waits longer is escalated. Never approves. Default 24 h."),
  escalation: name.optional().describe("The level at which that begins. Default `level_3`."),
});
export type Deployment = z.output<typeof deploymentSchema>;

export const deploymentsSchema = z
  .record(z.string().min(1).max(255), deploymentSchema)
  .describe(
    "What a deployment to an environment waits for, by its name or a glob: the exact name counts first, then globs in their order.",
  );
