/** An issue with its whole conversation. */

import type { Person } from "../../core/snapshot.ts";
import type { IssueReading, IssueRef } from "../../handlers/issues-port.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { readIssueComments } from "./issue-comments.ts";
import { readRepository } from "./repositories.ts";

type RawIssue = RestEndpointMethodTypes["issues"]["get"]["response"]["data"];
type RawUser = { id: number; login: string; type: string };

/** @throws {GithubError} when GitHub fails, or the conversation is too long to be read whole */
export async function readIssue(client: GithubClient, issue: IssueRef): Promise<IssueReading | "gone"> {
  const { owner, name: repo, number: issue_number, installationId } = issue;
  try {
    const { data } = await client.rest<RawIssue>(
      "GET /repos/{owner}/{repo}/issues/{issue_number}",
      { owner, repo, issue_number },
      { installationId },
    );
    if (!(await isStillHere(client, issue, data))) return "gone";
    const comments = data.comments === 0 ? [] : await readIssueComments(client, issue);
    return comments === null ? "gone" : { ...mapIssue(data), comments };
  } catch (error) {
    if (isGithubError(error, "not_found")) return "gone"; // also where issues are switched off
    throw error;
  }
}

/** GitHub redirects to where an issue was transferred, and to the new name of a repository that was renamed. */
async function isStillHere(client: GithubClient, issue: IssueRef, { number, repository_url }: RawIssue) {
  const [owner, name] = repository_url.split("/").slice(-2);
  if (owner === undefined || name === undefined) return false;
  if (`${owner}/${name}`.toLowerCase() === `${issue.owner}/${issue.name}`.toLowerCase()) return number === issue.number;
  const there = await readRepository(client, { installationId: issue.installationId, owner, name });
  return there !== "gone" && there.id === issue.repositoryId && number === issue.number;
}

function mapIssue(raw: RawIssue): Omit<IssueReading, "comments"> {
  return {
    state: raw.state === "closed" ? "closed" : "open",
    title: raw.title,
    body: raw.body ?? "",
    closedBy: raw.closed_by ? personOf(raw.closed_by, raw.id) : null,
    closedAt: raw.closed_at === null ? null : new Date(raw.closed_at),
    assignees: (raw.assignees ?? []).map((user) => personOf(user, raw.id)),
    labels: raw.labels.flatMap((label) => (typeof label === "string" ? label : (label.name ?? []))),
  };
}

/** GitHub's stand-in for accounts that were deleted. @see https://api.github.com/users/ghost */
const ghostId = 10_137;

function personOf(user: RawUser | null, seed: number): Person {
  if (user === null || user.id === ghostId) return { id: -seed - 1, login: user?.login ?? "ghost", kind: "ghost" };
  const isBot = user.type === "Bot" || user.login.endsWith("[bot]");
  return { id: user.id, login: user.login, kind: isBot ? "bot" : "user" };
}
