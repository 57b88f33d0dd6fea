/** GraphQL commit of a pull request → {@link Commit}. */

import type { Commit, CommitPerson, Person } from "../../core/snapshot.ts";
import { type Connection, nodesOf } from "./connection.ts";
import { personOrNull, type RawActor } from "./map-person.ts";

export const commitFields = `
fragment CommitFields on Commit {
  oid
  message
  author { ...GitActorFields }
  committer { ...GitActorFields }
  authors(first: 20) { totalCount nodes { ...GitActorFields } }
  parents(first: 10) { nodes { oid } }
  committedViaWeb
  signature { isValid signer { ...ActorFields } }
  pushes: checkSuites(first: 5) { nodes { createdAt push { nextSha pusher { ...ActorFields } } } }
}
fragment GitActorFields on GitActor { name email user { ...ActorFields } }`;

export interface RawGitActor {
  name: string | null;
  email: string | null;
  user: RawActor | null;
}

export interface RawCommit {
  oid: string;
  message: string;
  author: RawGitActor | null;
  committer: RawGitActor | null;
  authors: { totalCount: number; nodes: (RawGitActor | null)[] | null };
  parents: Pick<Connection<{ oid: string }>, "nodes">;
  committedViaWeb: boolean;
  signature: { isValid: boolean; signer: RawActor | null } | null;
  pushes: { nodes: ({ createdAt: string; push: RawPush | null } | null)[] | null } | null;
}

interface RawPush {
  nextSha: string | null;
  pusher: RawActor | null;
}

/**
 * Maps the commits, oldest first as GitHub lists them.
 *
 * GitHub names the pusher only of the commit a push ended on; those below it, up to the end of the push before, came with the same push.
 */
export function mapCommits(raw: readonly RawCommit[]): Commit[] {
  let push: { at: Date; by: Person | null } | null = null;
  const commits: Commit[] = [];
  for (const commit of raw.toReversed()) {
    push = pushOf(commit) ?? push;
    commits.push({ ...mapCommit(commit), pushedAt: push?.at ?? null, pushedBy: push?.by ?? null });
  }
  return commits.reverse();
}

function pushOf(commit: RawCommit): { at: Date; by: Person | null } | null {
  // Suites that an App opened by itself belong to no push.
  const suite = nodesOf(commit.pushes).find(({ push }) => push?.nextSha === commit.oid);
  if (!suite?.push) return null;
  return { at: new Date(suite.createdAt), by: personOrNull(suite.push.pusher) };
}

function mapCommit(raw: RawCommit): Commit {
  const author = commitPersonOf(raw.author);
  return {
    sha: raw.oid,
    message: raw.message,
    author,
    committer: commitPersonOf(raw.committer),
    coAuthors: coAuthorsOf(raw, author),
    parents: nodesOf(raw.parents).map(({ oid }) => oid),
    pushedAt: null,
    pushedBy: null,
    isViaWeb: raw.committedViaWeb,
    signature: raw.signature && { isValid: raw.signature.isValid, signer: personOrNull(raw.signature.signer) },
  };
}

function commitPersonOf(raw: RawGitActor | null): CommitPerson {
  return { account: raw ? personOrNull(raw.user) : null, name: raw?.name ?? "", email: raw?.email ?? "" };
}

/** GitHub's own reading of the trailers, joined with ours: a co-author it cannot map, or beyond its first twenty, still counts. */
function coAuthorsOf(raw: RawCommit, author: CommitPerson): CommitPerson[] {
  const found = new Map<string, CommitPerson>();
  for (const person of [...nodesOf(raw.authors).map(commitPersonOf), ...trailersOf(raw.message)]) {
    const key = person.email.toLowerCase();
    if (key !== author.email.toLowerCase() && !found.has(key)) found.set(key, person);
  }
  return [...found.values()];
}

function trailersOf(message: string): CommitPerson[] {
  return message.split("\n").flatMap((line) => {
    const trailer = /^co-authored-by:([^<]*)<([^<>]+)>\s*$/i.exec(line.trim());
    return trailer ? [{ account: null, name: trailer[1]?.trim() ?? "", email: trailer[2]?.trim() ?? "" }] : [];
  });
}

/**
 * Where the change left the base branch: the one parent of its commits that is not one of them.
 *
 * @returns `null` where the history has several such places or none, and only git can tell
 */
export function mergeBaseOf(commits: readonly Commit[]): string | null {
  const own = new Set(commits.map(({ sha }) => sha));
  const outside = new Set(commits.flatMap(({ parents }) => parents).filter((sha) => !own.has(sha)));
  const [only] = outside;
  return outside.size === 1 && only ? only : null;
}
