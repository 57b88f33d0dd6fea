/** Writes a comment under a pull request, or rewrites one of ours. */

import type { IssueRef } from "../../handlers/issues-port.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";

/** Sent once only: better no comment than two. @returns its id @throws {GithubError} when GitHub fails or refuses */
export async function comment(client: GithubClient, subject: IssueRef, body: string): Promise<number> {
  const { owner, name: repo, number: issue_number, installationId } = subject;
  const { data } = await client.rest<{ id: number }>(
    "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { owner, repo, issue_number, body },
    { installationId, isContent: true, isIdempotent: false },
  );
  return data.id;
}

/** @throws {GithubError} when GitHub fails or refuses */
export async function editComment(
  client: GithubClient,
  subject: IssueRef,
  commentId: number,
  body: string,
): Promise<"edited" | "gone"> {
  const { owner, name: repo, installationId } = subject;
  try {
    await client.rest(
      "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
      { owner, repo, comment_id: commentId, body },
      { installationId, isContent: true },
    );
    return "edited";
  } catch (error) {
    if (error instanceof GithubError && error.status === 404) return "gone";
    throw error;
  }
}
