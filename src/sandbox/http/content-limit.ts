/** GitHub's secondary limit on content: how much that people are told of one account may make in a minute and in an hour. */
import type { Operation } from "../openapi/operations.ts";

export interface ContentLimit {
  perMinute: number;
  perHour: number;
}

/** @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits */
export const GITHUB_CONTENT_LIMIT: ContentLimit = { perMinute: 80, perHour: 500 };

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const CONTENT: ReadonlySet<Operation> = new Set<Operation>([
  "POST /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "POST /repos/{owner}/{repo}/commits/{commit_sha}/comments",
  "POST /repos/{owner}/{repo}/pulls",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews",
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
]);

export function isContent(operation: Operation): boolean {
  return CONTENT.has(operation);
}

export class ContentLimits {
  readonly #limit: ContentLimit;
  readonly #now: () => Date;
  readonly #made = new Map<string, number[]>();

  constructor(limit: ContentLimit, now: () => Date) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts one more for an account. @returns null where it may, else for how many seconds it may not */
  take(login: string): number | null {
    const now = this.#now().getTime();
    const made = (this.#made.get(login) ?? []).filter((at) => at > now - HOUR_MS);
    this.#made.set(login, made);
    const { perMinute, perHour } = this.#limit;
    for (const [most, spanMs] of [
      [perHour, HOUR_MS],
      [perMinute, MINUTE_MS],
    ] as const) {
      const within = made.filter((at) => at > now - spanMs);
      const [oldest] = within.slice(-most);
      if (within.length >= most && oldest !== undefined) return Math.ceil((oldest + spanMs - now) / 1_000);
    }
    made.push(now);
    return null;
  }
}
