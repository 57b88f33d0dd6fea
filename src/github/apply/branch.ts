/** Starts a branch at a commit. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

/**
 * @returns `exists` where a branch of that name stands at that very commit; one that stands elsewhere is left alone and `refused`
 * @throws {GithubError} when GitHub fails
 */
export async function createBranch(
  client: GithubClient,
  subject: PullRequestSubject,
  branch: { name: string; sha: string },
): Promise<"created" | "exists" | "refused"> {
  const { owner, name: repo, installationId } = subject;
  try {
    await client.rest(
      "POST /repos/{owner}/{repo}/git/refs",
      { owner, repo, ref: `refs/heads/${branch.name}`, sha: branch.sha },
      { installationId, isContent: true }, // a second one finds the branch there
    );
    return "created";
  } catch (error) {
    refusalOf(error, "contents: write");
    const mayExist = error instanceof GithubError && error.status === 422;
    return mayExist && (await shaOf(client, subject, branch.name)) === branch.sha ? "exists" : "refused";
  }
}

/** @returns `null` where there is no such branch, or it may not be seen */
async function shaOf(
  client: GithubClient,
  { owner, name: repo, installationId }: PullRequestSubject,
  branch: string,
): Promise<string | null> {
  try {
    const { data } = await client.rest<{ object?: { sha?: string } }>(
      "GET /repos/{owner}/{repo}/git/ref/{ref}",
      { owner, repo, ref: `heads/${branch}` },
      { installationId },
    );
    return data.object?.sha ?? null;
  } catch (error) {
    refusalOf(error, "contents: read");
    return null;
  }
}
