/** Brings the base branch into a pull request's head. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { refusalOf } from "./refusal.ts";

/**
 * GitHub makes the merge commit in the background; the push that follows has the pull request looked at again.
 *
 * @returns `refused` where the head moved, the merge conflicts, nothing is to be brought in, or the App may not
 * @throws {GithubError} when GitHub fails
 * @see https://docs.github.com/rest/pulls/pulls#update-a-pull-request-branch
 */
export async function updateBranch(
  client: GithubClient,
  subject: PullRequestSubject,
  headSha: string,
): Promise<"updated" | "refused"> {
  const { owner, name: repo, number: pull_number, installationId } = subject;
  try {
    await client.rest(
      "PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch",
      { owner, repo, pull_number, expected_head_sha: headSha },
      { installationId, isContent: true, isIdempotent: false },
    );
    return "updated";
  } catch (error) {
    refusalOf(error, "pull requests: write");
    return "refused";
  }
}
