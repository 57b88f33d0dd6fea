/** The commit against which GitHub shows a change, where the history of the pull request does not tell. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";

type Comparison = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];

/** @returns `null` where the two have no history in common. @throws {GithubError} when GitHub fails */
export async function readMergeBase(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  { base, head }: { base: string; head: string },
): Promise<string | null> {
  try {
    const { data } = await client.rest<Comparison>(
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      // The second page carries no files, which the first always does.
      { owner, repo, basehead: `${base}...${head}`, per_page: 1, page: 2 },
      { installationId },
    );
    return data.merge_base_commit.sha;
  } catch (error) {
    if (isGithubError(error, "not_found")) return null;
    throw error;
  }
}
