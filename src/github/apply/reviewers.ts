/** Asks people for reviews. */

import type { Person } from "../../core/snapshot.ts";
import type { PullRequestSubject } from "../../core/subject.ts";
import type { GithubClient } from "../client.ts";
import { GithubError } from "../errors.ts";

/** @see https://docs.github.com/rest/pulls/review-requests (at most 15 reviewers in all) */
const reviewersMax = 15;

/**
 * Asks all in one request. GitHub refuses all of them where one cannot be asked, such as the author or who may not read the
 * repository; then each is asked alone, and who cannot be is left out.
 *
 * @throws {GithubError} when GitHub fails
 */
export async function requestReviewers(
  client: GithubClient,
  subject: PullRequestSubject,
  people: readonly Person[],
  teams: readonly string[] = [],
): Promise<void> {
  const logins = people.filter(({ kind }) => kind === "user").map(({ login }) => login);
  const reviewers = [...new Set(logins)].slice(0, reviewersMax);
  const slugs = [...new Set(teams.map((team) => team.split("/").at(-1) ?? team))];
  const wanted = [
    ...reviewers.map((login): Wanted => ({ reviewers: [login] })),
    ...slugs.map((slug): Wanted => ({ team_reviewers: [slug] })),
  ];
  if (wanted.length === 0) return;
  try {
    await ask(client, subject, {
      ...(reviewers.length > 0 ? { reviewers } : {}),
      ...(slugs.length > 0 ? { team_reviewers: slugs } : {}),
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
    if (wanted.length === 1) return;
    for (const one of wanted) {
      await ask(client, subject, one).catch((refusal: unknown) => {
        if (!isRefused(refusal)) throw refusal;
      });
    }
  }
}

interface Wanted {
  reviewers?: string[];
  /** Slugs. */
  team_reviewers?: string[];
}

async function ask(client: GithubClient, subject: PullRequestSubject, wanted: Wanted): Promise<void> {
  const { owner, name: repo, number: pull_number, installationId } = subject;
  await client.rest(
    "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
    { owner, repo, pull_number, ...wanted },
    { installationId, isContent: true }, // asking again who is asked already changes nothing
  );
}

function isRefused(error: unknown): boolean {
  return error instanceof GithubError && error.status === 422;
}
