/** What GitHub refuses for good is an answer to whoever asked; everything else is a failure. */

import { GithubError } from "../errors.ts";

/**
 * @param permission what the App needs for it, named where GitHub says no more than "not accessible"
 * @returns why GitHub refuses, in its words
 * @throws whatever is no refusal: GitHub failed, or a limit stands
 */
export function refusalOf(error: unknown, permission: string): string {
  if (!(error instanceof GithubError)) throw error;
  const words = error.said ?? `status ${error.status}`;
  switch (error.kind) {
    case "invalid":
      return words;
    case "forbidden":
    case "not_found": // so GitHub answers, too, for a private repository that the token may not write to
      return `${words} (this needs the permission ${permission})`;
    case "rate_limited":
    case "unavailable":
      throw error;
  }
}
