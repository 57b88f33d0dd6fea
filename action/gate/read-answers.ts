/** Asks GitHub what the checks of a commit say, and of the merged pull requests where the commit itself has none. */

import type { RepositoryRef } from "../../src/core/subject.ts";
import type { GithubClient } from "../../src/github/client.ts";
import { ConditionalReads } from "../../src/github/conditional.ts";
import { compareCommits, readOrigins } from "../../src/github/read/deployment-range.ts";
import { ActionError } from "../action-error.ts";
import { checkRunsAnswer, type Standing, standingOf } from "./standing.ts";
import type { GateSubject } from "./subject.ts";

/** What stands for one commit. */
export interface CommitAnswer {
  sha: string;
  /** The merged pull request that brought it; `null`: its own check. */
  pull: { number: number; headSha: string } | null;
  standing: Standing;
}

/** Says at each call how things are then. What cannot change is asked once, what did not change costs nothing of the budget. */
export function createReader(
  client: GithubClient,
  repository: RepositoryRef,
  subject: GateSubject,
  app: string,
): () => Promise<CommitAnswer[]> {
  const conditional = new ConditionalReads(client);
  const name = checkNameOf(subject.base);
  /** Merged pull requests by commit: once GitHub knows them, they stay. */
  const known = new Map<string, { number: number; headSha: string }[]>();
  let range: string[] | null = null;

  const standingAt = async (sha: string): Promise<Standing> => {
    const { owner, name: repo, installationId } = repository;
    const answer = await conditional.read<unknown>(
      "GET /repos/{owner}/{repo}/commits/{ref}/check-runs",
      { owner, repo, ref: sha, check_name: name, per_page: 100 },
      { installationId },
    );
    const { total_count, check_runs } = checkRunsAnswer.parse(answer);
    if (total_count > check_runs.length) {
      throw new ActionError(`${shortSha(sha)} has ${total_count} checks of the name ${name}, more than GitHub shows.`);
    }
    return standingOf(check_runs, { name, sha }, app);
  };

  const pullsOf = async (shas: readonly string[]) => {
    const unknown = shas.filter((sha) => !known.has(sha));
    const origins = unknown.length === 0 ? [] : await readOrigins(client, repository, unknown);
    for (const { sha, pulls } of origins) {
      const merged = pulls.filter(({ baseRef }) => baseRef === subject.base);
      if (merged.length > 0) known.set(sha, merged);
    }
    return known;
  };

  return async () => {
    range ??= await readRange(client, repository, subject);
    const standings = onceEach(standingAt);
    const hasOwn = (await standings(subject.sha)).kind !== "missing";
    const pulls = await pullsOf(range.filter((sha) => !hasOwn || sha !== subject.sha));
    const answers = range.map((sha) => {
      const by = hasOwn && sha === subject.sha ? [] : (pulls.get(sha) ?? []);
      return answersOf(sha, by, standings);
    });
    return (await Promise.all(answers)).flat();
  };
}

/** Several commits may have come by one pull request. */
function onceEach<T>(read: (sha: string) => Promise<T>): (sha: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (sha) => {
    const answer = asked.get(sha) ?? read(sha);
    asked.set(sha, answer);
    return answer;
  };
}

/** The check that Holdpoint publishes for changes of a base branch. */
export function checkNameOf(base: string): string {
  return `holdpoint: ${base}`;
}

export function shortSha(sha: string): string {
  return sha.slice(0, 12);
}

/** @returns the commits to ask about, without doubles */
async function readRange(
  client: GithubClient,
  repository: RepositoryRef,
  { sha, since }: GateSubject,
): Promise<string[]> {
  if (since === null) return [sha];
  const comparison = await compareCommits(client, repository, { base: since, head: sha });
  if (comparison.kind === "unreadable") {
    throw new ActionError(`The commits from ${since} to ${shortSha(sha)} cannot be told: ${comparison.reason}.`);
  }
  return [...new Set([sha, ...comparison.commits])];
}

async function answersOf(
  sha: string,
  pulls: readonly { number: number; headSha: string }[],
  standingAt: (sha: string) => Promise<Standing>,
): Promise<CommitAnswer[]> {
  if (pulls.length === 0) return [{ sha, pull: null, standing: await standingAt(sha) }];
  return Promise.all(pulls.map(async (pull) => ({ sha, pull, standing: await standingAt(pull.headSha) })));
}
