/** The history of a repository as GitHub has it: pull requests that were merged, newest first, within a budget. */

import type { HistoricChange } from "../../core/backtest/historic-change.ts";
import type { Incomplete } from "../../core/snapshot.ts";
import type { PullRequestSubject, RepositoryRef } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { readChange } from "./change.ts";
import { nodesOf } from "./connection.ts";
import { type MergedChange, mapMerged } from "./map-merged.ts";
import { type MergedAnswer, mergedDocument, mergedPageSize } from "./merged-query.ts";
import { mapRepository } from "./pull-request.ts";

export interface MergedWanted {
  /** `null`: into any branch. */
  baseRef: string | null;
  /** Most changes. */
  last: number;
  /** Only what was merged since. */
  since: Date | null;
  /** Whether checks and statuses of the heads are needed. */
  withChecks: boolean;
  budget: HistoryBudget;
}

/** What reading the past may cost. Every request is counted, also those that are sent for files. */
export interface HistoryBudget {
  requests: number;
  until: Date;
}

export interface MergedHistory {
  repositoryId: number;
  defaultBranch: string;
  /** Oldest first. */
  changes: MergedChange[];
  /** Why there may be more; `null`: what was asked for is all here. */
  cutBy: "requests" | "time" | "rate_limit" | null;
}

/** Counts down; shared by whatever reads one history. */
export class BudgetLeft {
  #requests: number;
  readonly #until: Date;
  readonly #now: () => Date;

  constructor({ requests, until }: HistoryBudget, now: () => Date) {
    this.#requests = requests;
    this.#until = until;
    this.#now = now;
  }

  /** @returns `null` where the requests may be sent */
  take(requests = 1): "requests" | "time" | null {
    if (this.#now() >= this.#until) return "time";
    if (this.#requests < requests) return "requests";
    this.#requests -= requests;
    return null;
  }
}

/**
 * @throws {GithubError} when GitHub fails, but for a spent limit: what came before that is the answer then
 */
export async function readMergedChanges(
  client: GithubClient,
  repository: Omit<RepositoryRef, "repositoryId">,
  wanted: MergedWanted,
  left = new BudgetLeft(wanted.budget, () => client.now()),
): Promise<MergedHistory> {
  const history: MergedHistory = { repositoryId: 0, defaultBranch: "", changes: [], cutBy: null };
  const found: MergedChange[] = [];
  for (let after: string | null = null, isLast = false; !isLast; ) {
    history.cutBy = left.take();
    if (history.cutBy !== null) break;
    const page = await readPage(client, repository, wanted, after);
    if (page === "rate_limit") {
      history.cutBy = page;
      break;
    }
    const { pullRequests, ...raw } = page;
    const mapped = mapRepository(raw);
    Object.assign(history, { repositoryId: mapped.id, defaultBranch: mapped.defaultBranch });
    const nodes = nodesOf(pullRequests);
    found.push(...nodes.flatMap((node) => mapMerged(node, mapped, client.appId) ?? []));
    after = pullRequests.pageInfo.endCursor;
    // They come by the time of their last update, which is never before the merge: whoever is still to come was merged before it.
    const oldest = nodes.at(-1)?.updatedAt;
    isLast = !pullRequests.pageInfo.hasNextPage || (oldest !== undefined && isEnough(found, new Date(oldest), wanted));
  }
  history.changes = newest(found, wanted).reverse();
  return history;
}

async function readPage(
  client: GithubClient,
  { owner, name, installationId }: Omit<RepositoryRef, "repositoryId">,
  { baseRef, withChecks }: MergedWanted,
  after: string | null,
): Promise<NonNullable<MergedAnswer["repository"]> | "rate_limit"> {
  const operation = {
    name: "MergedPullRequests",
    document: mergedDocument(withChecks),
    variables: { owner, name, base: baseRef, size: mergedPageSize, after },
  };
  try {
    const { data } = await client.graphql<MergedAnswer>(operation, { installationId });
    if (data.repository !== null) return data.repository;
  } catch (error) {
    if (isGithubError(error, "rate_limited")) return "rate_limit";
    throw error;
  }
  const route = "POST /graphql MergedPullRequests";
  throw new GithubError({
    kind: "not_found",
    route,
    message: `there is no repository ${owner}/${name}, or it may not be seen`,
  });
}

function isEnough(found: readonly MergedChange[], updatedAt: Date, wanted: MergedWanted): boolean {
  if (wanted.since !== null && updatedAt < wanted.since) return true;
  const last = newest(found, wanted)[wanted.last - 1];
  return last !== undefined && last.change.mergedAt >= updatedAt;
}

/** Newest first, each once: while pages are read, one may move from a later to an earlier one and back. */
function newest(found: readonly MergedChange[], { last, since }: MergedWanted): MergedChange[] {
  const unique = [...new Map(found.map((one) => [one.change.id, one])).values()];
  return unique
    .filter(({ change }) => since === null || change.mergedAt >= since)
    .sort(
      ({ change: a }, { change: b }) =>
        b.mergedAt.getTime() - a.mergedAt.getTime() || (b.snapshot.number ?? 0) - (a.snapshot.number ?? 0),
    )
    .slice(0, last);
}

/**
 * The change with the files that it touched.
 *
 * @returns what of the budget is spent, or that GitHub's limit is
 * @throws {GithubError} when GitHub fails otherwise
 */
export async function readMergedFiles(
  client: GithubClient,
  repository: RepositoryRef,
  { change, changedFilesCount }: MergedChange,
  left: BudgetLeft,
): Promise<HistoricChange | NonNullable<MergedHistory["cutBy"]>> {
  const spent = left.take(Math.max(1, Math.ceil(changedFilesCount / 100)));
  if (spent !== null) return spent;
  const subject: PullRequestSubject = { ...repository, kind: "pull_request", number: change.snapshot.number ?? 0 };
  try {
    const { files, incomplete } = await readChange(client, subject);
    const missing: Incomplete[] =
      incomplete.length === 0 && files.length !== changedFilesCount
        ? [{ what: "files", reason: `GitHub lists ${files.length} of ${changedFilesCount}` }]
        : incomplete;
    const { snapshot } = change;
    return { ...change, snapshot: { ...snapshot, files, incomplete: [...snapshot.incomplete, ...missing] } };
  } catch (error) {
    if (isGithubError(error, "rate_limited")) return "rate_limit";
    throw error;
  }
}
