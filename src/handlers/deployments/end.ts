/** Requests that nobody waits for any more: answered elsewhere, called off, or over. */

import { answerMark } from "../../core/report/deployment-report.ts";
import type { DeploymentSubject, IssueSubject } from "../../core/subject.ts";
import type { DeploymentStore, KeptRequest, RequestKey } from "../deployment-port.ts";
import type { KeptIssue } from "../exceptions-port.ts";
import type { Ports } from "../ports.ts";

/** Whether GitHub has the answer that we had begun is asked of GitHub: everything else just ended. */
export async function endRequests(subject: DeploymentSubject, ports: Ports): Promise<void> {
  const { repositoryId, runId, environment } = subject;
  for (const kept of await ports.deployments.listWaitingRequests({ repositoryId, environment, runId })) {
    if (await endAnswered(subject, kept, ports)) continue;
    const { attempt, sha, answering } = kept;
    const data = { runId, attempt, environment, sha, begun: answering?.kind ?? null };
    await endRequest(kept, { state: "closed", kind: "deployment_closed", data }, ports);
  }
}

/** @returns whether an answer that was begun had arrived, so that it is in the books now. @throws {GithubError} when GitHub fails */
export async function endAnswered(subject: DeploymentSubject, kept: KeptRequest, ports: Ports): Promise<boolean> {
  const { answering, attempt, environment, sha, runId } = kept;
  if (answering === null) return false;
  const state = await ports.github.readDeploymentAnswer(subject, answerMark(attempt));
  if (state === null) return false;
  const least = { state, kind: `deployment_${state}`, data: { runId, attempt, environment, sha } };
  await endRequest(kept, state === answering.state ? answering : least, ports);
  return true;
}

/** The first end counts. */
export async function endRequest(
  kept: KeptRequest,
  end: Parameters<DeploymentStore["settleRequest"]>[1],
  ports: Ports,
): Promise<void> {
  if (await ports.deployments.settleRequest(kept, end)) ports.meter.deployed(end.state);
  await wakeDeploymentIssue(kept, ports);
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
