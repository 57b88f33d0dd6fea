/** Reads a pull request and the pages beyond the first, until it is whole or a cap says it cannot be. */

import type { Incomplete } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";
import type { GraphqlProblem } from "../graphql-answer.ts";
import { type Connection, hasGaps, nodesOf, pageInfoFields } from "./connection.ts";
import { type RawRun, type RawStatus, type RawSuite, runFields } from "./map-checks.ts";
import type { RawComment } from "./map-comment.ts";
import type { RawCommit } from "./map-commit.ts";
import { explainsLabels, type RawLabelEvent } from "./map-label.ts";
import type { RawReview } from "./map-review.ts";
import { isAboutMembers, type MembersPlan } from "./members-query.ts";
import {
  type PartName,
  pagesDocument,
  partNames,
  parts,
  pullRequestDocument,
  type RawPullRequest,
  type RawPullRequestAnswer,
} from "./pull-request-query.ts";

/** Everything of a pull request that comes in pages, oldest first. */
export interface WholePullRequest {
  answer: RawPullRequestAnswer;
  raw: RawPullRequest;
  problems: GraphqlProblem[];
  reviews: RawReview[];
  comments: RawComment[];
  commits: RawCommit[];
  labels: { name: string }[];
  labelEvents: RawLabelEvent[];
  suites: RawSuite[];
  status: RawStatus | null;
  incomplete: Incomplete[];
}

/** Most pages read of each part. Commits: GitHub lists 250 of a pull request, no more. The others: our own patience. */
const pagesMax: Record<PartName, number> = {
  commits: 3,
  reviews: 20,
  comments: 30,
  labels: 2,
  labelEvents: 10,
  suites: 5,
};
const commitsMax = 250;

/**
 * @throws {GithubError} `not_found` when the pull request is not there; `unavailable` when it kept moving while it was read
 */
export async function readWholePullRequest(
  client: GithubClient,
  subject: PullRequestSubject,
  plan: MembersPlan,
): Promise<WholePullRequest> {
  const { owner, name, number, installationId } = subject;
  const { data: answer, problems } = await client.graphql<RawPullRequestAnswer>(
    {
      name: "PullRequest",
      document: pullRequestDocument(plan),
      variables: { owner, name, number, ...plan.variables },
      tolerates: (problem) => isAboutMembers(problem) || problem.path[0] === "organizationDefault",
    },
    { installationId },
  );
  const raw = answer.repository?.pullRequest;
  // A name may have been given to another repository since; the id may not.
  if (!raw || answer.repository?.databaseId !== subject.repositoryId) {
    throw new GithubError({ kind: "not_found", route: "POST /graphql PullRequest", message: "no such pull request" });
  }
  const pages = new Pages(raw);
  await readFurtherPages(client, subject, raw, pages);
  const suites = nodesOf(pages.of<RawSuite>("suites"));
  const whole: WholePullRequest = {
    answer,
    raw,
    problems,
    reviews: nodesOf(pages.of<RawReview>("reviews")),
    comments: nodesOf(pages.of<RawComment>("comments")),
    commits: nodesOf(pages.of<{ commit: RawCommit }>("commits")).map(({ commit }) => commit),
    labels: nodesOf(pages.of<{ name: string }>("labels")),
    labelEvents: nodesOf(pages.of<RawLabelEvent>("labelEvents")),
    suites: await Promise.all(suites.map((suite) => readAllRuns(client, installationId, suite))),
    status: nodesOf(raw.head)[0]?.commit.status ?? null,
    incomplete: [],
  };
  whole.incomplete = [...pages.incomplete(), ...incompleteCommits(whole), ...incompleteChecks(whole)];
  return whole;
}

async function readFurtherPages(
  client: GithubClient,
  { owner, name, number, installationId }: PullRequestSubject,
  first: RawPullRequest,
  pages: Pages,
): Promise<void> {
  for (let wanted = pages.unfinished(); wanted.length > 0; wanted = pages.unfinished()) {
    const cursors = Object.fromEntries(wanted.map((part) => [part, pages.cursorOf(part)]));
    const { data } = await client.graphql<{ repository: { pullRequest: RawPullRequest | null } | null }>(
      { name: "PullRequestPages", document: pagesDocument(wanted), variables: { owner, name, number, ...cursors } },
      { installationId },
    );
    const raw = data.repository?.pullRequest;
    if (raw?.headRefOid !== first.headRefOid) {
      // Pages of two heads do not make one whole; the job looks again.
      const message = "the pull request moved while it was being read";
      throw new GithubError({ kind: "unavailable", route: "POST /graphql PullRequestPages", message });
    }
    for (const part of wanted) pages.add(part, raw);
  }
}

/** The pages read so far of each part. */
class Pages {
  readonly #read = new Map<PartName, { nodes: unknown[]; cursor: string | null; count: number; hasGaps: boolean }>();

