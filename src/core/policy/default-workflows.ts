/** The workflows of a policy that names none. */

import { type Workflow, workflowSchema } from "./blocks/approval-workflows.ts";

/** Documentation passes by itself; small ordinary changes wait for a peer; everything else for a senior developer. */
export const defaultWorkflows = {
  automatic: workflowSchema.parse({ criteria: ["documentation_only"], process: "automated_approval" }),
  peer_review: workflowSchema.parse({
    criteria: ["code_changes_under_200_lines", "no_breaking_changes", "standard_functionality"],
    approver: "peer",
    timeout: "24h",
  }),
  expert_review: workflowSchema.parse({
    criteria: ["breaking_changes", "security_implications", "performance_impact", "complex_architecture"],
    approver: "senior_developer",
    timeout: "48h",
  }),
} satisfies Record<string, Workflow>;
