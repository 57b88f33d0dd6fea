/** A run that waits to deploy, as it is now, and as it is kept. */

import type { DeployingRun } from "../../core/deployment/deployment.ts";
import { missingPermission } from "../../core/report/deployment-issue.ts";
import type { DeploymentSubject } from "../../core/subject.ts";
import type { KeptRequest } from "../deployment-port.ts";
import type { Ports } from "../ports.ts";
import { endRequests, wakeDeploymentIssue } from "./end.ts";
import { readView } from "./request-view.ts";

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
    await showUnreadable(subject, request.needs, ports);
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

/** Known from before, it says on its issue what is missing; the next look that can read it writes all of it anew. */
async function showUnreadable(
  { repositoryId, runId, environment }: DeploymentSubject,
  needs: string,
  ports: Ports,
): Promise<void> {
  for (const kept of await ports.deployments.listWaitingRequests({ repositoryId, runId, environment })) {
    const view = readView(kept.view);
    const note = missingPermission(needs);
    if (view === null || view.section.endsWith(note)) continue;
    await ports.deployments.saveRequestView(kept, { ...view, section: `${view.section}\n\n${note}` });
    await wakeDeploymentIssue(kept, ports);
  }
}
