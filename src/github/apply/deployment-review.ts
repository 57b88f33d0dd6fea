/** Answers a request to deploy. The address is made from ours and from the run's number: none from a payload is ever used. */

import type { DeploymentSubject } from "../../core/subject.ts";
import type { ReviewOutcome } from "../../handlers/deployment-port.ts";
import type { GithubClient } from "../client.ts";
import { refusalOf } from "./refusal.ts";

/**
 * With a state it may be sent twice: GitHub takes the first. Reports without one are counted, and so are sent once only.
 *
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/actions/workflow-runs#review-custom-deployment-protection-rules-for-a-workflow-run
 */
export async function reviewDeployment(
  client: GithubClient,
  { owner, name: repo, installationId, runId, environment }: DeploymentSubject,
  { state, comment }: { state: "approved" | "rejected" | null; comment: string },
): Promise<ReviewOutcome> {
  try {
    await client.rest(
      "POST /repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
      { owner, repo, run_id: runId, environment_name: environment, comment, ...(state === null ? {} : { state }) },
      { installationId, isIdempotent: state !== null },
    );
    return { kind: "answered" };
  } catch (error) {
    return { kind: "refused", reason: refusalOf(error, "deployments: write") };
  }
}
