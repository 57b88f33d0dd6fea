/** What stands of merging a pull request: its node id, and what GitHub was already told to do with it. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";

export const mergeStateDocument = `query MergeState($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    databaseId
    pullRequest(number: $number) {
      id headRefOid state isInMergeQueue
      mergeCommit { oid }
      mergeQueue { id }
      autoMergeRequest { enabledAt }
    }
  }
}`;

interface RawMergeState {
  id: string;
  headRefOid: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  isInMergeQueue: boolean;
  mergeCommit: { oid: string } | null;
  /** `null` where the base branch has none. */
  mergeQueue: { id: string } | null;
  autoMergeRequest: { enabledAt: string | null } | null;
}

export interface MergeState {
  nodeId: string;
  headSha: string;
  /** The commit it was merged as; `null` while it is not. */
  mergedAs: string | null;
  hasQueue: boolean;
  isQueued: boolean;
  isArmed: boolean;
}

/** @throws {GithubError} `not_found` when the pull request is no longer there */
export async function readMergeState(client: GithubClient, subject: PullRequestSubject): Promise<MergeState> {
  const { owner, name, number, repositoryId, installationId } = subject;
  const { data } = await client.graphql<{
    repository: { databaseId: number; pullRequest: RawMergeState | null } | null;
  }>(
    { name: "MergeState", document: mergeStateDocument, variables: { owner, name, number } },
    { installationId, priority: "downgrade" }, // taking auto-merge off begins with it
  );
  const raw = data.repository?.pullRequest;
  if (!raw || data.repository?.databaseId !== repositoryId) {
    throw new GithubError({ kind: "not_found", route: "POST /graphql MergeState", message: "no such pull request" });
  }
  return {
    nodeId: raw.id,
    headSha: raw.headRefOid,
    mergedAs: raw.state === "MERGED" ? (raw.mergeCommit?.oid ?? raw.headRefOid) : null,
    hasQueue: raw.mergeQueue !== null,
    isQueued: raw.isInMergeQueue,
    isArmed: raw.autoMergeRequest !== null,
  };
}