  constructor(first: RawPullRequest) {
    for (const part of partNames) this.add(part, first);
  }

  add(part: PartName, raw: RawPullRequest): void {
    const page = connectionOf(part, raw);
    const before = this.#read.get(part) ?? { nodes: [], cursor: null, count: 0, hasGaps: false };
    const nodes = page?.nodes ?? [];
    const isForward = parts[part].direction === "forward";
    const { pageInfo } = page ?? {};
    const cursor = isForward
      ? pageInfo?.hasNextPage && pageInfo.endCursor
      : pageInfo?.hasPreviousPage && pageInfo.startCursor;
    this.#read.set(part, {
      nodes: isForward ? [...before.nodes, ...nodes] : [...nodes, ...before.nodes],
      cursor: cursor || null,
      count: before.count + 1,
      hasGaps: before.hasGaps || hasGaps(page),
    });
  }

  of<T>(part: PartName): { nodes: T[] } {
    return { nodes: (this.#read.get(part)?.nodes ?? []) as T[] };
  }

  cursorOf(part: PartName): string | null {
    return this.#read.get(part)?.cursor ?? null;
  }

  /** Parts worth another request. Who put a label on is looked up no further back than the labels need. */
  unfinished(): PartName[] {
    return partNames.filter((part) => {
      const read = this.#read.get(part);
      if (!read?.cursor || read.count >= pagesMax[part]) return false;
      return part !== "labelEvents" || !this.#labelsAreExplained();
    });
  }

  incomplete(): Incomplete[] {
    return partNames.flatMap((part) => {
      const read = this.#read.get(part);
      const isCut = Boolean(read?.cursor) && (part !== "labelEvents" || !this.#labelsAreExplained());
      if (read && !read.hasGaps && !isCut) return [];
      const reason = isCut ? `there are more than ${read?.nodes.length ?? 0}` : "GitHub does not show all of them";
      return [{ what: whatOf[part], reason }];
    });
  }

  #labelsAreExplained(): boolean {
    const names = nodesOf(this.of<{ name: string }>("labels")).map(({ name }) => name);
    return explainsLabels(names, nodesOf(this.of<RawLabelEvent>("labelEvents")));
  }
}

const whatOf: Record<PartName, Incomplete["what"]> = {
  reviews: "reviews",
  comments: "comments",
  commits: "commits",
  labels: "labels",
  labelEvents: "labels",
  suites: "checks",
};

function connectionOf(part: PartName, raw: RawPullRequest): Connection<unknown> | null {
  return part === "suites" ? (nodesOf(raw.head)[0]?.commit.checkSuites ?? null) : raw[part];
}

function incompleteCommits({ raw, commits }: WholePullRequest): Incomplete[] {
  const total = raw.commits.totalCount ?? commits.length;
  const reason =
    total > commitsMax || commits.length > commitsMax
      ? `GitHub lists ${commitsMax} of ${total}`
      : total !== commits.length
        ? `GitHub lists ${commits.length} of ${total}`
        : null;
  return reason === null ? [] : [{ what: "commits", reason }];
}

function incompleteChecks({ raw, suites }: WholePullRequest): Incomplete[] {
  const head = nodesOf(raw.head)[0]?.commit;
  if (head?.oid !== raw.headRefOid)
    return [{ what: "checks", reason: "GitHub does not show the checks of this head yet" }];
  if (suites.some((suite) => hasGaps(suite.checkRuns) || suite.checkRuns?.pageInfo.hasNextPage)) {
    return [{ what: "checks", reason: "GitHub does not show all check runs" }];
  }
  return [];
}

export const checkRunsDocument = `query CheckRuns($suite: ID!, $after: String!) {
  node(id: $suite) { ... on CheckSuite {
    checkRuns(first: 100, filterBy: { checkType: LATEST }, after: $after) { nodes { ...RunFields } pageInfo { ...PageFields } }
  } }
}
${runFields}${pageInfoFields}`;

/** 20 pages of 100 after the first 50: a suite may hold no more than GitHub's own lists show. */
const runPagesMax = 20;

async function readAllRuns(client: GithubClient, installationId: number, suite: RawSuite): Promise<RawSuite> {
  let runs = suite.checkRuns;
  for (let page = 0; runs?.pageInfo.hasNextPage && page < runPagesMax; page += 1) {
    const { data } = await client.graphql<{ node: { checkRuns: Connection<RawRun> | null } | null }>(
      {
        name: "CheckRuns",
        document: checkRunsDocument,
        variables: { suite: suite.id, after: runs.pageInfo.endCursor },
      },
      { installationId },
    );
    const next = data.node?.checkRuns;
    if (!next) break; // the suite vanished: what is read of it stays marked as incomplete
    runs = { nodes: [...(runs.nodes ?? []), ...(next.nodes ?? [])], pageInfo: next.pageInfo };
  }
  return { ...suite, checkRuns: runs };
}
