/** Workflow runs on a commit. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { RunReading } from "../../handlers/issues-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";

type RawRuns = RestEndpointMethodTypes["actions"]["listWorkflowRunsForRepo"]["response"]["data"];

const perPage = 100;
/** GitHub lists a thousand runs of a search at most. @see https://docs.github.com/rest/actions/workflow-runs */
const pagesMax = 10;

/** Newest first, each in its newest attempt. @throws {GithubError} */
export async function listRuns(
  client: GithubClient,
  repository: RepositoryRef,
  headSha: string,
): Promise<RunReading[]> {
  const { owner, name: repo, installationId } = repository;
  const runs: RunReading[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const { data } = await client.rest<RawRuns>(
      "GET /repos/{owner}/{repo}/actions/runs",
      { owner, repo, head_sha: headSha, per_page: perPage, page },
      { installationId },
    );
    runs.push(...data.workflow_runs.map(mapRun));
    if (data.workflow_runs.length < perPage) break;
  }
  return runs;
}

function mapRun(raw: RawRuns["workflow_runs"][number]): RunReading {
  return {
    id: raw.id,
    name: raw.name ?? raw.path,
    path: raw.path,
    event: raw.event,
    headBranch: raw.head_branch,
    attempt: raw.run_attempt ?? 1,
    conclusion: raw.status === "completed" ? raw.conclusion : null,
    url: raw.html_url,
  };
}
