/** The conversation on an issue, by GraphQL: REST tells an edit only by its second, so that one right after the comment goes unseen. */

import type { Comment } from "../../core/snapshot.ts";
import type { IssueRef } from "../../handlers/issues-port.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import { type Connection, hasGaps, nodesOf, pageInfoFields } from "./connection.ts";
import { commentFields, mapComment, type RawComment } from "./map-comment.ts";
import { actorFields } from "./map-person.ts";

/** More is an attack on us, not a conversation; what cannot be read whole is not read. */
const pagesMax = 50;

export const issueCommentsDocument = `query IssueComments($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { comments(first: 100, after: $after) { nodes { ...CommentFields } pageInfo { ...PageFields } } }
  }
}
${commentFields}
${actorFields}
${pageInfoFields}`;

interface Answer {
  repository: { issue: { comments: Connection<RawComment> } | null } | null;
}

/** @returns oldest first; `null` where there is no such issue any more. @throws {GithubError} when GitHub fails, or it is too long to be read whole */
export async function readIssueComments(client: GithubClient, issue: IssueRef): Promise<Comment[] | null> {
  const comments: Comment[] = [];
  let after: string | null = null;
  for (let page = 1; page <= pagesMax; page += 1) {
    const found = await readPage(client, issue, after);
    if (found === null) return null;
    if (hasGaps(found)) throw unread("some comments may not be seen");
    comments.push(...nodesOf(found).map(mapComment));
    if (!found.pageInfo.hasNextPage) return comments;
    after = found.pageInfo.endCursor;
  }
  throw unread(`more than ${pagesMax * 100} comments`);
}

async function readPage(
  client: GithubClient,
  { owner, name, number, installationId }: IssueRef,
  after: string | null,
): Promise<Connection<RawComment> | null> {
  const variables = { owner, name, number, after };
  const { data } = await client.graphql<Answer>(
    { name: "IssueComments", document: issueCommentsDocument, variables },
    { installationId },
  );
  return data.repository?.issue?.comments ?? null;
}

function unread(message: string): GithubError {
  return new GithubError({ kind: "invalid", route: "POST /graphql IssueComments", message });
}
