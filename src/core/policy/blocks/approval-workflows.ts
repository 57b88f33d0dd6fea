import { z } from "zod";
import { approvalOptions } from "./approvals.ts";
import { duration, mode, name, oneOrMany } from "./values.ts";

export const workflowSchema = z.strictObject({
  scope: z.string().max(200).optional().describe("A phrase for people: which changes it is for."),
  criteria: z
    .array(z.string().min(1).max(100))
    .default([])
    .describe(
      "Guards (`no_breaking_changes`, `code_changes_under_200_lines`, …) must all hold; of risks (`breaking_changes`, …), if any are named, at least one must be present.",
    ),
  approver: oneOrMany(name).optional().describe("A role, or several: any of them."),
  approvals: z
    .union([z.number().int().min(0).max(50), z.record(name, z.number().int().min(1).max(50))])
    .optional()
    .describe("How many approvals, or how many per role. Default 1; none where the process is `automated_approval`."),
  timeout: duration
    .optional()
    .describe("The review is due after this. Default: what the process says (`peer_review_24h`)."),
  process: oneOrMany(z.string().min(1).max(100)).default([]).describe("The steps, in order."),
  mode: mode.optional().describe("`observe`: says what it would have done, never holds."),
  ...approvalOptions,
});
export type Workflow = z.output<typeof workflowSchema>;

export const approvalWorkflowsSchema = z
  .record(name, workflowSchema)
  .describe("The ways a change gets approved, tried in order: the first that fits is taken, else the strictest.");
