/** Files the issue of a review again that was deleted, moved away, or could never be filed. */

import { postReviewLabel } from "../../../core/bypass/post-review.ts";
import { reviewMessages } from "../../../core/report/post-review-messages.ts";
import { refiledHead } from "../../../core/report/post-review-words.ts";
import type { Ports } from "../../ports.ts";
import { reportStuck } from "../../stuck.ts";
import { issueOf, keep, pullRequestOf, type ReviewLook } from "./review-look.ts";
import { tellOfReview } from "./tell-of-review.ts";

export interface FiledAnew {
  look: ReviewLook;
  /** When to try again, where it could not be filed. */
  retryAt: Date | null;
}

const retryAfterMs = 24 * 3_600_000;

/** @param isMerged else its bypass is still to be used, and ends where it has no issue */
export async function fileAnew(look: ReviewLook, isMerged: boolean, ports: Ports): Promise<FiledAnew> {
  const { kept, data } = look;
  const { store, github, clock } = ports;
  const filed = await github.createIssue(kept, {
    title: data.title,
    body: `${refiledHead(kept.number)}${data.body}`,
    labels: [postReviewLabel],
    assignees: [],
    marker: kept.key,
  });
  if (filed === "refused")
    return isMerged ? unfiled(look, ports) : { look: await endUnused(look, ports), retryAt: null };
  if (filed.number === kept.number) return { look, retryAt: new Date(clock.now().getTime() + soonMs) };
  const before = kept.number;
  const next: ReviewLook = {
    ...look,
    kept: { ...kept, number: filed.number },
    data: {
      ...data,
      isAssigned: false,
      unfiledSince: null,
      refiledAt: before > 0 ? [...data.refiledAt, clock.now().toISOString()] : data.refiledAt,
    },
  };
  const { pullRequest: number, key } = kept;
  await store.recordIssue(issueOf(next), {
    kind: "post_review_refiled",
    data: { number, key, before: before > 0 ? before : null, issue: filed.number },
  });
  if (before > 0) await reportStuck({ repository: kept, kind: "post_review", number: before }, [], ports);
  const { installationId, repositoryId, owner, name } = kept;
  await store.enqueue([{ kind: "issue", installationId, repositoryId, owner, name, number: filed.number }]);
  return { look: next, retryAt: null };
}

/** GitHub said that it is gone and lists it all the same. */
const soonMs = 60_000;

/** The debt stands, whoever took its issue away. */
async function unfiled(look: ReviewLook, ports: Ports): Promise<FiledAnew> {
  const { kept, data } = look;
  const now = ports.clock.now();
  let next = look;
  if (data.unfiledSince === null) {
    next = { ...look, data: { ...data, unfiledSince: now.toISOString() } };
    const { pullRequest: number, key } = kept;
    await ports.store.recordIssue(issueOf(next), { kind: "post_review_unfiled", data: { number, key } });
    ports.log.error({ repositoryId: kept.repositoryId, pr: number }, "A review that is owed has no issue");
  }
  next = await tellOfReview(next, reviewMessages.unfiled(kept.pullRequest), ports);
  return { look: next, retryAt: new Date(now.getTime() + retryAfterMs) };
}

/** Nothing is opened by a bypass whose review nobody can see: the gate is looked at again at once. */
export async function endUnused(look: ReviewLook, ports: Ports): Promise<ReviewLook> {
  const { kept, data } = look;
  const { store, clock, log } = ports;
  const pullRequest = pullRequestOf(look);
  if (data.bypassId !== null) {
    const ended = { at: clock.now(), why: "policy" } as const;
    await store.endBypass(kept.repositoryId, pullRequest.number, data.bypassId, ended);
    log.warn({ repositoryId: kept.repositoryId, pr: pullRequest.number }, "A bypass ended: its review has no issue");
  }
  await store.enqueue([pullRequest]);
  const { installationId, repositoryId, owner, name, number } = kept;
  await store.enqueue([{ kind: "issue", installationId, repositoryId, owner, name, number }]);
  return keep(look, {}, ports);
}
