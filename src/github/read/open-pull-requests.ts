/** Open pull requests: of a repository or one of its branches, and those whose head is a commit. */

import type { PullRequestSubject, Subject } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { type Connection, nodesOf } from "./connection.ts";

export const openPullRequestsDocument = `query OpenPullRequests($owner: String!, $name: String!, $base: String, $after: String) {
  repository(owner: $owner, name: $name) {
    databaseId
    pullRequests(states: OPEN, baseRefName: $base, first: 100, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes { number }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface OpenPullRequestsAnswer {
  repository: { databaseId: number; pullRequests: Connection<{ number: number }> } | null;
}

/** @returns newest first; none when the repository is gone. @throws {GithubError} when GitHub fails */
export async function listOpenPullRequests(
  client: GithubClient,
  subject: Subject & { kind: "repository" },
): Promise<PullRequestSubject[]> {
  const { owner, name, installationId, repositoryId, baseRef: base } = subject;
  // Paging by time of update, one may move to an earlier page, already read, and push none out of sight.
  const numbers = new Set<number>();
  let after: string | null = null;
  try {
    do {
      const { data }: { data: OpenPullRequestsAnswer } = await client.graphql<OpenPullRequestsAnswer>(
        { name: "OpenPullRequests", document: openPullRequestsDocument, variables: { owner, name, base, after } },
        { installationId },
      );
      if (data.repository?.databaseId !== repositoryId) return [];
      const pullRequests: Connection<{ number: number }> = data.repository.pullRequests;
      for (const { number } of nodesOf(pullRequests)) numbers.add(number);
      after = pullRequests.pageInfo.hasNextPage ? pullRequests.pageInfo.endCursor : null;
    } while (after !== null);
  } catch (error) {
    if (isGithubError(error, "not_found")) return [];
    throw error;
  }
  return [...numbers].map((number) => pullRequestOf(subject, number));
}

type CommitPullRequests = RestEndpointMethodTypes["repos"]["listPullRequestsAssociatedWithCommit"]["response"]["data"];

/** @returns open ones whose head is this very commit. @throws {GithubError} when GitHub fails */
export async function listPullRequestsOfCommit(
  client: GithubClient,
  subject: Subject & { kind: "commit" },
): Promise<PullRequestSubject[]> {
  const found = await listPullRequestsWith(client, subject, subject.sha);
  return found.filter(({ head }) => head.sha === subject.sha).map(({ number }) => pullRequestOf(subject, number));
}

/** Open pull requests that contain a commit. A commit GitHub does not know is in none. */
export async function listPullRequestsWith(
  client: GithubClient,
  { owner, name: repo, installationId }: { owner: string; name: string; installationId: number },
  commit_sha: string,
): Promise<CommitPullRequests> {
  const open: CommitPullRequests = [];
  for (let page = 1; ; page += 1) {
    try {
      const { data } = await client.rest<CommitPullRequests>(
        "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls",
        { owner, repo, commit_sha, per_page: 100, page },
        { installationId },
      );
      open.push(...data.filter(({ state }) => state === "open"));
      if (data.length < 100) return open;
    } catch (error) {
      const isUnknownCommit = error instanceof GithubError && (error.kind === "not_found" || error.status === 422);
      if (isUnknownCommit) return open;
      throw error;
    }
  }
}

/** A pull request of the repository that another subject is about. */
export function pullRequestOf(
  { installationId, repositoryId, owner, name }: Omit<PullRequestSubject, "kind" | "number">,
  number: number,
): PullRequestSubject {
  return { kind: "pull_request", installationId, repositoryId, owner, name, number };
}
