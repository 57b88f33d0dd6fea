/** When to ask again. Limits are not waited out here: their `retryAt` goes up to the job. */

import { isGithubError } from "./errors.ts";

export interface Waiting {
  sleep(ms: number): Promise<void>;
  random(): number;
}

const attemptsMax = 4;
const firstDelayMs = 250;

/**
 * Runs an idempotent request up to four times while GitHub is unavailable, doubling the pause, with jitter.
 *
 * @throws {GithubError} of the last attempt
 */
export async function retryUnavailable<T>(request: () => Promise<T>, { sleep, random }: Waiting): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      if (attempt === attemptsMax || !isGithubError(error, "unavailable")) throw error;
      await sleep(firstDelayMs * 2 ** (attempt - 1) * (0.5 + random()));
    }
  }
}

/** What a webhook names may be missing for some seconds (https://github.com/rust-lang/highfive/issues/190). */
const appearanceDelaysMs = [1000, 2000, 4000, 8000];

/**
 * Runs a request again after 1, 2, 4 and 8 s while GitHub does not know the thing yet.
 *
 * @throws {GithubError} `not_found` when it still is not there
 */
export async function awaitAppearance<T>(request: () => Promise<T>, sleep: (ms: number) => Promise<void>): Promise<T> {
  for (const delayMs of appearanceDelaysMs) {
    try {
      return await request();
    } catch (error) {
      if (!isGithubError(error, "not_found")) throw error;
      await sleep(delayMs);
    }
  }
  return request();
}
