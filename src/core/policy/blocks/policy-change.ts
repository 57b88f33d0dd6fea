import { z } from "zod";
import { name, oneOrMany } from "./values.ts";

/** What a change of the policy has to do to need its owners, loosest first. */
export const policyChangeKinds = ["nothing", "loosening", "any"] as const;

export const policyChangeSchema = z
  .strictObject({
    approver: oneOrMany(name)
      .optional()
      .describe(
        "A role, or several: any of them. Default: `policy_owner`, which, unless `roles:` maps it, means whom CODEOWNERS names for the changed policy files, else the repository's admins.",
      ),
    approvals: z.number().int().min(1).max(50).optional().describe("How many approvals. Default 1."),
    asks_for: z
      .enum(policyChangeKinds)
      .optional()
      .describe(
        "`loosening` (default): a change that loosens the policy, or of which nobody can tell; `any`: every change of it; `nothing`: none.",
      ),
  })
  .describe(
    "Who releases a pull request that changes this policy. The policy before the change decides; the author never counts, and no bypass opens it.",
  );
