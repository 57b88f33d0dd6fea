/** The commits between two, and the pull requests that they came of. */

import type { CommitOrigin, Comparison, MergedPull } from "../../core/deployment/deployment.ts";
import type { Person } from "../../core/snapshot.ts";
import type { RepositoryRef } from "../../core/subject.ts";
import type { GithubClient, RestEndpointMethodTypes } from "../client.ts";
import { GithubError, isGithubError } from "../errors.ts";
import { nodesOf } from "./connection.ts";
import { actorFields, personOrNull, type RawActor } from "./map-person.ts";

type RawComparison = RestEndpointMethodTypes["repos"]["compareCommitsWithBasehead"]["response"]["data"];

const perPage = 100;
/** Five thousand commits: more is no deployment that anybody could look over. */
const pagesMax = 50;

/** @throws {GithubError} when GitHub fails */
export async function compareCommits(
  client: GithubClient,
  { owner, name: repo, installationId }: RepositoryRef,
  { base, head }: { base: string; head: string },
): Promise<Comparison> {
  const commits: string[] = [];
  try {
    for (let page = 1; page <= pagesMax; page += 1) {
      const { data } = await client.rest<RawComparison>(
        "GET /repos/{owner}/{repo}/compare/{basehead}",
        { owner, repo, basehead: `${base}...${head}`, per_page: perPage, page },
        { installationId },
      );
      commits.push(...data.commits.map(({ sha }) => sha));
      if (commits.length >= data.total_commits) {
        return { kind: "compared", status: data.status, commits: [...new Set(commits)] };
      }
      if (data.commits.length === 0) break;
    }
  } catch (error) {
    const isUnknown = isGithubError(error, "not_found") || (error instanceof GithubError && error.status === 422);
    if (isUnknown) return { kind: "unreadable", reason: "GitHub cannot compare it with what runs" };
    throw error;
  }
  return { kind: "unreadable", reason: "GitHub does not list all commits between it and what runs" };
}

/** Commits per query: each brings its pull requests along. */
const commitsPerRequest = 50;

/** @throws {GithubError} when GitHub fails */
export async function readOrigins(
  client: GithubClient,
  repository: RepositoryRef,
  shas: readonly string[],
): Promise<CommitOrigin[]> {
  const batches: string[][] = [];
  for (let start = 0; start < shas.length; start += commitsPerRequest) {
    batches.push(shas.slice(start, start + commitsPerRequest));
  }
  return (await Promise.all(batches.map((batch) => readBatch(client, repository, batch)))).flat();
}

export function originsDocument(count: number): string {
  const indexes = Array.from({ length: count }, (_, index) => index);
  return `query Origins($owner: String!, $name: String!${indexes.map((index) => `, $c${index}: GitObjectID!`).join("")}) {
  repository(owner: $owner, name: $name) {
    databaseId
    ${indexes.map((index) => `c${index}: object(oid: $c${index}) { ...OriginFields }`).join("\n    ")}
  }
}
fragment OriginFields on Commit {
  oid messageHeadline
  author { user { __typename login databaseId } }
  committer { user { __typename login databaseId } }
  associatedPullRequests(first: 10) {
    nodes {
      number title merged baseRefName headRefOid
      mergeCommit { oid }
      baseRepository { databaseId }
      author { ...ActorFields }
      mergedBy { ...ActorFields }
    }
  }
}${actorFields}`;
}

interface RawOrigin {
  oid: string;
  messageHeadline: string;
  author: { user: RawActor | null } | null;
  committer: { user: RawActor | null } | null;
  associatedPullRequests: { nodes: (RawPull | null)[] | null } | null;
}

interface RawPull {
  number: number;
  title: string;
  merged: boolean;
  baseRefName: string;
  headRefOid: string;
  mergeCommit: { oid: string } | null;
  baseRepository: { databaseId: number | null } | null;
  author: RawActor | null;
  mergedBy: RawActor | null;
}

async function readBatch(
  client: GithubClient,
  { owner, name, installationId, repositoryId }: RepositoryRef,
  shas: readonly string[],
): Promise<CommitOrigin[]> {
  const variables = Object.fromEntries(shas.map((sha, index) => [`c${index}`, sha]));
  const { data } = await client.graphql<{ repository: Record<string, unknown> | null }>(
    { name: "Origins", document: originsDocument(shas.length), variables: { owner, name, ...variables } },
    { installationId },
  );
  if (data.repository?.databaseId !== repositoryId) {
    throw new GithubError({ kind: "not_found", route: "POST /graphql Origins", message: "no such repository" });
  }
  return shas.flatMap((sha, index) => {
    const raw = data.repository?.[`c${index}`] as Partial<RawOrigin> | null | undefined;
    return raw?.oid === sha ? [mapOrigin(raw as RawOrigin, repositoryId)] : [];
  });
}

function mapOrigin(raw: RawOrigin, repositoryId: number): CommitOrigin {
  const people = [raw.author?.user, raw.committer?.user].map((user) => personOrNull(user));
  const named = new Map<number, Person>();
  // What GitHub's page commits is committed by `web-flow`, who is nobody.
  for (const person of people) if (person !== null && person.login !== "web-flow") named.set(person.id, person);
  const pulls = nodesOf(raw.associatedPullRequests).filter(
    ({ merged, baseRepository }) => merged && baseRepository?.databaseId === repositoryId,
  );
  return { sha: raw.oid, headline: raw.messageHeadline, people: [...named.values()], pulls: pulls.map(mapPull) };
}

function mapPull(raw: RawPull): MergedPull {
  return {
    number: raw.number,
    title: raw.title,
    baseRef: raw.baseRefName,
    headSha: raw.headRefOid,
    mergeSha: raw.mergeCommit?.oid ?? null,
    author: personOrNull(raw.author),
    mergedBy: personOrNull(raw.mergedBy),
  };
}
