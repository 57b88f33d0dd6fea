/** A comment on a commit, once. */

import type { RepositoryRef } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { refusalOf } from "./refusal.ts";

type RawComment = RestEndpointMethodTypes["repos"]["listCommentsForCommit"]["response"]["data"][number];

const perPage = 100;
const pagesMax = 10;

/**
 * Looks first, so that a second try after a lost answer writes nothing. The marker proves nothing and need not: at worst somebody
 * keeps their own words there instead of ours.
 *
 * @throws {GithubError} when GitHub fails
 */
export async function commentOnCommit(
  client: GithubClient,
  { owner, name: repo, installationId }: RepositoryRef,
  { sha: commit_sha, body, marker }: { sha: string; body: string; marker: string },
): Promise<"written" | "refused"> {
  const hidden = `<!-- holdpoint:${marker} -->`;
  try {
    for (let page = 1; page <= pagesMax; page += 1) {
      const { data } = await client.rest<RawComment[]>(
        "GET /repos/{owner}/{repo}/commits/{commit_sha}/comments",
        { owner, repo, commit_sha, per_page: perPage, page },
        { installationId },
      );
      if (data.some((comment) => comment.user?.type === "Bot" && comment.body.includes(hidden))) return "written";
      if (data.length < perPage) break;
    }
    await client.rest(
      "POST /repos/{owner}/{repo}/commits/{commit_sha}/comments",
      { owner, repo, commit_sha, body: `${body}\n\n${hidden}` },
      { installationId, isContent: true, isIdempotent: false },
    );
    return "written";
  } catch (error) {
    refusalOf(error, "contents: read");
    return "refused";
  }
}
