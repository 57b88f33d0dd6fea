/** Arms and disarms GitHub's own auto-merge. */

import type { MergeMethod } from "../../core/gate/verdict.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { isGithubError } from "../errors.ts";
import { readMergeState } from "./merge-state.ts";
import { refusalOf } from "./refusal.ts";

export const armDocument = `mutation ArmAutoMerge($id: ID!, $head: GitObjectID!, $method: PullRequestMergeMethod, $body: String) {
  enablePullRequestAutoMerge(input: { pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $method, commitBody: $body }) { clientMutationId }
}`;

export const disarmDocument = `mutation DisarmAutoMerge($id: ID!) {
  disablePullRequestAutoMerge(input: { pullRequestId: $id }) { clientMutationId }
}`;

/**
 * GitHub then merges as soon as its own conditions hold, until somebody takes it off: also after a push by who may write.
 *
 * @param wanted `method: null` leaves it to the merge queue
 * @returns why GitHub refuses; `null`: it is armed
 * @throws {GithubError} when GitHub fails
 */
export async function armAutoMerge(
  client: GithubClient,
  { installationId }: PullRequestSubject,
  nodeId: string,
  wanted: { headSha: string; method: MergeMethod | null; message?: string },
): Promise<string | null> {
  const method = wanted.method === null ? {} : { method: wanted.method.toUpperCase() };
  const body = wanted.message === undefined || wanted.method === "rebase" ? {} : { body: wanted.message };
  try {
    await client.graphql(
      {
        name: "ArmAutoMerge",
        document: armDocument,
        variables: { id: nodeId, head: wanted.headSha, ...method, ...body },
      },
      { installationId, isContent: true, isIdempotent: false },
    );
    return null;
  } catch (error) {
    return refusalOf(error, "contents: write");
  }
}

/**
 * Takes auto-merge off, whoever armed it; nothing happens where it is not armed.
 *
 * @returns `refused` where the App may not, and it stays armed
 * @throws {GithubError} when GitHub fails, or takes it off another time
 */
export async function disarmAutoMerge(client: GithubClient, subject: PullRequestSubject): Promise<"off" | "refused"> {
  const { installationId } = subject;
  const { nodeId, isArmed } = await readMergeState(client, subject);
  if (!isArmed) return "off";
  try {
    await client.graphql(
      { name: "DisarmAutoMerge", document: disarmDocument, variables: { id: nodeId } },
      { installationId, priority: "downgrade" },
    );
  } catch (error) {
    refusalOf(error, "contents: write");
    // Somebody was quicker, or it merged: both leave nothing to take off.
    if (!(await readMergeState(client, subject)).isArmed) return "off";
    if (isGithubError(error, "invalid")) throw error; // not now; another time it may be
    return "refused";
  }
  return "off";
}
