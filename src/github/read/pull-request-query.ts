/** The one query that brings a pull request, and the one that brings what did not fit its pages. */

import { type Connection, pageInfoFields } from "./connection.ts";
import { checkFields, type RawStatus, type RawSuite } from "./map-checks.ts";
import { commentFields, type RawComment } from "./map-comment.ts";
import { commitFields, type RawCommit } from "./map-commit.ts";
import { labelEventFields, type RawLabelEvent } from "./map-label.ts";
import { actorFields, type RawActor } from "./map-person.ts";
import { policyFileFields, type RawPolicyEntry } from "./map-policy-file.ts";
import { type RawReview, reviewFields } from "./map-review.ts";
import type { MembersPlan } from "./members-query.ts";

export const repositoryPolicyPath = ".github/checkpoints.yml";
export const organizationPolicyPath = "checkpoints.yml";
/** Of the organisation, where its defaults live (https://docs.github.com/communities/setting-up-your-project-for-healthy-contributions/creating-a-default-community-health-file). */
export const organizationRepository = ".github";

/** A policy file at the tip of a branch. */
export const policyAt = (path: string) =>
  `target { oid ... on Commit { file(path: "${path}") { ...PolicyEntryFields } } }`;

export interface RawTip {
  target: { oid: string; file?: RawPolicyEntry | null } | null;
}

/** One connection of the pull request: how its newest (or first) page and the pages beyond are asked for. */
interface Part {
  select: (cursor: string) => string;
  direction: "forward" | "backward";
  fragments: string;
}

const pageOf = (fields: string) => `nodes { ${fields} } pageInfo { ...PageFields }`;

/** Backward: the newest come first, since they matter most. */
export const parts = {
  reviews: {
    select: (cursor) => `reviews(last: 100${cursor}) { ${pageOf("...ReviewFields")} }`,
    direction: "backward",
    fragments: reviewFields,
  },
  comments: {
    select: (cursor) => `comments(last: 100${cursor}) { ${pageOf("...CommentFields")} }`,
    direction: "backward",
    fragments: commentFields,
  },
  commits: {
    select: (cursor) => `commits(first: 100${cursor}) { totalCount ${pageOf("commit { ...CommitFields }")} }`,
    direction: "forward",
    fragments: commitFields,
  },
  labels: {
    select: (cursor) => `labels(first: 100${cursor}) { ${pageOf("name")} }`,
    direction: "forward",
    fragments: "",
  },
  labelEvents: {
    select: (cursor) =>
      `labelEvents: timelineItems(last: 100, itemTypes: [LABELED_EVENT]${cursor}) { ${pageOf("...LabelEventFields")} }`,
    direction: "backward",
    fragments: labelEventFields,
  },
  suites: {
    select: (cursor) =>
      `head: commits(last: 1) { nodes { commit { oid status { ...StatusFields } checkSuites(first: 100${cursor}) { ${pageOf("...SuiteFields")} } } } }`,
    direction: "forward",
    fragments: checkFields,
  },
} as const satisfies Record<string, Part>;

export type PartName = keyof typeof parts;

export const partNames = Object.keys(parts) as PartName[];

const fragments = [
  ...partNames.map((name) => parts[name].fragments),
  actorFields,
  policyFileFields,
  pageInfoFields,
].join("");

export interface RawPullRequest {
  number: number;
  title: string;
  body: string;
  state: "OPEN" | "CLOSED" | "MERGED";
  isDraft: boolean;
  isCrossRepository: boolean;
  fullDatabaseId: string | number | null;
  author: RawActor | null;
  createdAt: string;
  changedFiles: number;
  baseRefName: string;
  baseRefOid: string;
  baseRef: RawTip | null;
  headRefName: string;
  headRefOid: string;
  isInMergeQueue: boolean;
  autoMergeRequest: { enabledBy: RawActor | null } | null;
  mergedAt: string | null;
  mergedBy: RawActor | null;
  mergeCommit: { oid: string } | null;
  reviewThreads: { totalCount: number; nodes: ({ isResolved: boolean } | null)[] | null };
  reviewRequests: { nodes: ({ requestedReviewer: RawActor | null } | null)[] | null } | null;
  reviews: Connection<RawReview> | null;
  comments: Connection<RawComment>;
  commits: Connection<{ commit: RawCommit }>;
  labels: Connection<{ name: string }> | null;
  labelEvents: Connection<RawLabelEvent>;
  head: RawHead;
}

export interface RawHead {
  nodes:
    | ({ commit: { oid: string; status: RawStatus | null; checkSuites: Connection<RawSuite> | null } } | null)[]
    | null;
}

export interface RawRepository {
  databaseId: number;
  name: string;
  owner: { login: string };
  isPrivate: boolean;
  defaultBranchRef: { name: string } | null;
}

export interface RawPullRequestAnswer {
  repository: (RawRepository & { pullRequest: RawPullRequest | null }) | null;
  organizationDefault: { defaultBranchRef: RawTip | null } | null;
}

export const repositoryFields = "databaseId name owner { login } isPrivate defaultBranchRef { name }";

const documents = new Map<string, string>();

/** The query for a pull request, together with the members that `plan` wants. */
export function pullRequestDocument(plan: MembersPlan): string {
  const known = documents.get(plan.selection);
  if (known) return known;
  const document = `query PullRequest($owner: String!, $name: String!, $number: Int!${plan.parameters}) {
  repository(owner: $owner, name: $name) {
    ${repositoryFields}
    pullRequest(number: $number) {
      number title body state isDraft isCrossRepository fullDatabaseId createdAt changedFiles
      author { ...ActorFields }
      baseRefName baseRefOid headRefName headRefOid
      baseRef { ${policyAt(repositoryPolicyPath)} }
      isInMergeQueue autoMergeRequest { enabledBy { ...ActorFields } }
      mergedAt mergedBy { ...ActorFields } mergeCommit { oid }
      reviewThreads(first: 100) { totalCount nodes { isResolved } }
      reviewRequests(first: 100) { nodes { requestedReviewer { ...ActorFields } } }
      ${partNames.map((name) => parts[name].select("")).join("\n      ")}
    }
  }
  organizationDefault: repository(owner: $owner, name: "${organizationRepository}") {
    defaultBranchRef { ${policyAt(organizationPolicyPath)} }
  }
  ${plan.selection}
}${fragments}`;
  // Plans differ only by how many teams of how many organisations they name; the bound is for installations of many organisations.
  if (documents.size >= 200) documents.clear();
  documents.set(plan.selection, document);
  return document;
}

/** The query for further pages of those parts that have them: `$reviews`, … are cursors. */
export function pagesDocument(wanted: readonly PartName[]): string {
  const selections = wanted.map((name) => {
    const argument = parts[name].direction === "forward" ? "after" : "before";
    return parts[name].select(`, ${argument}: $${name}`);
  });
  const own = wanted.map((name) => parts[name].fragments).join("");
  const used = own.includes("...ActorFields") ? `${own}${actorFields}${pageInfoFields}` : `${own}${pageInfoFields}`;
  return `query PullRequestPages($owner: String!, $name: String!, $number: Int!${wanted.map((name) => `, $${name}: String!`).join("")}) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { headRefOid ${selections.join(" ")} } }
}${used}`;
}
