/** A workflow before and after a change, for rules that tell what is new. */

import type { ReadFile } from "../../detector.ts";
import type { Job, Step, WorkflowFile } from "./workflow-file.ts";

export interface Comparison {
  file: ReadFile;
  /** `null`: it is new, or what stood there was broken and never ran. */
  base: WorkflowFile | null;
  head: WorkflowFile;
  isPrivateRepository: boolean;
  /** The first added line with these words. */
  addedLine(words: string): number | null;
}

/** Events that run with the repository's own token and secrets and that people from outside can cause. */
export const privilegedTriggers: readonly string[] = ["pull_request_target", "workflow_run"];

/** The same, and those that anybody causes by writing. @see https://docs.github.com/actions/reference/events-that-trigger-workflows */
export const strangersTriggers: readonly string[] = [
  ...privilegedTriggers,
  "issue_comment",
  "issues",
  "discussion",
  "discussion_comment",
];

export function hasTrigger(workflow: WorkflowFile | null, names: readonly string[]): boolean {
  return workflow?.triggers.some(({ text }) => names.includes(text)) ?? false;
}

export function stepsOf(workflow: WorkflowFile | null): { job: Job; step: Step }[] {
  return (workflow?.jobs ?? []).flatMap((job) => job.steps.map((step) => ({ job, step })));
}

/** A local clone or call without a version is the repository's own code. */
export function isOwnAction(action: string): boolean {
  return action.startsWith("./") || action.startsWith("../");
}
