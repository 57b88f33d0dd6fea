/** What a review was given on, taken from the event of its submission: the only moment at which GitHub says it for good. */

import { idAt, type Payload, repositoryIn, shaAt, textAt } from "./payload.ts";

export interface ReviewArrival {
  repositoryId: number;
  number: number;
  reviewId: number;
  /** The commit that the reviewer had before them, which need not be the head by now. */
  headSha: string;
  baseSha: string;
}

/**
 * `null` for all but submissions: later events of a review may already name another commit, since GitHub moves approvals
 * along when a rebase leaves the change as it was.
 */
export function reviewArrivalIn(event: string, payload: Payload): ReviewArrival | null {
  if (event !== "pull_request_review" || textAt(payload, "action") !== "submitted") return null;
  const repository = repositoryIn(payload);
  const number = idAt(payload, "pull_request", "number");
  const reviewId = idAt(payload, "review", "id");
  const headSha = shaAt(payload, "review", "commit_id");
  const baseSha = shaAt(payload, "pull_request", "base", "sha");
  if (repository === null || number === null || reviewId === null || headSha === null || baseSha === null) return null;
  return { repositoryId: repository.repositoryId, number, reviewId, headSha, baseSha };
}
