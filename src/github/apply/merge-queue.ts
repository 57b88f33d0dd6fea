/** Puts a pull request into the merge queue of its base branch. */

import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { refusalOf } from "./refusal.ts";

export const enqueueDocument = `mutation Enqueue($id: ID!, $head: GitObjectID!) {
  enqueuePullRequest(input: { pullRequestId: $id, expectedHeadOid: $head }) { clientMutationId }
}`;

/** @returns why GitHub does not take it; `null`: it is in the queue @throws {GithubError} when GitHub fails */
export async function enqueue(
  client: GithubClient,
  { installationId }: PullRequestSubject,
  nodeId: string,
  headSha: string,
): Promise<string | null> {
  try {
    await client.graphql(
      { name: "Enqueue", document: enqueueDocument, variables: { id: nodeId, head: headSha } },
      { installationId, isContent: true, isIdempotent: false },
    );
    return null;
  } catch (error) {
    return refusalOf(error, "contents: write");
  }
}
