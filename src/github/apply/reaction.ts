/** Answers a comment with a small sign. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";

export type Reaction = "eyes" | "+1" | "-1" | "confused";

/** The same sign a second time changes nothing. @throws {GithubError} when GitHub fails or refuses */
export async function react(
  client: GithubClient,
  subject: PullRequestSubject,
  commentId: number,
  content: Reaction,
): Promise<void> {
  const { owner, name: repo, installationId } = subject;
  await client.rest(
    "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
    { owner, repo, comment_id: commentId, content },
    { installationId, isContent: true },
  );
}
