/** The pull requests met so far, for events that name only a commit, a branch or an installation. */

import { type Kysely, type Selectable, sql } from "kysely";
import type { Tables } from "../tables.ts";

export interface KnownPullRequest {
  repositoryId: number;
  number: number;
  installationId: number;
  owner: string;
  name: string;
  state: "open" | "closed";
  baseRef: string;
  headSha: string;
}

export async function savePullRequest(db: Kysely<Tables>, pr: KnownPullRequest): Promise<void> {
  const facts = {
    installation_id: pr.installationId,
    owner: pr.owner,
    name: pr.name,
    state: pr.state,
    base_ref: pr.baseRef,
    head_sha: pr.headSha,
  };
  await db
    .insertInto("pull_requests")
    .values({ repository_id: pr.repositoryId, number: pr.number, ...facts })
    .onConflict((conflict) =>
      conflict.columns(["repository_id", "number"]).doUpdateSet({ ...facts, updated_at: new Date() }),
    )
    .execute();
}

/** Conditions that are all to hold; without any, every pull request known. */
export interface PullRequestQuery {
  repositoryId?: number;
  installationId?: number;
  number?: number;
  headSha?: string;
  baseRef?: string;
  state?: "open" | "closed";
}

/** Newest activity first: after a change of policy the people at work get their answer first. */
export async function listPullRequests(db: Kysely<Tables>, query: PullRequestQuery): Promise<KnownPullRequest[]> {
  let selection = db.selectFrom("pull_requests").selectAll();
  if (query.repositoryId !== undefined) selection = selection.where("repository_id", "=", query.repositoryId);
  if (query.installationId !== undefined) selection = selection.where("installation_id", "=", query.installationId);
  if (query.number !== undefined) selection = selection.where("number", "=", query.number);
  if (query.headSha !== undefined) selection = selection.where("head_sha", "=", query.headSha);
  if (query.baseRef !== undefined) selection = selection.where("base_ref", "=", query.baseRef);
  if (query.state !== undefined) selection = selection.where("state", "=", query.state);
  return (await selection.orderBy("updated_at", "desc").execute()).map(fromRow);
}

/** Every repository of which a pull request was met, by its newest names. */
export async function listRepositories(
  db: Kysely<Tables>,
): Promise<
  (Pick<KnownPullRequest, "repositoryId" | "installationId" | "owner" | "name"> & { openPullRequests: number })[]
> {
  const rows = await db
    .selectFrom("pull_requests")
    .distinctOn("repository_id")
    .select(["repository_id", "installation_id", "owner", "name"])
    .select(sql<number>`(count(*) filter (where state = 'open') over (partition by repository_id))::int`.as("open"))
    .orderBy("repository_id")
    .orderBy("updated_at", "desc")
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    installationId: row.installation_id,
    owner: row.owner,
    name: row.name,
    openPullRequests: row.open,
  }));
}

function fromRow(row: Selectable<Tables["pull_requests"]>): KnownPullRequest {
  return {
    repositoryId: row.repository_id,
    number: row.number,
    installationId: row.installation_id,
    owner: row.owner,
    name: row.name,
    state: row.state,
    baseRef: row.base_ref,
    headSha: row.head_sha,
  };
}
