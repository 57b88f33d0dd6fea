/** Runs that ended badly are run again, and runs that nobody wants any more are called off. */
import type { Account } from "../state/accounts.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { finishWorkflow, openAttempt, refuseEnded, setUnderWay, startJob } from "./workflows.ts";

/** @throws {Refusal} 403 for a run that is still under way, that nothing failed in, or that is too old */
export function rerunFailedJobs(world: World, run: WorkflowRun, by: Account): void {
  for (const { check } of openAttempt(world, run, by)) startJob(world, run, check.name, "in_progress");
  setUnderWay(world, run);
}

/** @throws {Refusal} 409 for a run that ended */
export function cancelWorkflow(world: World, run: WorkflowRun): void {
  refuseEnded(run);
  finishWorkflow(world, run, "cancelled");
}
