import { isSamePerson } from "../../core/gate/fewest-people.ts";
import type { Review } from "../../core/snapshot.ts";
import type { Action } from "./action.ts";
import type { PullRequestItem } from "./item.ts";

/** Brings the base branch in where the policy lets it, and asks those again whose review was dismissed. */
export const automatedFixes: Action = {
  async prepare({ item }) {
    if (item.kind !== "pull_request") return null;
    const people = dismissedReviewers(item).map(({ id, login }) => ({ id, login }));
    const updates = isBehind(item) && item.policy.merge?.update_branch === true ? item.reading.snapshot.head.sha : null;
    return people.length === 0 && updates === null ? null : { people, updates };
  },
  async perform({ item, ports: { github } }, { people, updates }) {
    const asked = people.map((person) => ({ ...person, kind: "user" as const }));
    if (asked.length > 0) await github.requestReviewers(item.subject, asked);
    // Of another head than that one nothing is known; GitHub refuses it then.
    const updated = updates === null ? "updated" : await github.updateBranch(item.subject, updates);
    return updated === "refused" && asked.length === 0 ? "refused" : "done";
  },
};

function isBehind({ reading: { mergeBaseSha, snapshot } }: PullRequestItem): boolean {
  return mergeBaseSha !== null && mergeBaseSha !== snapshot.base.sha;
}

/** Whose newest review was dismissed, and who is not asked. */
function dismissedReviewers({ reading: { snapshot } }: PullRequestItem) {
  const newest = new Map<number, Review>();
  for (const review of snapshot.reviews) {
    const known = newest.get(review.user.id);
    if (review.state !== "commented" && (known === undefined || known.submittedAt <= review.submittedAt)) {
      newest.set(review.user.id, review);
    }
  }
  return [...newest.values()]
    .filter(({ state, user }) => state === "dismissed" && user.kind === "user" && user.id !== snapshot.author.id)
    .map(({ user }) => user)
    .filter((user) => !snapshot.requestedReviewers.some((asked) => isSamePerson(asked, user)));
}
