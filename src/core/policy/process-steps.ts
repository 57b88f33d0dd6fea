/** The steps that a workflow's `process:` may name. `T` stands for a duration the user writes. */

import { parseDuration } from "../duration.ts";

export const processSteps = [
  { id: "automated_approval", description: "Nobody has to approve: the gate opens as soon as nothing else holds it." },
  { id: "automated_review_request", description: "Reviewers are asked for when the change is ready." },
  {
    id: "expert_review_request",
    description: "Reviewers of the workflow's role are asked for when the change is ready.",
  },
  { id: "peer_review", description: "A peer reviews." },
  { id: "peer_review_T", description: "A peer reviews within T (`peer_review_24h`)." },
  { id: "detailed_review", description: "An expert reviews in detail." },
  { id: "detailed_review_T", description: "An expert reviews in detail within T (`detailed_review_48h`)." },
  { id: "approval_or_changes", description: "The reviewer approves, or asks for changes, which holds the change." },
  { id: "approval_with_conditions", description: "The reviewer may approve with a list of conditions." },
  { id: "automated_merge", description: "The change is merged as soon as the gate is open." },
  { id: "implementation_with_monitoring", description: "The base branch is watched after the merge." },
] as const;

export type ProcessStepId = (typeof processSteps)[number]["id"];

export interface ProcessStep {
  id: ProcessStepId;
  /** The duration in the name; `null` where there is none. */
  withinMs: number | null;
}

/** @returns `null` for a name that stands for nothing in the table */
export function parseProcessStep(name: string): ProcessStep | null {
  const plain = processSteps.find((step) => step.id === name);
  if (plain) return plain.id.endsWith("_T") ? null : { id: plain.id, withinMs: null };
  for (const step of processSteps) {
    if (!step.id.endsWith("_T") || !name.startsWith(step.id.slice(0, -1))) continue;
    const withinMs = parseDuration(name.slice(step.id.length - 1));
    if (withinMs !== null) return { id: step.id, withinMs };
  }
  return null;
}
