/** Answers a comment with a small sign. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { isGithubError } from "../errors.ts";

export type Reaction = "eyes" | "+1" | "-1" | "confused";

/**
 * The same sign a second time changes nothing.
 *
 * @returns `gone` where the comment was deleted
 * @throws {GithubError} when GitHub fails or refuses
 */
export async function react(
  client: GithubClient,
  subject: RepositoryRef,
  commentId: number,
  content: Reaction,
): Promise<"reacted" | "gone"> {
  const { owner, name: repo, installationId } = subject;
  try {
    await client.rest(
      "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
      { owner, repo, comment_id: commentId, content },
      { installationId, isContent: true },
    );
    return "reacted";
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone";
    throw error;
  }
}
