/** Keeps one comment on the pull request, where the policy asks for it. The reading brings our comments, so that nothing is asked of GitHub. */

import {
  isWorthSaying,
  renderSticky,
  renderStickyEnd,
  renderStickyTitle,
  stickyMarker,
} from "../core/report/sticky-comment.ts";
import type { Followed, FollowUpStep } from "./follow-up.ts";

export const keepStickyComment: FollowUpStep = async (followed, { github, store }, run) => {
  const { subject, judgement, outcome } = followed;
  if (outcome === "fenced") return null;
  const { repositoryId, number } = subject;
  const mine = judgement.reading.ownComments.find(({ body }) => body.includes(stickyMarker));
  const body = bodyOf(followed);
  if (mine !== undefined) {
    if (isSame(mine.body, body ?? renderStickyEnd(judgement.draft))) return null;
    await github.editComment(subject, mine.id, body ?? renderStickyEnd(judgement.draft));
    await store.saveStickyStanding(repositoryId, number, judgement.standing);
    return null;
  }
  // Only when the check was written is there news; and without a verdict the policy cannot ask for a comment.
  if (body === null || judgement.verdict === null || (outcome !== "written" && run.attempt <= 1)) return null;
  const last = await store.loadStickyStanding(repositoryId, number);
  // It was there and a person took it away: it comes back only with another verdict.
  if (last === judgement.standing) return null;
  if (isWorthSaying(judgement.standing)) await github.comment(subject, body);
  if (last !== null || isWorthSaying(judgement.standing)) {
    await store.saveStickyStanding(repositoryId, number, judgement.standing);
  }
  return null;
};

/** @returns `null` where the policy wants no comment */
function bodyOf({ judgement: { verdict, draft, telling }, heldBy }: Followed): string | null {
  if (verdict === null || telling === null) return renderStickyTitle(draft);
  return telling.document.policy.comments === "sticky" ? renderSticky(verdict, telling, heldBy) : null;
}

/** GitHub keeps line ends as it pleases, and the commit that a link names the policy's line at may move without news. */
function isSame(one: string, other: string): boolean {
  return lasting(one) === lasting(other);
}

function lasting(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .trim()
    .replace(/\/blob\/[0-9a-f]{40,64}\//g, "/blob/");
}
