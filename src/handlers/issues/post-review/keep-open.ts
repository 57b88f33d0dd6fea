/** While a review is owed its issue is open and bears its label, whoever thinks otherwise. */

import { postReviewLabel } from "../../../core/bypass/post-review.ts";
import { closedEarly, earlyMarker } from "../../../core/report/post-review-words.ts";
import type { IssueReading } from "../../issues-port.ts";
import type { Ports } from "../../ports.ts";
import { keep, type ReviewLook } from "./review-look.ts";
import { sayOnce } from "./say-once.ts";

/** Said first, then opened: a run that was cut off finds what it said. */
export async function reopen(look: ReviewLook, reading: IssueReading, ports: Ports): Promise<ReviewLook> {
  const { kept, data } = look;
  const times = data.reopened + 1;
  const { closedBy: by, closedAt: at } = reading;
  await sayOnce(kept, reading, { body: closedEarly(data, { by, times, at }), marker: earlyMarker(times) }, ports);
  const outcome = await ports.github.changeIssue(kept, { state: "open" });
  if (outcome === "refused") {
    const where = { repositoryId: kept.repositoryId, issue: kept.number };
    ports.log.error(where, "A post-review that was closed early could not be opened again");
  }
  await ports.store.appendToLedger(kept.repositoryId, "post_review_closed_early", {
    number: kept.pullRequest,
    issue: kept.number,
    by: by?.login ?? null,
    times,
  });
  return keep(look, { reopened: times }, ports);
}

export async function putLabelBack({ kept }: ReviewLook, { github, log }: Ports): Promise<void> {
  if ((await github.addLabels(kept, [postReviewLabel])) === "added") return;
  log.warn({ repositoryId: kept.repositoryId, issue: kept.number }, "A post-review has lost its label");
}
