/** A change that was merged, with what is still known of it. */

import type { Snapshot } from "../snapshot.ts";

/** Where the history was read: a clone knows commits alone, GitHub also who reviewed. */
export type HistorySource = "clone" | "github";

export interface HistoricChange {
  /** Unique in its history: `#123` of a pull request, `!12` of a merge request, else the first letters of the merged commit. */
  id: string;
  /** Of the commit that brought it in; `null` where it is not known. */
  commitSha: string | null;
  title: string;
  /** Whoever wrote it, as people know them: a login, else a name. */
  author: string;
  isBot: boolean;
  mergedAt: Date;
  /** The change as it was just before it was merged: open, with the reviews it had by then. */
  snapshot: Snapshot;
  /** What this history cannot tell, a sentence each, whatever policy looks at it; see `assumptions.ts` for those that depend on it. */
  assumed: readonly string[];
  source: HistorySource;
  /** How long people took; `null` where that is not known. */
  waits: ReviewWaits | null;
}

/** Milliseconds since the change was ready for review: asked for, or else opened, or no draft any more. */
export interface ReviewWaits {
  /** Until the first review by somebody other than its author; `null`: there was none. */
  firstReviewMs: number | null;
  /** Until the first approval that was not taken back; `null`: there was none. */
  firstApprovalMs: number | null;
}
