/** Writes a comment under a pull request. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";

/** Sent once only: better no comment than two. @throws {GithubError} when GitHub fails or refuses */
export async function comment(client: GithubClient, subject: PullRequestSubject, body: string): Promise<void> {
  const { owner, name: repo, number: issue_number, installationId } = subject;
  await client.rest(
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { owner, repo, issue_number, body },
    { installationId, isContent: true, isIdempotent: false },
  );
}
