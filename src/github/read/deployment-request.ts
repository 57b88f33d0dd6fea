/** A workflow run that waits to deploy, and the runs of a repository that do. */

import type { Person } from "../../core/snapshot.ts";
import type { DeploymentSubject, RepositoryRef } from "../../core/subject.ts";
import type { DeploymentsPort, RequestReading } from "../../handlers/deployment-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";

type RawRun = RestEndpointMethodTypes["actions"]["getWorkflowRun"]["response"]["data"];
type RawPending = RestEndpointMethodTypes["actions"]["getPendingDeploymentsForRun"]["response"]["data"];
type RawApprovals = RestEndpointMethodTypes["actions"]["getReviewsForRun"]["response"]["data"];
type RawRuns = RestEndpointMethodTypes["actions"]["listWorkflowRunsForRepo"]["response"]["data"];

/** @throws {GithubError} when GitHub fails */
export async function readDeploymentRequest(
  client: GithubClient,
  subject: RepositoryRef & { runId: number },
): Promise<RequestReading> {
  const { owner, name: repo, installationId, repositoryId, runId: run_id } = subject;
  try {
    const [{ data: run }, pending] = await Promise.all([
      client.rest<RawRun>(
        "GET /repos/{owner}/{repo}/actions/runs/{run_id}",
        { owner, repo, run_id },
        { installationId },
      ),
      listPending(client, subject, run_id),
    ]);
    // A name may belong to another repository by now.
    if (run.repository.id !== repositoryId) return { kind: "gone" };
    return {
      kind: "read",
      run: {
        id: run.id,
        attempt: run.run_attempt ?? 1,
        headSha: run.head_sha,
        event: run.event,
        isFinished: run.status === "completed",
        isFromFork: run.head_repository?.id !== repositoryId,
        actor: personOfRest(run.actor),
        triggeringActor: personOfRest(run.triggering_actor),
        url: run.html_url,
      },
      pending,
    };
  } catch (error) {
    if (isGithubError(error, "not_found")) return { kind: "gone" };
    if (isGithubError(error, "forbidden")) return { kind: "refused", needs };
    throw error;
  }
}

const needs = "Actions: read";

/**
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/actions/workflow-runs#get-the-review-history-for-a-workflow-run
 */
export async function readDeploymentAnswer(
  client: GithubClient,
  { owner, name: repo, installationId, runId: run_id, environment }: DeploymentSubject,
  mark: string,
): Promise<"approved" | "rejected" | null> {
  try {
    const { data } = await client.rest<RawApprovals>(
      "GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals",
      { owner, repo, run_id },
      { installationId },
    );
    const ours = data.find(
      ({ environments, user, comment }) =>
        user?.type === "Bot" && comment.includes(mark) && environments.some(({ name }) => name === environment),
    );
    return ours?.state === "approved" || ours?.state === "rejected" ? ours.state : null;
  } catch (error) {
    if (isGithubError(error, "not_found")) return null;
    throw error;
  }
}

const perPage = 100;
/** GitHub lists a thousand runs of a search at most. @see https://docs.github.com/rest/actions/workflow-runs */
const pagesMax = 10;

/** @throws {GithubError} when GitHub fails */
export async function listWaitingRuns(
  client: GithubClient,
  repository: RepositoryRef,
): ReturnType<DeploymentsPort["listWaitingRuns"]> {
  const { owner, name: repo, installationId } = repository;
  const waiting: { runId: number; environments: string[] }[] = [];
  try {
    for (let page = 1; page <= pagesMax; page += 1) {
      const { data } = await client.rest<RawRuns>(
        "GET /repos/{owner}/{repo}/actions/runs",
        { owner, repo, status: "waiting", per_page: perPage, page },
        { installationId },
      );
      for (const { id } of data.workflow_runs) {
        waiting.push({ runId: id, environments: await listPending(client, repository, id) });
      }
      if (data.workflow_runs.length < perPage) break;
    }
    return waiting;
  } catch (error) {
    if (isGithubError(error, "not_found")) return [];
    if (isGithubError(error, "forbidden")) return { kind: "refused", needs };
    throw error;
  }
}

async function listPending(
  client: GithubClient,
  { owner, name: repo, installationId }: RepositoryRef,
  run_id: number,
): Promise<string[]> {
  const { data } = await client.rest<RawPending>(
    "GET /repos/{owner}/{repo}/actions/runs/{run_id}/pending_deployments",
    { owner, repo, run_id },
    { installationId },
  );
  return data.flatMap(({ environment }) => environment.name ?? []);
}

function personOfRest(raw: { id: number; login: string; type?: string } | null | undefined): Person | null {
  if (!raw) return null;
  const isBot = raw.type !== "User" || raw.login.endsWith("[bot]");
  return { id: raw.id, login: raw.login, kind: isBot ? "bot" : "user" };
}
