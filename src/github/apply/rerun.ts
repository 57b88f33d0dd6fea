/** Runs failed jobs of a workflow again. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { refusalOf } from "./refusal.ts";

/**
 * Sent once only: a second one would start another attempt.
 *
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/actions/workflow-runs#re-run-failed-jobs-from-a-workflow-run
 */
export async function rerunFailedJobs(
  client: GithubClient,
  { owner, name: repo, installationId }: RepositoryRef,
  runId: number,
): Promise<"asked" | "refused"> {
  try {
    await client.rest(
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs",
      { owner, repo, run_id: runId },
      { installationId, isContent: true, isIdempotent: false },
    );
    return "asked";
  } catch (error) {
    refusalOf(error, "actions: write");
    return "refused";
  }
}
