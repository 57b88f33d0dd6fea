/** A run that waits to deploy, as it is now, and as it is kept. */

import type { DeployingRun } from "../../core/deployment/deployment.ts";
import type { DeploymentSubject } from "../../core/subject.ts";
import type { KeptRequest } from "../deployment-port.ts";
import type { Ports } from "../ports.ts";
import { endRequests } from "./end.ts";

export interface DeploymentRequest {
  kept: KeptRequest;
  run: DeployingRun;
}

/** @returns `null` where nothing waits any more, which is recorded, or nothing can be read */
export async function readRequest(subject: DeploymentSubject, ports: Ports): Promise<DeploymentRequest | null> {
  const { github, deployments, log } = ports;
  const { repositoryId, installationId, owner, name, runId, environment } = subject;
  const request = await github.readDeploymentRequest(subject);
  if (request.kind === "refused") {
    log.error({ repositoryId, runId, needs: request.needs }, "A request to deploy may not be read");
    return null;
  }
  if (request.kind === "gone" || request.run.isFinished || !request.pending.includes(environment)) {
    await endRequests(subject, ports);
    return null;
  }
  const { run } = request;
  const key = { repositoryId, runId, attempt: run.attempt, environment };
  const kept = await deployments.keepRequest(
    { ...key, installationId, owner, name, sha: run.headSha },
    {
      runId,
      attempt: run.attempt,
      environment,
      sha: run.headSha,
      event: run.event,
      actor: run.actor?.login ?? null,
      triggeringActor: run.triggeringActor?.login ?? null,
    },
  );
  // The repository may have been renamed since it was kept.
  return { kept: { ...kept, installationId, owner, name }, run };
}
