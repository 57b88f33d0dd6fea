/** Keys that are declared and checked, whose behaviour arrives with a later version. This is the only list; it ends up empty. */

import type { Policy } from "./schema.ts";

interface PlannedKey {
  key: string;
  arrives: string;
  isUsed(policy: Policy): boolean;
}

export const planned: readonly PlannedKey[] = [
  step("implementation_with_monitoring", "watching the base branch after the merge"),
  { key: "failures", arrives: "recurring CI failures", isUsed: (policy) => policy.failures !== undefined },
  { key: "feedback", arrives: "feedback", isUsed: (policy) => policy.feedback !== undefined },
];

function step(name: string, arrives: string): PlannedKey {
  return {
    key: `approval_workflows.*.process: ${name}`,
    arrives,
    isUsed: (policy) => workflows(policy).some((workflow) => workflow.process.includes(name)),
  };
}

function workflows(policy: Policy) {
  return Object.values(policy.approval_workflows ?? {});
}
