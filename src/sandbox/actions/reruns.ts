/** Runs that ended badly are run again, and runs that nobody wants any more are called off. */
import type { Account } from "../state/accounts.ts";
import { deploymentsOf } from "../state/deployments.ts";
import type { WorkflowRun } from "../state/workflows.ts";
import type { World } from "../state/world.ts";
import { abandonDeployments, startDeployment } from "./deploy.ts";
import { finishWorkflow, openAttempt, refuseEnded, setUnderWay, startJob } from "./workflows.ts";

/**
 * A job that deployed asks anew whomever its environment asks.
 *
 * @throws {Refusal} 403 for a run that is still under way, that nothing failed in, or that is too old
 */
export function rerunFailedJobs(world: World, run: WorkflowRun, by: Account): void {
  for (const failed of openAttempt(world, run, by)) {
    const { name } = failed.check;
    const before = deploymentsOf(run).find(({ job }) => job?.job === failed);
    if (before !== undefined) startDeployment(world, run, before.environment, name);
    else startJob(world, run, name, "in_progress");
  }
  if (run.status === "queued") setUnderWay(world, run);
}

/** @throws {Refusal} 409 for a run that ended */
export function cancelWorkflow(world: World, run: WorkflowRun): void {
  refuseEnded(run);
  abandonDeployments(world, run);
  finishWorkflow(world, run, "cancelled");
}
