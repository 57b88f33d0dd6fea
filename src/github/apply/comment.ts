/** Writes a comment under a pull request, or rewrites one of ours. */

import type { GithubPort, MarkedComment } from "../../handlers/github-port.ts";
import type { IssueRef } from "../../handlers/issues-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError } from "../errors.ts";
import { refusalOf } from "./refusal.ts";

type RawComment = RestEndpointMethodTypes["issues"]["listComments"]["response"]["data"][number];
type Conversation = Pick<IssueRef, "installationId" | "owner" | "name" | "number">;

const permission = "issues: write";
const commentsPerPage = 100;
const pagesMax = 10;
/** GitHub's clock and ours need not agree. */
const clockSkewMs = 3_600_000;

/** Sent once only: better no comment than two. @returns its id @throws {GithubError} when GitHub fails or refuses */
export async function comment(client: GithubClient, subject: Conversation, body: string): Promise<number> {
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

/** Writes a comment unless one of ours bears its marker; what GitHub says to it is an answer, not an error. */
export async function commentOnce(
  client: GithubClient,
  subject: Conversation,
  { body, marker, soughtSince }: MarkedComment,
): ReturnType<GithubPort["commentOnce"]> {
  try {
    if (soughtSince === null || !(await hasComment(client, subject, marker, soughtSince))) {
      await comment(client, subject, body);
    }
    return { kind: "sent" };
  } catch (error) {
    if (!(error instanceof GithubError)) throw error;
    if (error.kind === "unavailable" || error.kind === "rate_limited") {
      return { kind: "failed", reason: "GitHub did not take the comment", retryAt: error.retryAt };
    }
    return { kind: "refused", reason: `GitHub refuses the comment: ${refusalOf(error, permission)}` };
  }
}

/** A marker in a comment of anybody else means nothing. */
async function hasComment(
  client: GithubClient,
  { owner, name: repo, number: issue_number, installationId }: Conversation,
  marker: string,
  soughtSince: Date,
): Promise<boolean> {
  const since = new Date(soughtSince.getTime() - clockSkewMs).toISOString();
  for (let page = 1; page <= pagesMax; page += 1) {
    const { data } = await client.rest<RawComment[]>(
      "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { owner, repo, issue_number, since, per_page: commentsPerPage, page },
      { installationId },
    );
    const isOurs = ({ user, performed_via_github_app: app }: RawComment) =>
      user?.type === "Bot" && app?.id === client.appId;
    if (data.some((one) => isOurs(one) && (one.body ?? "").includes(marker))) return true;
    if (data.length < commentsPerPage) break;
  }
  return false;
}
