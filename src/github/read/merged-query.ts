/** The query for merged pull requests, some at a time, each with all that the judgement looks at. */

import { type Connection, pageInfoFields } from "./connection.ts";
import { checkFields } from "./map-checks.ts";
import { commentFields, type RawComment } from "./map-comment.ts";
import { commitFields, type RawCommit } from "./map-commit.ts";
import { labelEventFields, type RawLabelEvent } from "./map-label.ts";
import { actorFields, type RawActor } from "./map-person.ts";
import { type RawReview, reviewFields } from "./map-review.ts";
import { parts, type RawHead, type RawRepository, repositoryFields } from "./pull-request-query.ts";

/** So many at a time: with a hundred commits and reviews each, more would run into GitHub's limits of nodes and of time. */
export const mergedPageSize = 8;

export interface RawMerged {
  number: number;
  title: string;
  body: string;
  isCrossRepository: boolean;
  fullDatabaseId: string | number | null;
  author: RawActor | null;
  createdAt: string;
  updatedAt: string;
  mergedAt: string | null;
  mergeCommit: { oid: string } | null;
  changedFiles: number;
  baseRefName: string;
  baseRefOid: string;
  headRefName: string;
  headRefOid: string;
  reviews: Connection<RawReview> | null;
  comments: Connection<RawComment>;
  commits: Connection<{ commit: RawCommit }>;
  labels: Connection<{ name: string }> | null;
  labelEvents: Connection<RawLabelEvent>;
  readyEvents: Connection<{ createdAt: string }>;
  head?: RawHead;
}

export interface MergedAnswer {
  repository: (RawRepository & { pullRequests: Connection<RawMerged> }) | null;
}

/** @param withChecks also what checks and statuses said of each head, which costs GitHub the most */
export function mergedDocument(withChecks: boolean): string {
  const { reviews, comments, commits, labels, labelEvents, suites } = parts;
  const wanted = [reviews, comments, commits, labels, labelEvents, ...(withChecks ? [suites] : [])];
  const fragments = [reviewFields, commentFields, commitFields, labelEventFields, withChecks ? checkFields : ""];
  return `query MergedPullRequests($owner: String!, $name: String!, $base: String, $size: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    ${repositoryFields}
    pullRequests(states: MERGED, baseRefName: $base, first: $size, after: $after, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        number title body isCrossRepository fullDatabaseId createdAt updatedAt mergedAt changedFiles
        author { ...ActorFields }
        mergeCommit { oid }
        baseRefName baseRefOid headRefName headRefOid
        readyEvents: timelineItems(last: 50, itemTypes: [READY_FOR_REVIEW_EVENT, REVIEW_REQUESTED_EVENT]) {
          nodes { ... on ReadyForReviewEvent { createdAt } ... on ReviewRequestedEvent { createdAt } } pageInfo { ...PageFields }
        }
        ${wanted.map(({ select }) => select("")).join("\n        ")}
      }
      pageInfo { ...PageFields }
    }
  }
}${fragments.join("")}${actorFields}${pageInfoFields}`;
}
