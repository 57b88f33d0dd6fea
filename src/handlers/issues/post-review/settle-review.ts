/** Brings a review to its end: its issue is closed, and the record of it is in the ledger. */

import { reviewMessages } from "../../../core/report/post-review-messages.ts";
import {
  checklistOf,
  droppedNote,
  postReviewMarker,
  recordMarker,
  reviewRecord,
} from "../../../core/report/post-review-words.ts";
import { wakeDeployments } from "../../deployments/wake.ts";
import type { Ports } from "../../ports.ts";
import { reportStuck } from "../../stuck.ts";
import { issueOf, type ReviewLook } from "./review-look.ts";
import { sayOnce } from "./say-once.ts";
import { tellOfReview } from "./tell-of-review.ts";

/** Every step finds what an earlier run left behind; the ledger comes last, with the end itself. */
export async function settleReviewed(look: ReviewLook, ports: Ports): Promise<void> {
  const { review } = look.data;
  if (review === null) return;
  const { reading, kept } = look;
  if (reading !== "gone") {
    const hasRecord = reading.body.includes(recordMarker);
    const body = hasRecord ? {} : { body: `${reading.body}${reviewRecord(review, reading.body)}` };
    if (!hasRecord || reading.state === "open") await ports.github.changeIssue(kept, { state: "closed", ...body });
  }
  const isLeft = review.verdict !== "sound";
  const told = isLeft ? await tellOfReview(look, reviewMessages.reviewed(kept.pullRequest, review), ports) : look;
  const { verdict, lessons, person, at, commentId } = review;
  await finish(
    told,
    {
      kind: "post_review_done",
      data: {
        number: kept.pullRequest,
        issue: kept.number,
        cause: look.data.cause,
        bypassId: look.data.bypassId,
        verdict,
        lessons,
        person,
        at,
        commentId,
        checklist: reading === "gone" ? null : checklistOf(reading.body),
      },
    },
    ports,
  );
}

export async function settleDropped(
  look: ReviewLook,
  why: NonNullable<ReviewLook["data"]["dropped"]>,
  ports: Ports,
): Promise<void> {
  const { reading, kept } = look;
  if (reading !== "gone" && reading.state === "open") {
    await sayOnce(kept, reading, { body: droppedNote(why), marker: postReviewMarker("dropped") }, ports);
    await ports.github.changeIssue(kept, { state: "closed", reason: "not_planned" });
  }
  const { pullRequest: number, number: issue } = kept;
  const dropped = { ...look, data: { ...look.data, dropped: why } };
  await finish(
    dropped,
    { kind: "post_review_dropped", data: { number, issue, bypassId: look.data.bypassId, why } },
    ports,
  );
}

async function finish(
  look: ReviewLook,
  entry: Parameters<Ports["store"]["recordIssue"]>[1],
  ports: Ports,
): Promise<void> {
  const { kept } = look;
  await reportStuck({ repository: kept, kind: "post_review", number: kept.number }, [], ports);
  await ports.store.recordIssue({ ...issueOf(look), state: "done" }, entry);
  await wakeDeployments(kept.repositoryId, ports);
}
