/** Looks again at every deployment that waits, and finds those whose event was lost. */

import type { DeploymentSubject } from "../core/subject.ts";
import { deploymentSubjectOf } from "./deployments/tell-waiting.ts";
import type { Ports } from "./ports.ts";

export type DeploymentSweepPorts = Pick<Ports, "clock" | "log"> & {
  github: Pick<Ports["github"], "listWaitingRuns">;
  deployments: Pick<Ports["deployments"], "listDeploying" | "listWaitingRequests">;
  store: Pick<Ports["store"], "enqueue">;
};

/** Repositories that asked for a deployment since then are asked about, whatever is known of their policy. */
const recentMs = 30 * 24 * 3_600_000;

export async function sweepDeployments({
  github,
  deployments,
  store,
  clock,
  log,
}: DeploymentSweepPorts): Promise<void> {
  const waiting = await deployments.listWaitingRequests();
  await store.enqueue(waiting.map(deploymentSubjectOf));
  const known = new Set(
    waiting.map(({ repositoryId, runId, environment }) => [repositoryId, runId, environment].join("/")),
  );
  for (const repository of await deployments.listDeploying(new Date(clock.now().getTime() - recentMs))) {
    const { repositoryId } = repository;
    try {
      const runs = await github.listWaitingRuns(repository);
      if ("kind" in runs) {
        log.error({ repositoryId, needs: runs.needs }, "Runs that wait to deploy may not be listed");
        continue;
      }
      const lost = runs.flatMap(({ runId, environments }) =>
        environments
          .filter((environment) => !known.has([repositoryId, runId, environment].join("/")))
          .map((environment): DeploymentSubject => ({ kind: "deployment", ...repository, runId, environment })),
      );
      await store.enqueue(lost);
    } catch (error) {
      // One repository that cannot be read keeps none of the others waiting.
      log.warn({ err: error, repositoryId }, "Runs that wait to deploy could not be listed");
    }
  }
}
