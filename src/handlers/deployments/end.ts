/** Requests that nobody waits for any more: answered elsewhere, called off, or over. */

import type { DeploymentSubject, IssueSubject } from "../../core/subject.ts";
import type { RequestKey } from "../deployment-port.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";

/** What we had begun to answer when it ended, was answered; everything else just ended. */
export async function endRequests(subject: DeploymentSubject, ports: Ports): Promise<void> {
  const { deployments, meter } = ports;
  const { repositoryId, runId, environment } = subject;
  for (const kept of await deployments.listWaitingRequests({ repositoryId, environment, runId })) {
    const state = kept.answering ?? "closed";
    const data = { runId, attempt: kept.attempt, environment, sha: kept.sha };
    if (!(await deployments.settleRequest(kept, { state, kind: `deployment_${state}`, data }))) continue;
    meter.deployed(state);
    await wakeDeploymentIssue(kept, ports);
  }
}

/** The open issue of an environment, if it has one, shows what waits. */
export async function wakeDeploymentIssue(
  key: Pick<RequestKey, "repositoryId" | "environment">,
  ports: Ports,
): Promise<void> {
  const issue = await findDeploymentIssue(key, ports);
  if (issue !== null) await ports.store.enqueue([issueSubjectOf(issue)]);
}

export async function findDeploymentIssue(
  { repositoryId, environment }: Pick<RequestKey, "repositoryId" | "environment">,
  { store }: Pick<Ports, "store">,
): Promise<KeptIssue | null> {
  const open = await store.listIssues({ repositoryId, kind: "deployment", state: "open" });
  return open.find(({ data }) => environmentOf(data) === environment) ?? null;
}

export function environmentOf(data: KeptIssue["data"]): string | null {
  const isObject = typeof data === "object" && data !== null && !Array.isArray(data);
  return isObject && typeof data.environment === "string" ? data.environment : null;
}

export function issueSubjectOf({ installationId, repositoryId, owner, name, number }: KeptIssue): IssueSubject {
  return { kind: "issue", installationId, repositoryId, owner, name, number };
}
