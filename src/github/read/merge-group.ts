/** Which pull requests a merge queue is about to merge together. */

import type { Read } from "../../core/snapshot.ts";
import type { PullRequestSubject, Subject } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { type Connection, hasGaps, nodesOf } from "./connection.ts";
import { listPullRequestsWith, pullRequestOf } from "./open-pull-requests.ts";

type MergeGroup = Subject & { kind: "merge_group" };

export const mergeQueueDocument = `query MergeQueue($owner: String!, $name: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    databaseId
    mergeQueue(branch: $branch) {
      entries(first: 100, after: $after) {
        nodes { position headCommit { oid } pullRequest { number } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface Entry {
  position: number;
  headCommit: { oid: string } | null;
  pullRequest: { number: number } | null;
}

interface MergeQueueAnswer {
  repository: { databaseId: number; mergeQueue: { entries: Connection<Entry> | null } | null } | null;
}

/**
 * The members of a group: the queue's entry whose commit is the group's, and all before it, which that commit contains. Where the queue
 * does not know the commit (any more), each commit between base and group has to belong to an open pull request.
 *
 * @returns `unreadable` where not every commit could be told: an unknown member is an unjudged one
 * @throws {GithubError} when GitHub fails
 */
export async function listPullRequestsOfMergeGroup(
  client: GithubClient,
  group: MergeGroup,
): Promise<Read<PullRequestSubject[]>> {
  const entries = await readEntries(client, group);
  const own = entries?.find(({ headCommit }) => headCommit?.oid === group.headSha);
  if (!entries || !own) return readFromCommits(client, group);
  const members = entries.filter(({ position }) => position <= own.position);
  if (members.some(({ pullRequest }) => pullRequest === null)) {
    return { kind: "unreadable", reason: "the merge queue does not show all of its pull requests" };
  }
  const numbers = members.flatMap(({ pullRequest }) => pullRequest?.number ?? []);
  return { kind: "read", value: numbers.map((number) => pullRequestOf(group, number)) };
}

/** @returns `null` where the queue cannot be seen whole */
async function readEntries(client: GithubClient, group: MergeGroup): Promise<Entry[] | null> {
  const { owner, name, baseRef: branch, installationId } = group;
  const entries: Entry[] = [];
  let after: string | null = null;
  do {
    const { data }: { data: MergeQueueAnswer } = await client.graphql<MergeQueueAnswer>(
      { name: "MergeQueue", document: mergeQueueDocument, variables: { owner, name, branch, after } },
      { installationId },
    );
    const page: Connection<Entry> | null | undefined = data.repository?.mergeQueue?.entries;
    if (data.repository?.databaseId !== group.repositoryId || !page || hasGaps(page)) return null;
    entries.push(...nodesOf(page));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return entries;
}

type Comparison = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];

/** One request each; a group of more is left to people. */
const commitsMax = 100;

async function readFromCommits(client: GithubClient, group: MergeGroup): Promise<Read<PullRequestSubject[]>> {
  const { owner, name: repo, baseRef, headSha, installationId } = group;
  const parameters = { owner, repo, basehead: `${baseRef}...${headSha}`, per_page: commitsMax };
  let comparison: Comparison;
  try {
    comparison = (
      await client.rest<Comparison>("GET /repos/{owner}/{repo}/compare/{basehead}", parameters, { installationId })
    ).data;
  } catch (error) {
    if (isGithubError(error, "not_found"))
      return { kind: "unreadable", reason: "GitHub does not have the group's commit" };
    throw error;
  }
  const { commits, total_commits } = comparison;
  if (commits.length === 0 || commits.length !== total_commits) {
    return { kind: "unreadable", reason: `GitHub shows ${commits.length} of the group's ${total_commits} commits` };
  }
  const numbers = new Set<number>();
  for (const commit of commits) {
    const members = (await listPullRequestsWith(client, group, commit.sha)).filter(({ base }) => base.ref === baseRef);
    // The queue's own merge commits belong to nobody; what they bring in is listed beside them.
    if (members.length === 0 && commit.parents.length < 2) {
      return { kind: "unreadable", reason: `no open pull request is known for commit ${commit.sha}` };
    }
    for (const { number } of members) numbers.add(number);
  }
  if (numbers.size === 0) return { kind: "unreadable", reason: "no open pull request is known for this group" };
  return { kind: "read", value: [...numbers].map((number) => pullRequestOf(group, number)) };
}
